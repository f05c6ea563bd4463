"""The page behind the link in a mail: opening it changes nothing, pressing its button acknowledges.

Programs that look through mail open every link, so only a POST counts. The link names a delivery by its random id, with
our seal: it can be neither made up nor changed, and tells nothing of the case. What it leads to is looked up each time,
so a link to an erased case gets the same answer as one that never was.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar
from urllib.parse import parse_qs

from aiohttp import web

from bot import logs
from bot.channel import Desk
from bot.mail import html
from bot.seals import Forged, Seals
from handlers.intents import Intent, Surface
from handlers.people import Known, Standing
from handlers.ports import Delivery, Work
from handlers.referring import by_mail
from handlers.screens import Form, Screen

HOLDER: Final = "mail"
"""For whom the links are sealed: for nobody in particular."""
LONGEST_TOKEN: Final = 100
MOST_BYTES: Final = 4096
"""A name and what a browser puts around it."""
TYPED: Final = "application/x-www-form-urlencoded"
"""What our page sends: the name is read from nothing else."""
FORMS: Final = frozenset({TYPED, "multipart/form-data"})
"""What a form in a browser sends. Anything else was sent by a program, and a program does not acknowledge."""
AT_ONCE: Final = 30
PER_MINUTE: Final = 12.0
"""How often one link may be opened: programs and people of one mailbox together."""
MOST_LINKS: Final = 10_000

T = TypeVar("T")


class Reads(Protocol):
    """What the page needs of the store."""

    async def read(self, fn: Callable[[Work], T]) -> T:
        """Run a function that only reads."""


class Turnstile:
    """Lets one link be opened so often and no oftener, in this process alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left: OrderedDict[str, _Left] = OrderedDict()

    def lets(self, link: str) -> bool:
        """Whether this link may be opened now."""
        now = self._clock()
        left = self._left.setdefault(link, _Left(AT_ONCE, now))
        self._left.move_to_end(link)
        while len(self._left) > MOST_LINKS:
            self._left.popitem(last=False)
        left.times = min(AT_ONCE, left.times + (now - left.at) * PER_MINUTE / 60)
        left.at = now
        if left.times < 1:
            return False
        left.times -= 1
        return True


@dataclass(slots=True)
class _Left:
    times: float
    at: float


class Page:
    """`/a/{token}`, and what makes the links to it."""

    def __init__(
        self,
        desk: Desk,
        store: Reads,
        delivery: Callable[[str], Awaitable[Delivery | None]],
        seals: Seals,
        refused: Callable[[str], None],
    ) -> None:
        """`delivery` finds one by its id; `refused` counts what was turned away."""
        self._desk, self._store, self._delivery, self._seals = desk, store, delivery, seals
        self._refused = refused
        self._turnstile = Turnstile()

    def path(self, delivery_id: str) -> str:
        """The path of the page for a delivery."""
        return f"/a/{self._seals.seal(delivery_id, HOLDER)}"

    def routes(self) -> tuple[web.RouteDef, ...]:
        """What the public port answers."""
        return web.get("/a/{token}", self._show), web.post("/a/{token}", self._press)

    async def _show(self, request: web.Request) -> web.Response:
        return await self._answer(request, pressed=False)

    async def _press(self, request: web.Request) -> web.Response:
        if request.content_type not in FORMS:
            raise web.HTTPUnsupportedMediaType
        return await self._answer(request, pressed=True)

    async def _answer(self, request: web.Request, *, pressed: bool) -> web.Response:
        try:
            delivery_id = self._seals.open(request.match_info["token"][:LONGEST_TOKEN], HOLDER)
        except Forged:
            self._refused("token")
            return _drawn(by_mail.gone(), 404)
        if not self._turnstile.lets(delivery_id):
            return _drawn(by_mail.too_often(), 429, {"Retry-After": "60"})
        try:
            delivery = await self._delivery(delivery_id)
            screen = await self._store.read(lambda work: by_mail.page_behind(delivery, work)) if delivery else None
        except Exception as error:  # noqa: BLE001  # whatever it was, somebody waits for an answer
            logs.get_logger().error("request_failed", kind=logs.kind_of(error), at=logs.places_of(error))
            return _drawn(by_mail.not_now(), 503, {"Retry-After": "60"})
        if delivery is None or screen is None:
            return _drawn(by_mail.gone(), 404)
        if pressed and isinstance(screen, Form) and screen.submit is not None:
            return _drawn(await self._acknowledged(delivery, await _name_in(request)), 200)
        return _drawn(screen, 200)

    async def _acknowledged(self, delivery: Delivery, name: str) -> Screen:
        """As a press in a channel: the mailbox is the room, and nobody in it is known."""
        intent = Intent(
            "acknowledge",
            delivery.to,
            Known(Standing(member=False, why_not="unknown")),
            Surface.FORM,
            by_mail.subject_of(delivery),
            {"name": name},
            room=delivery.to,
        )
        return await self._desk.answer(intent) or by_mail.not_now()


async def _name_in(request: web.Request) -> str:
    """What stood in the box. Raises HTTPRequestEntityTooLarge and HTTPBadRequest."""
    body = await request.read()
    if len(body) > MOST_BYTES:
        raise web.HTTPRequestEntityTooLarge(max_size=MOST_BYTES, actual_size=len(body))
    if request.content_type != TYPED:
        return ""
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=10)
    except ValueError:
        raise web.HTTPBadRequest from None
    return fields.get("name", [""])[0]


def _drawn(screen: Screen, status: int, headers: dict[str, str] | None = None) -> web.Response:
    covered = {"Content-Security-Policy": html.POLICY, **(headers or {})}
    return web.Response(text=html.page(screen), status=status, content_type="text/html", headers=covered)
