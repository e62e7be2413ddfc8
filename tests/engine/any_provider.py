"""A provider that takes whatever a program says and makes nothing: enough for a preview.

As the real one it names buckets that have no name, and knows in a preview of none what it will add later.
"""
# ruff: noqa: N802 - the methods bear the names of the engine's protocol

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final

import grpc
from google.protobuf.empty_pb2 import Empty
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import plugin_pb2, provider_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as pb

from bucketwright.plan import UNKNOWN_INPUT, kind_in
from sandbox.provider.schema import VERSION

_ADDED: Final = (
    "arn",
    "policy",
    "versioning",
    "serverSideEncryptionConfiguration",
    "grants",
    "lifecycleRules",
)
_BUCKET: Final = "aws:s3/bucket:Bucket"


class Anything(provider_pb2_grpc.ResourceProviderServicer):
    """Refuses nothing."""

    def Handshake(
        self, _request: pb.ProviderHandshakeRequest, _context: grpc.ServicerContext
    ) -> pb.ProviderHandshakeResponse:
        """Values come as plain as they can."""
        return pb.ProviderHandshakeResponse(accept_secrets=True)

    def GetPluginInfo(self, _request: Empty, _context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """As if it were the SDK's own."""
        return plugin_pb2.PluginInfo(version=VERSION)

    def Attach(self, _request: plugin_pb2.PluginAttach, _context: grpc.ServicerContext) -> Empty:
        """Nothing is needed of the engine."""
        return Empty()

    def Cancel(self, _request: Empty, _context: grpc.ServicerContext) -> Empty:
        """Nothing is under way."""
        return Empty()

    def CheckConfig(self, request: pb.CheckRequest, _context: grpc.ServicerContext) -> pb.CheckResponse:
        """Any configuration will do."""
        return pb.CheckResponse(inputs=request.news)

    def Configure(
        self, _request: pb.ConfigureRequest, _context: grpc.ServicerContext
    ) -> pb.ConfigureResponse:
        """Secrets come as secrets."""
        return pb.ConfigureResponse(supportsPreview=True, acceptSecrets=True)

    def Check(self, request: pb.CheckRequest, _context: grpc.ServicerContext) -> pb.CheckResponse:
        """Whatever is said, with a name where a bucket has none, and a note of what was added."""
        inputs = Struct()
        inputs.CopyFrom(request.news)
        if kind_in(request.urn) == _BUCKET and "bucket" not in inputs.fields:
            name = request.urn.rpartition("::")[2]
            inputs.update({"bucket": f"{name}-1a2b3c4", "__defaults": ["bucket"]})
        return pb.CheckResponse(inputs=inputs)

    def Create(self, request: pb.CreateRequest, context: grpc.ServicerContext) -> pb.CreateResponse:
        """Foresee it."""
        if not request.preview:
            context.abort(grpc.StatusCode.UNIMPLEMENTED, "nothing is made here")
        properties = Struct()
        properties.update(dict.fromkeys(_ADDED, UNKNOWN_INPUT))
        properties.MergeFrom(request.properties)
        return pb.CreateResponse(properties=properties)


@contextmanager
def serving_anything() -> Iterator[int]:
    """At work as long as the block runs; gives its port."""
    host = grpc.server(ThreadPoolExecutor(4))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Anything(), host)
    port = host.add_insecure_port("127.0.0.1:0")
    host.start()
    try:
        yield port
    finally:
        host.stop(None).wait()
