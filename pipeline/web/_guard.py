"""What every request passes before its handler, and every answer on its way out."""

from __future__ import annotations

import logging
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler
from clickhouse_driver.errors import Error as DriverError

from pipeline.transport.sqlite import LogError
from pipeline.web._answers import json_answer
from pipeline.web._hosts import is_ours
from pipeline.web._problem import Problem, ProblemError
from pipeline.web._served import SERVED
from pipeline.web.page import CONTENT_SECURITY_POLICY, render_notice

OPEN_PATHS = frozenset({"/health"})
"""What answers everybody."""
SIGN_IN_PATH = "/"
"""Where a link with a token leads; the one path whose errors are for people."""

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Server": "outreach",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_FOR_PEOPLE = "Open the link that `outreach up` printed last. Each link signs in one browser, once."
_FOR_PROGRAMS = (
    "Send the header `Authorization: Bearer SECRET`; the secret stands in endpoint.json in the "
    "data folder."
)
_TITLES = {HTTPStatus.UNAUTHORIZED: "Not signed in"}
_READING = frozenset({"GET", "HEAD"})
_log = logging.getLogger(__name__)


async def add_security_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Tell browsers to keep nothing, to load nothing from elsewhere, and to frame nothing."""
    response.headers.update(_HEADERS)


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer every error with a message: JSON, or a page where a person looks."""
    try:
        return await handler(request)
    except ProblemError as problem:
        return _answer(request, problem.status, problem.message)
    except web.HTTPNotFound:
        return _answer(request, HTTPStatus.NOT_FOUND, f"There is nothing at {request.path}.")
    except web.HTTPMethodNotAllowed as error:
        allowed = ", ".join(sorted(error.allowed_methods))
        message = f"{request.path} does not take {request.method}; it takes {allowed}."
        answer = _answer(request, HTTPStatus.METHOD_NOT_ALLOWED, message)
        answer.headers["Allow"] = allowed
        return answer
    except (DriverError, LogError, EOFError) as error:
        return _answer(request, HTTPStatus.SERVICE_UNAVAILABLE, f"Not available now: {error}")
    except web.HTTPException:
        raise
    except Exception:  # noqa: BLE001 - one request that fails must not take others with it
        _log.exception("%s %s failed", request.method, request.path)
        message = "That failed inside the server, which wrote down why. Nothing else is affected."
        return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, message)


@web.middleware
async def check_host(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests for another host: a page of that host sent them."""
    if is_ours(request.host, request.app[SERVED].names):
        return await handler(request)
    raise ProblemError(
        HTTPStatus.MISDIRECTED_REQUEST,
        f"This server does not go by the name {request.host!r}; use its address, or start it with "
        "--host NAME.",
    )


@web.middleware
async def check_secret(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let in who has the secret and, to read, a browser that signed in; refuse all others."""
    if request.path in OPEN_PATHS:
        return await handler(request)
    served = request.app[SERVED]
    if served.door.knows_secret(request.headers.get("Authorization", "")):
        return await handler(request)
    if request.method in _READING:
        token = request.query.get("token", "") if request.path == SIGN_IN_PATH else ""
        session = served.door.sign_in(token) if token and request.method == "GET" else None
        if session is not None:
            return _signed_in(served.cookie, session)
        if served.door.knows_session(request.cookies.get(served.cookie, "")):
            return await handler(request)
    is_for_people = request.path == SIGN_IN_PATH
    raise ProblemError(HTTPStatus.UNAUTHORIZED, _FOR_PEOPLE if is_for_people else _FOR_PROGRAMS)


def _signed_in(cookie: str, session: str) -> web.Response:
    # A page and no redirect: after a link from another site, a browser keeps a strict cookie from
    # the redirect's target, yet not from where the page itself goes.
    page = render_notice("Signed in", "Here comes the report.", go_to=SIGN_IN_PATH)
    answer = web.Response(text=page, content_type="text/html")
    answer.set_cookie(cookie, session, httponly=True, samesite="Strict", path="/")
    return answer


def _answer(request: web.Request, status: HTTPStatus, message: str) -> web.Response:
    if request.path == SIGN_IN_PATH:
        page = render_notice(_TITLES.get(status, "This did not work"), message)
        answer = web.Response(status=status, text=page, content_type="text/html")
    else:
        answer = json_answer(Problem(message), status)
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
