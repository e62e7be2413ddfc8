"""What answers a Pulumi program where there is no engine? It notes what is registered, computes nothing."""
# ruff: noqa: N802 - the methods bear the names of the engine's protocol

from collections.abc import Callable, Mapping
from typing import Final, NoReturn, TypeAlias

from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import resource_pb2 as protocol

from bucketwright.plan import UNKNOWN_INPUT, Resource
from components.registration import STACK_TYPE, registered, sent_fields, urn_of

Answer: TypeAlias = Callable[[Resource], tuple[str, Mapping[str, object]]]
"""Makes a custom resource; what comes back is its id, and its outputs beside what it was told."""
Calls: TypeAlias = Mapping[str, Mapping[str, object]]
"""Token of a function -> what it returns."""

_FEATURES: Final = (
    protocol.RESOURCE_MONITOR_FEATURE_SECRETS,
    protocol.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
    protocol.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
    protocol.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
)


class Unrecordable(Exception):  # noqa: N818 - it says what the program is, not what failed
    """The program does what no engine would take, or what takes an engine."""


class StandIn:
    """One run of one program."""

    def __init__(self, project: str, stack: str, calls: Calls, answer: Answer | None) -> None:
        self.made: dict[str, Resource] = {}
        self._read: dict[str, Resource] = {}
        self._project, self._stack = project, stack
        self._calls, self._answer = calls, answer

    def RegisterResource(
        self, request: protocol.RegisterResourceRequest
    ) -> protocol.RegisterResourceResponse:
        """Note a resource; known is what it was told and, where somebody makes it, what came of that."""
        urn, parent = self._placed(request)
        response = protocol.RegisterResourceResponse(urn=urn, object=request.object)
        if request.type == STACK_TYPE:
            return response
        if urn in self.made:
            raise Unrecordable(f"two resources of type {request.type} are called {request.name!r}")
        self.made[urn] = registered(urn, request, parent)
        if self._answer is not None and request.custom:
            response.id, outputs = self._answer(registered(urn, request, parent, reveal=True))
            response.object.update(sent_fields(outputs, secret=request.additionalSecretOutputs))
        return response

    def ReadResource(self, request: protocol.ReadResourceRequest) -> protocol.ReadResourceResponse:
        """Something that exists already is no part of the plan; only what the program says of it is known."""
        if self._answer is not None:
            raise Unrecordable(f"{request.name!r} is to be read, and nobody here can read it")
        urn, _ = self._placed(request)
        self._read[urn] = Resource(urn, request.type, request.name, inputs={})
        known = "" if request.id == UNKNOWN_INPUT else request.id
        return protocol.ReadResourceResponse(urn=urn, id=known, properties=request.properties)

    def _placed(
        self, request: protocol.RegisterResourceRequest | protocol.ReadResourceRequest
    ) -> tuple[str, Resource | None]:
        """The URN of what a request is about, and its parent where that is not the stack."""
        parent = self.made.get(request.parent) or self._read.get(request.parent)
        return urn_of(self._project, self._stack, parent, request.type, request.name), parent

    def Invoke(self, request: protocol.ResourceInvokeRequest) -> protocol.ResourceInvokeResponse:
        """A function returns what the table says."""
        if request.tok not in self._calls:
            return protocol.ResourceInvokeResponse(unknown=True)
        response = protocol.ResourceInvokeResponse()
        getattr(response, "return").update(sent_fields(self._calls[request.tok]))
        return response

    def Call(self, request: protocol.ResourceCallRequest) -> NoReturn:
        """A method runs in a provider."""
        raise Unrecordable(f"{request.tok} is a method, and there is no provider to run it")

    def ExistsResource(self, request: protocol.ExistsResourceRequest) -> NoReturn:
        """Only an account can tell."""
        raise Unrecordable(f"nobody here can tell whether {request.id!r} exists")

    def RegisterResourceOutputs(self, _: protocol.RegisterResourceOutputsRequest) -> Empty:
        """What a component or the stack hands out makes nothing."""
        return Empty()

    def GetDeploymentInfo(self, _: Empty) -> protocol.DeploymentInfo:
        """What is understood beside the plainest registrations; the rest takes an engine."""
        return protocol.DeploymentInfo(supportedFeatures=_FEATURES)

    def SignalAndWaitForShutdown(self, _: Empty) -> Empty:
        """Nobody waits."""
        return Empty()
