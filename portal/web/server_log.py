"""Gunicorn speaks through our logging, in the same JSON as everything else."""

from typing import Any

from gunicorn.glogging import Logger


class ServerLog(Logger):
    """`gunicorn --logger-class portal.web.server_log.ServerLog`: no handlers of its own."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.handlers = []
            log.propagate = True

    def access(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: `trellis.request` has said it, without the path."""
