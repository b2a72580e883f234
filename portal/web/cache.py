"""The cache (rate limits, mostly): Redis, and this process's memory while Redis is away.

A dead Redis must not break a page, nor switch rate limits off: each process then counts alone.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class RedisOrMemory(RedisCache):
    """Redis at `LOCATION`; without a location, or while it does not answer, local memory."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {
            "socket_connect_timeout": 0.25,  # seconds: a page waits for this
            "socket_timeout": 0.5,
            "retry": None,
        }
        if server.startswith("unix:"):
            options.pop("socket_connect_timeout")
        self.memory = LocMemCache("trellis", {})
        self.has_redis = bool(server)
        super().__init__(server or "redis://localhost", params | {"OPTIONS": options})

    def _either(self, operation: str, *args: Any, **kwargs: Any) -> Any:
        if self.has_redis:
            try:
                return getattr(super(), operation)(*args, **kwargs)
            except (RedisError, OSError):
                log.warning("cache.redis_away")
        fallback: Callable[..., Any] = getattr(self.memory, operation)
        return fallback(*args, **kwargs)

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._either("add", *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._either("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._either("set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._either("touch", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._either("delete", *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._either("has_key", *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        return self._either("incr", *args, **kwargs)

    def clear(self) -> Any:
        return self._either("clear")
