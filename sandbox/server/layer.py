"""The WSGI application: admin calls answered here, gaps mended, all else passed to moto."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Final

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from sandbox.server.admin import PATH, Admin
from sandbox.server.calls import Answer, Call, joined, read_call
from sandbox.server.gaps import mends_of
from sandbox.server.held import know_managed_policies
from sandbox.server.mending import mended
from sandbox.server.refusals import broken, not_built

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LOG: Final = logging.getLogger(__name__)
_WRITES: Final = frozenset({"DELETE", "POST", "PUT"})
_WRITING: Final = Lock()


class Layer:
    """moto as AWS would answer, for one process: what moto holds is the process's, whoever serves it."""

    def __init__(self, token: str) -> None:
        know_managed_policies()
        self._moto: WSGIApplication = DomainDispatcherApplication(create_backend_app)
        self._admin = Admin(token)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(PATH):
            return _sent(self._admin.answer(environ), start_response)
        call = read_call(environ)
        try:
            mends = mends_of(call)
            if not mends:
                return self._moto(environ, start_response)
            with _turn(call):
                return _sent(mended(call, mends, self._forward), start_response)
        except NotImplementedError as missing:
            return _sent(not_built(call, str(missing)), start_response)
        except Exception as fault:  # noqa: BLE001 - moto raises anything, and whoever asked needs an answer
            _LOG.exception("%s %s", call.method, environ.get("PATH_INFO"))
            return _sent(broken(call, fault), start_response)

    def _forward(self, call: Call) -> Answer:
        """What moto itself answers."""
        started: list[tuple[int, list[tuple[str, str]]]] = []
        written: list[bytes] = []

        def start(status: str, headers: list[tuple[str, str]], *_error: object) -> Callable[[bytes], object]:
            started.append((int(status.split(" ", 1)[0]), headers))
            return written.append

        body = joined(self._moto(call.environ, start))
        status, headers = started[-1]
        return Answer(status, tuple(headers), b"".join(written) + body)


@contextmanager
def _turn(call: Call) -> Iterator[None]:
    """Within it nobody else writes: moto looks at a condition, writes later, and would let two rivals win.

    The body is there before: a mend that asked for it after moto had read it, and all others who write, would
    wait for ever.
    """
    writes = call.service == "s3" and call.method in _WRITES
    if writes or not call.key:
        call.body()
    with _WRITING if writes else nullcontext():
        yield


def _sent(answer: Answer, start_response: "StartResponse") -> Iterable[bytes]:
    start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", list(answer.headers))
    return [answer.body]
