"""Listening for readers: the socket, the server process or processes, and what they write to the log."""

import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress

import structlog
import uvicorn
from fastapi import FastAPI
from structlog.tracebacks import ExceptionDictTransformer
from uvicorn.supervisors import Multiprocess

from app.main import create_app
from app.settings import Settings

PATIENCE = 10  # seconds that requests may still take once the server was told to stop
WAITING = 2048  # connections that may queue


class CannotListen(Exception):
    """The address cannot be listened on; the message is one line for whoever started the program."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections. Port 0 takes a free one. Raises CannotListen."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(WAITING)
    except OSError as error:
        raise CannotListen(f"Cannot listen on {host} port {port}: {error.strerror or error}.") from error
    return listener


def address_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def app() -> FastAPI:
    """What each server process answers with. The garbage collector need not look again at what start has made."""
    made = create_app()
    gc.collect()
    gc.freeze()
    return made


def run(
    listener: socket.socket, settings: Settings, *, workers: int, access_log: bool, started: Callable[[], None]
) -> None:
    """Serves until told to stop; `started` is called once requests are answered."""
    config = uvicorn.Config(
        "app.serving:app",
        factory=True,
        workers=workers,
        access_log=access_log,
        log_config=None,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=PATIENCE,
        lifespan="on",
    )
    # uvicorn raises the signal again when it is done; to be told to stop is no failure.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    if workers == 1:
        _Server(config, started).run([listener])
    else:
        started()
        Multiprocess(config, [listener]).run()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        with suppress(BrokenPipeError):
            self._started()


def configure_log(settings: Settings, *, access_log: bool = False) -> None:
    """Everything goes to stderr: for people, or as one JSON object a line."""
    stamped = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    as_json = settings.log_format == "json"
    last = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    # Without the values at each step: they hold what people typed, passwords too.
    steps = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    told = [steps, last] if as_json else [last]
    structlog.configure(
        processors=[*stamped, *told],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=stamped, processors=[_plain, *told]))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("uvicorn.access").setLevel(logging.INFO if access_log else logging.WARNING)


def _plain(_: object, __: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    """Without what the formatter adds for its own use."""
    return structlog.stdlib.ProcessorFormatter.remove_processors_meta(None, "", event)
