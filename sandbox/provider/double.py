"""The double as the engine sees it: a provider that speaks the engine's protocol and calls the sandbox."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

import grpc
from botocore.exceptions import BotoCoreError, ClientError
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as pb
from typing_extensions import override

from sandbox.provider import calling
from sandbox.provider.configuring import CARRIED, ConfigurationError, Home, home_of
from sandbox.provider.differing import Difference, differences
from sandbox.provider.functions import NoSuchFunctionError, call_function
from sandbox.provider.handler import Clients, RefusedError
from sandbox.provider.schema import VERSION
from sandbox.provider.spelling import UnspelledError
from sandbox.provider.wire import packed, plain
from sandbox.server import Server, connect

_THREADS: Final = 16
_REFUSALS: Final = (
    BotoCoreError, ClientError, RefusedError, UnspelledError, ConfigurationError,
    NoSuchFunctionError, calling.NotCarriedError,
)  # fmt: skip
_PROPERTY_DIFFS: Final = {
    ("add", False): pb.PropertyDiff.ADD,
    ("add", True): pb.PropertyDiff.ADD_REPLACE,
    ("delete", False): pb.PropertyDiff.DELETE,
    ("delete", True): pb.PropertyDiff.DELETE_REPLACE,
    ("update", False): pb.PropertyDiff.UPDATE,
    ("update", True): pb.PropertyDiff.UPDATE_REPLACE,
}


class Double(provider_pb2_grpc.ResourceProviderServicer):
    """Every provider of a program has a connection of its own here, which says whose calls are whose."""

    def __init__(self, server: Server, default: Home, holder: str | None = None) -> None:
        self._server = server
        self._where = partial(home_of, default=default, holder=holder)
        self._clients_of: dict[str, Clients] = {}

    @override
    def Handshake(
        self, _request: pb.ProviderHandshakeRequest, _context: grpc.ServicerContext
    ) -> pb.ProviderHandshakeResponse:
        """The engine says where it is; the double wants values as plain as they come."""
        return pb.ProviderHandshakeResponse()

    @override
    def GetPluginInfo(self, _request: Empty, _context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """The version of the SDK whose classes the double accepts."""
        return plugin_pb2.PluginInfo(version=VERSION)

    @override
    def Attach(self, _request: plugin_pb2.PluginAttach, _context: grpc.ServicerContext) -> Empty:
        """The engine may attach; the double needs nothing of it."""
        return Empty()

    @override
    def Cancel(self, _request: Empty, _context: grpc.ServicerContext) -> Empty:
        """Every call is short, so there is nothing to break off."""
        return Empty()

    @override
    def CheckConfig(self, request: pb.CheckRequest, _context: grpc.ServicerContext) -> pb.CheckResponse:
        """Refuses configuration that the double does not carry."""
        try:
            self._where(plain(request.news))
        except ConfigurationError as error:
            return pb.CheckResponse(failures=[pb.CheckFailure(reason=str(error))])
        return pb.CheckResponse(inputs=request.news)

    @override
    def DiffConfig(self, request: pb.DiffRequest, context: grpc.ServicerContext) -> pb.DiffResponse:
        """Another account or region is another provider: all it made must be made anew."""
        olds, news = plain(request.olds), plain(request.news)
        with _refusals(context):
            moved = self._where(olds) != self._where(news)
        changed = [name for name in sorted(CARRIED) if moved and olds.get(name) != news.get(name)]
        return pb.DiffResponse(changes=_changes(changed), diffs=changed, replaces=changed)

    @override
    def Configure(self, request: pb.ConfigureRequest, context: grpc.ServicerContext) -> pb.ConfigureResponse:
        """Remembers the account and the region of this connection."""
        with _refusals(context):
            where = self._where(plain(request.args))
            clients = self._server.clients(account=where.account, region=where.region)
            self._clients_of[context.peer()] = clients
        return pb.ConfigureResponse(supportsPreview=True)

    @override
    def Check(self, request: pb.CheckRequest, _context: grpc.ServicerContext) -> pb.CheckResponse:
        """Refuses what the SDK's classes would not send, and what the double would drop."""
        token, news, olds = _type(request.urn), plain(request.news), plain(request.olds)
        found = calling.problems(token, news)
        if found:
            return pb.CheckResponse(failures=[pb.CheckFailure(reason=reason) for reason in found])
        name = request.urn.rsplit("::", 1)[-1]
        return pb.CheckResponse(inputs=packed(calling.named(token, news, olds, name, request.randomSeed)))

    @override
    def Diff(self, request: pb.DiffRequest, _context: grpc.ServicerContext) -> pb.DiffResponse:
        """Compares what was said with what is said now, property by property."""
        changed = differences(plain(request.old_inputs), plain(request.news))
        return _diff(changed, calling.replaces(_type(request.urn)))

    @override
    def Create(self, request: pb.CreateRequest, context: grpc.ServicerContext) -> pb.CreateResponse:
        """Makes it; in a preview, says what is known of it beforehand."""
        token, inputs = _type(request.urn), plain(request.properties)
        with _refusals(context):
            clients = self._clients(context)
            if request.preview:
                return pb.CreateResponse(properties=packed(calling.foreseen(clients, token, inputs)))
            made = calling.create(clients, token, inputs)
        return pb.CreateResponse(id=made.id, properties=packed(made.outputs))

    @override
    def Read(self, request: pb.ReadRequest, context: grpc.ServicerContext) -> pb.ReadResponse:
        """What is live, as properties and as inputs; no id if it is gone. An import has no inputs yet."""
        with _refusals(context):
            made = calling.read(self._clients(context), _type(request.urn), request.id, plain(request.inputs))
        if made is None:
            return pb.ReadResponse()
        return pb.ReadResponse(id=made.id, properties=packed(made.outputs), inputs=packed(made.inputs))

    @override
    def Update(self, request: pb.UpdateRequest, context: grpc.ServicerContext) -> pb.UpdateResponse:
        """Changes it; in a preview, says what is known of it beforehand."""
        token, old, new = _type(request.urn), plain(request.old_inputs), plain(request.news)
        if request.preview:
            return pb.UpdateResponse(properties=packed({**_kept(plain(request.olds), old), **new}))
        with _refusals(context):
            made = calling.update(self._clients(context), token, request.id, old, new)
        return pb.UpdateResponse(properties=packed(made.outputs))

    @override
    def Delete(self, request: pb.DeleteRequest, context: grpc.ServicerContext) -> Empty:
        """Deletes it."""
        with _refusals(context):
            said = plain(request.old_inputs)
            calling.delete(self._clients(context), _type(request.urn), request.id, said)
        return Empty()

    @override
    def Invoke(self, request: pb.InvokeRequest, context: grpc.ServicerContext) -> pb.InvokeResponse:
        """Answers a function."""
        with _refusals(context):
            answer = call_function(self._clients(context), request.tok, plain(request.args))
        response = pb.InvokeResponse()
        getattr(response, "return").CopyFrom(packed(answer))
        return response

    def _clients(self, context: grpc.ServicerContext) -> Clients:
        clients = self._clients_of.get(context.peer())
        if clients is None:
            raise ConfigurationError("a provider calls that was never configured")
        return clients


@contextmanager
def serving_double(server: Server, *, account: str, region: str, holder: str | None = None) -> Iterator[int]:
    """A double at work as long as the block runs; gives its port, for `PULUMI_DEBUG_PROVIDERS=aws:PORT`.

    Account and region are those of a provider that names none. Where a `holder` of credentials is said, a
    provider that allows only other accounts is refused; else it has those of the account it allows. A server
    elsewhere than here is refused.
    """
    safe = connect(server.url, server.token)
    host = grpc.server(ThreadPoolExecutor(_THREADS))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(
        Double(safe, Home(account, region), holder), host
    )
    port = host.add_insecure_port("127.0.0.1:0")
    host.start()
    try:
        yield port
    finally:
        host.stop(None).wait()


@contextmanager
def _refusals(context: grpc.ServicerContext) -> Iterator[None]:
    """What AWS or the double refuses reaches the engine as one line, not as a traceback."""
    try:
        yield
    except _REFUSALS as error:
        context.abort(grpc.StatusCode.UNKNOWN, str(error))


def _type(urn: str) -> str:
    """The type in an URN, without its parents'."""
    return urn.split("::")[2].rsplit("$", 1)[-1]


def _diff(changed: tuple[Difference, ...], replaces: frozenset[str]) -> pb.DiffResponse:
    detailed = {
        one.path: pb.PropertyDiff(kind=_PROPERTY_DIFFS[one.kind, one.top in replaces], inputDiff=True)
        for one in changed
    }
    tops = sorted({one.top for one in changed})
    return pb.DiffResponse(
        changes=_changes(tops),
        diffs=tops,
        replaces=[top for top in tops if top in replaces],
        deleteBeforeReplace=any(top in replaces for top in tops),
        detailedDiff=detailed,
        hasDetailedDiff=True,
    )


def _changes(changed: list[str]) -> pb.DiffResponse.DiffChanges.ValueType:
    return pb.DiffResponse.DIFF_SOME if changed else pb.DiffResponse.DIFF_NONE


def _kept(properties: Mapping[str, object], old: Mapping[str, object]) -> Mapping[str, Any]:
    """The properties that AWS computed."""
    return {name: value for name, value in properties.items() if name not in old}
