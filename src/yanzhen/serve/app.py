"""The web application over one atlas file: headers, errors and static files around the pages of `web`.

It only answers; it never calls out. Every request opens the atlas anew, so a rebuilt one is seen at once.
"""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from yanzhen import __version__
from yanzhen.errors import StoreError, UsageError
from yanzhen.serve.pages import page
from yanzhen.serve.web import routes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

STATIC = Path(__file__).parent / "static"

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_ADVICE = {
    400: "地址里有看不懂的条件，请返回上一页改正后再试。",
    404: "没有这一页。它可能已随图谱重建而改名，请从文档列表或检索进入。",
    405: "这个地址不接受这种请求。",
    500: "程序出错了。重试仍出现时，请把操作步骤告诉维护者。",
    503: "图谱文件现在打不开，请按下面的说明处理后刷新。",
}
_TITLES = {400: "条件有误", 404: "没有找到", 405: "不支持的请求", 500: "程序出错", 503: "图谱打不开"}


def _is_data(request: Request) -> bool:
    """Whether the answer is for a program: by the address, or by what the client says it prefers."""
    accepted = request.headers.get("accept", "")
    return request.url.path.endswith(".json") or ("json" in accepted and "html" not in accepted)


def _problem(request: Request, status: int, detail: str) -> Response:
    """RFC 9457 for programs, a page for people."""
    if _is_data(request):
        body = {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": detail,
            "instance": request.url.path,
        }
        return Response(msgspec.json.encode(body), status, media_type="application/problem+json")
    title = _TITLES.get(status, HTTPStatus(status).phrase)
    return page("error.html", status=status, title=title, advice=_ADVICE.get(status, ""), detail=detail)


_FAULTS = {
    "literal_error": "不在可选的值之内",
    "int_parsing": "应为整数",
    "string_too_long": "太长",
    "string_too_short": "不能为空",
    "missing": "不能缺少",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
}


def _faults(error: RequestValidationError) -> str:
    """Which parameters are wrong, and how."""
    return "；".join(
        f"{fault['loc'][-1]} {_FAULTS.get(fault['type'], fault['msg'].removeprefix('Value error, '))}"
        for fault in error.errors()
    )


def create_app(atlas_path: Path) -> FastAPI:
    """The application over the atlas at `atlas_path`, which may be built, replaced or missing at any time.

    Whoever serves it decides on which address; the application itself has no access control.
    """
    app = FastAPI(title="Yanzhen", version=__version__, docs_url=None, redoc_url=None)

    @app.middleware("http")
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        for name, value in _HEADERS.items():
            response.headers[name] = value
        return response

    def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _problem(request, error.status_code, str(error.detail))

    def on_validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return _problem(request, 400, _faults(error))

    def on_usage(request: Request, error: Exception) -> Response:
        return _problem(request, 400, str(error))

    def on_store(request: Request, error: Exception) -> Response:
        return _problem(request, 503, str(error))

    def on_fault(request: Request, error: Exception) -> Response:
        response = _problem(request, 500, type(error).__name__)
        response.headers.update(_HEADERS)  # a fault's answer does not come by way of `guard`
        return response

    handlers: dict[Any, Callable[[Request, Exception], Response]] = {
        HTTPException: on_http,
        RequestValidationError: on_validation,
        UsageError: on_usage,
        StoreError: on_store,
        Exception: on_fault,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(routes(atlas_path))
    return app
