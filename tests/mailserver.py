"""A mail server that keeps what it takes, for tests that really send."""

import asyncio
import logging
import socket
import threading
from collections import Counter
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller


class Lines(Controller):
    """Knows who is connected: whoever was killed while sending has hung up without a word."""

    def __init__(self, handler: Any, **options: Any) -> None:
        self.protocols: list[Any] = []
        super().__init__(handler, **options)

    def factory(self) -> Any:
        made = super().factory()
        self.protocols.append(made)
        return made

    async def hang_up(self) -> None:
        for protocol in self.protocols:
            if protocol.transport is not None:
                protocol.transport.abort()
        await asyncio.sleep(0.01)  # until they are closed: the loop ends after this


class MailServer:
    """Listens on a free port of this machine: `with MailServer() as server: server.url`.

    `answers` maps an address to what it is told instead of being served ("550 no such person").
    With `holds` set, the server takes one mail and does not say so until `let_go()`.
    """

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.answers: dict[str, str] = {}
        self.holds = threading.Event()
        self.holding = threading.Event()
        self._let_go = threading.Event()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        self._controller = Lines(self, hostname="127.0.0.1", port=self.port)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def __enter__(self) -> "MailServer":
        self._controller.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._let_go.set()
        asyncio.run_coroutine_threadsafe(self._controller.hang_up(), self._controller.loop).result()
        self._controller.stop()

    def let_go(self) -> None:
        self.holds.clear()
        self._let_go.set()

    def received(self) -> Counter[str]:
        """How many mails each address got."""
        return Counter(str(message["To"]) for message in self.messages)

    def ids(self, address: str) -> list[str]:
        return [m["Message-ID"] for m in self.messages if m["To"] == address]

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.messages.append(message_from_bytes(envelope.content))
        if self.holds.is_set():
            self.holds.clear()
            self.holding.set()
            await server.loop.run_in_executor(None, self._let_go.wait, 60)
        return "250 taken"
