"""Pulumi's host of Python programs, as far as these tests need it: it runs programs and policy packs.

The engine starts it as `pulumi-language-python`, its own address as the last argument, reads the port that
is printed first, and ends it by a signal.
"""
# ruff: noqa: N802 - the methods bear the names of the engine's protocol

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO, Final, NoReturn

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
        self._packs: list[subprocess.Popen[bytes]] = []

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
        """Run the program to its end: by Python, or what the project says was built of it."""
        built = request.info.options.fields["binary"].string_value if request.info.HasField("options") else ""
        if built:
            command, environment = [built], {**os.environ, **self._told(request)}
        else:
            command, environment = self._by_python(request), {**os.environ}
        code = subprocess.run(  # noqa: S603 - our own program
            command, cwd=request.pwd, env=environment, check=False
        ).returncode
        if code == TOLD_ALREADY:
            return pb.RunResponse(bail=True)
        return pb.RunResponse(error=f"the program ended with code {code}" if code else "")

    def _told(self, request: pb.RunRequest) -> dict[str, str]:
        """What SDKs of other languages are told of a run."""
        return {
            "PULUMI_PROJECT": request.project,
            "PULUMI_STACK": request.stack,
            "PULUMI_ORGANIZATION": request.organization or "organization",
            "PULUMI_MONITOR": request.monitor_address,
            "PULUMI_ENGINE": self._engine,
            "PULUMI_PARALLEL": str(request.parallel),
            "PULUMI_DRY_RUN": str(request.dryRun).lower(),
            "PULUMI_CONFIG": json.dumps(dict(request.config)),
        }

    def _by_python(self, request: pb.RunRequest) -> list[str]:
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
        return [sys.executable, "-u", "-m", _RUNNER, json.dumps(told)]

    def RunPlugin(
        self, request: pb.RunPluginRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.RunPluginResponse]:
        """Run a policy pack in the folder of the project, and pass on what it prints."""
        pack = request.info.program_directory
        process = subprocess.Popen(  # noqa: S603 - our own pack
            [sys.executable, "-u", "-m", "pulumi.policy", *request.args, pack],
            cwd=request.pwd,
            env=dict(one.split("=", 1) for one in request.env),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._packs.append(process)
        context.add_callback(process.terminate)
        said: SimpleQueue[pb.RunPluginResponse | None] = SimpleQueue()
        for pipe, told in ((process.stdout, _printed), (process.stderr, _complained)):
            if pipe is not None:
                Thread(target=_pass_on, args=(pipe, told, said), daemon=True).start()
        for _ in (_printed, _complained):
            yield from iter(said.get, None)
        yield pb.RunPluginResponse(exitcode=process.wait())

    def end(self) -> NoReturn:
        """Leave no pack behind."""
        for process in self._packs:
            process.terminate()
        os._exit(0)


def _printed(line: bytes) -> pb.RunPluginResponse:
    return pb.RunPluginResponse(stdout=line)


def _complained(line: bytes) -> pb.RunPluginResponse:
    return pb.RunPluginResponse(stderr=line)


def _pass_on(
    pipe: IO[bytes],
    told: Callable[[bytes], pb.RunPluginResponse],
    said: "SimpleQueue[pb.RunPluginResponse | None]",
) -> None:
    for line in pipe:
        said.put(told(line))
    said.put(None)


def serve() -> None:
    """Serve until the engine has enough."""
    host = Host(sys.argv[-1])
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: host.end())
    server = grpc.server(ThreadPoolExecutor(4))
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    server.wait_for_termination()


if __name__ == "__main__":
    serve()
