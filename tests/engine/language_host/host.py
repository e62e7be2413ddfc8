"""Pulumi's host of Python programs, as far as these tests need it: it runs a program, and installs nothing.

The engine starts it as `pulumi-language-python`, its own address as the last argument, reads the port that
is printed first, and ends it by a signal.
"""
# ruff: noqa: N802 - the methods bear the names of the engine's protocol

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import language_pb2 as pb
from pulumi.runtime.proto import language_pb2_grpc, plugin_pb2

_RUNNER: Final = "tests.engine.language_host.run_program"
TOLD_ALREADY: Final = 32
"""How a program ends that has told the engine itself what is wrong."""


class Host(language_pb2_grpc.LanguageRuntimeServicer):
    """Every program runs in a process of its own, by the Python that runs this one."""

    def __init__(self, engine: str) -> None:
        self._engine = engine

    def Handshake(
        self, _request: pb.LanguageHandshakeRequest, _context: grpc.ServicerContext
    ) -> pb.LanguageHandshakeResponse:
        """The engine says where it is; Run says so again."""
        return pb.LanguageHandshakeResponse()

    def GetPluginInfo(self, _request: Empty, _context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """The host has no version of its own."""
        return plugin_pb2.PluginInfo()

    def GetRequiredPackages(
        self, _request: pb.GetRequiredPackagesRequest, _context: grpc.ServicerContext
    ) -> pb.GetRequiredPackagesResponse:
        """The engine is to fetch nothing."""
        return pb.GetRequiredPackagesResponse()

    def About(self, _request: pb.AboutRequest, _context: grpc.ServicerContext) -> pb.AboutResponse:
        """Which Python this is."""
        return pb.AboutResponse(executable=sys.executable, version=sys.version.split()[0])

    def Run(self, request: pb.RunRequest, _context: grpc.ServicerContext) -> pb.RunResponse:
        """Run the program to its end."""
        told = {
            "program": str(Path(request.info.program_directory) / request.info.entry_point / "__main__.py"),
            "project": request.project,
            "stack": request.stack,
            "organization": request.organization or "organization",
            "monitor": request.monitor_address,
            "engine": self._engine,
            "parallel": request.parallel,
            "dry_run": request.dryRun,
            "config": dict(request.config),
            "secret": list(request.configSecretKeys),
        }
        command = [sys.executable, "-u", "-m", _RUNNER, json.dumps(told)]
        code = subprocess.run(command, cwd=request.pwd, check=False).returncode  # noqa: S603 - our own program
        if code == TOLD_ALREADY:
            return pb.RunResponse(bail=True)
        return pb.RunResponse(error=f"the program ended with code {code}" if code else "")


def serve() -> None:
    """Serve until the engine has enough."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: os._exit(0))
    server = grpc.server(ThreadPoolExecutor(4))
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(Host(sys.argv[-1]), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    server.wait_for_termination()


if __name__ == "__main__":
    serve()
