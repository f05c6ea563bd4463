"""Everything of mail that `serve` starts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.channel import Desk
from bot.mail.page import Page, Reads
from bot.mail.send import MailChannel, MailOptions
from bot.seals import Seals
from handlers.people import Directory
from handlers.ports import Delivery


class MailPlatform:
    """The way out by mail, and the way back by the page behind its link."""

    def __init__(
        self,
        options: MailOptions,
        directory: Callable[[], Directory],
        *,
        desk: Desk,
        store: Reads,
        delivery: Callable[[str], Awaitable[Delivery | None]],
        seals: Seals,
        refused: Callable[[str], None],
    ) -> None:
        """`delivery` finds one by its id; `refused` counts requests that were turned away."""
        page = Page(desk, store, delivery, seals, refused)
        self._page = page
        self.channel = MailChannel(options, directory, lambda one: options.public_url + page.path(one))

    def routes(self) -> tuple[web.RouteDef, ...]:
        """What the public port answers."""
        return self._page.routes()
