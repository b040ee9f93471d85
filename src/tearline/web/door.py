"""Who may come in: one browser, from this machine, that was handed the address.

The address that is printed carries a token that works once. It is exchanged for a cookie that other sites
cannot send. Every request must name this very host, so that no name that somebody else points here is
served; whatever changes something must come from a page of ours.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from urllib.parse import parse_qs

import attrs

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

HOST: Final = "127.0.0.1"
ENTRY: Final = "/enter"
SAFE: Final = frozenset({"GET", "HEAD"})

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""What a page of ours may load: nothing from elsewhere, nothing inline."""

HEADERS: Final = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", POLICY.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    # `no-referrer` would make browsers hide the origin of our own forms.
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
"""What every response carries."""

_ENTERED: Final = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Tearline</title>'
    '<link rel="icon" href="/static/mark.svg"><meta http-equiv="refresh" content="0;url={0}">'
    '<p><a href="{0}">Go on to the first page</a></p></html>'
)
"""A page and no redirection: a cookie for the same site only is not sent along one that another site began."""


@attrs.frozen(kw_only=True)
class Refusal:
    """A request that is not served, and what the person is told."""

    status: int
    text: str


@attrs.define(eq=False)
class Door:
    """The only way to ``app``.

    Attributes:
        token: What the printed address carries; works once.
        form_token: What every form of ours carries besides.
        first: The page that is shown first; a path of ours.
    """

    app: App
    port: int
    first: str = "/"
    token: str = attrs.field(factory=lambda: secrets.token_urlsafe(32), repr=False)
    form_token: str = attrs.field(factory=lambda: secrets.token_urlsafe(32), repr=False)
    _session: str = attrs.field(factory=lambda: secrets.token_urlsafe(32), init=False, repr=False)
    _used: bool = attrs.field(default=False, init=False)

    @property
    def host(self) -> str:
        """The only host that is served."""
        return f"{HOST}:{self.port}"

    @property
    def address(self) -> str:
        """What is printed and opened: it lets in once."""
        return f"http://{self.host}{ENTRY}?token={self.token}"

    @property
    def cookie(self) -> str:
        """The name of the cookie; another port is another door."""
        return f"tearline-{self.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request that may come in; answer any other."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        refusal = self.refused(scope)
        if refusal is not None:
            await _answer(send, refusal.status, refusal.text.encode(), b"text/plain; charset=utf-8")
        elif scope["path"] == ENTRY:
            await self._enter(scope, send)
        else:
            await self.app(scope, receive, _with_headers(send))

    def refused(self, scope: Scope) -> Refusal | None:
        """Why a request is not served; ``None``: it is."""
        headers = _headers(scope)
        if headers.get("host") != [self.host]:
            return Refusal(status=421, text="This is not the place that you asked for.")
        if scope["method"] not in SAFE and not self._is_ours(headers):
            return Refusal(status=403, text="Another site sent this. Nothing was done.")
        if scope["path"] != ENTRY and not self._is_known(headers):
            return Refusal(status=401, text="Open the address that `tearline open` printed; it works once.")
        return None

    def _is_ours(self, headers: dict[str, list[str]]) -> bool:
        """Whether a browser says that a page of ours sent it; one that says nothing is not believed."""
        return headers.get("origin") == [f"http://{self.host}"] and headers.get("sec-fetch-site", ["same-origin"]) == [
            "same-origin"
        ]

    def _is_known(self, headers: dict[str, list[str]]) -> bool:
        parts = (part.strip().partition("=") for line in headers.get("cookie", []) for part in line.split(";"))
        given = [value for name, _, value in parts if name == self.cookie]
        return any(hmac.compare_digest(value.encode(), self._session.encode()) for value in given)

    async def _enter(self, scope: Scope, send: Send) -> None:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])
        fits = len(given) == 1 and hmac.compare_digest(given[0].encode(), self.token.encode())
        if scope["method"] != "GET" or self._used or not fits:
            text = b"This address has been used, or was never ours. Start `tearline open` again for a new one."
            await _answer(send, 401, text, b"text/plain; charset=utf-8")
            return
        self._used = True
        cookie = f"{self.cookie}={self._session}; HttpOnly; SameSite=Strict; Path=/"
        await _answer(
            send,
            200,
            _ENTERED.format(self.first).encode(),
            b"text/html; charset=utf-8",
            (b"set-cookie", cookie.encode()),
        )


def _headers(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _with_headers(send: Send) -> Send:
    """The same, with :data:`HEADERS` on every response."""
    names = {name for name, _ in HEADERS}

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message.get("headers", []) if bytes(name).lower() not in names]
            message = {**message, "headers": [*kept, *HEADERS]}
        await send(message)

    return sending


async def _answer(send: Send, status: int, body: bytes, kind: bytes, *more: tuple[bytes, bytes]) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), *HEADERS, *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
