"""How does the engine ask the pack? Each request is read once, makes one estate, and all rules judge that.

The servicer that comes with pulumi_policy reads a whole stack anew for every policy. This one has its
configuration, levels and reports from there.
"""
# ruff: noqa: N802 - the methods bear the names of the engine's protocol

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Final

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import analyzer_pb2 as pb
from pulumi.runtime.proto import analyzer_pb2_grpc
from pulumi_policy import EnforcementLevel, Severity
from pulumi_policy.policy import _GRPC_CHANNEL_OPTIONS, _PolicyAnalyzerServicer

from bucketwright.contract import words
from bucketwright.plan import Plan, kind_of
from policies.alone import faults_alone, sayers
from policies.judged import Measure, judged, measure
from policies.kinds import MADE_BY
from policies.pack import NAME, level, planned_rules, policies, severity_of
from policies.project import Here, Stack, UnjudgedError, agreed, here, today
from policies.telling import Line, Secrets, Teller
from policies.wire import STACK, Told, in_order, is_there, registered, tied

_VERSION: Final = "0.0.1"
"""Stands for the one in PulumiPolicy.yaml, which the engine knows."""
_THREADS: Final = 4
_NONE: Final = Stack("", "")
_LATER: Final = "decided when all of the stack is known"


@dataclass(slots=True)
class _Run:
    """What is known of the stack that is looked at now."""

    by: Measure
    stack: Stack
    is_preview: bool = False
    told: dict[str, Told] = field(default_factory=dict)
    """Each resource as the program says it, by its URN."""
    said: set[tuple[str, str]] = field(default_factory=set)
    """Rules that were broken by a resource alone, each with the URN."""
    secrets: Secrets = field(default_factory=Secrets)
    """What is secret in all that was told so far."""


class Analyzer(_PolicyAnalyzerServicer):
    """Judges one stack: what a resource alone breaks before it is made, and all else at the end."""

    def __init__(self, where: Here) -> None:
        self._where = where
        self._known = {one.name: one for one in policies()}
        self._run = self._begun(_Run(measure(None, "", today({})), _NONE))
        super().__init__(NAME, _VERSION, [*self._known.values()], EnforcementLevel.ADVISORY)

    def ConfigureStack(
        self, request: pb.AnalyzerStackConfigureRequest, context: grpc.ServicerContext
    ) -> pb.AnalyzerStackConfigureResponse:
        """Find out by what this stack is judged; where that is not sound, nothing goes on."""
        stack = Stack(request.project, request.stack, dict(request.config))
        try:
            found = agreed(stack, self._where)
            by = measure(found.contract, found.environment, today(self._where.environ))
        except UnjudgedError as error:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        self._run = self._begun(_Run(by, stack, request.dry_run))
        print(f"{NAME}: {found}", flush=True)
        answer: pb.AnalyzerStackConfigureResponse = super().ConfigureStack(request, context)
        return answer

    def Configure(self, request: pb.ConfigureAnalyzerRequest, context: grpc.ServicerContext) -> Empty:
        """Take the levels of the pack's configuration; a rule that it turns on is judged everywhere."""
        configure: Callable[[pb.ConfigureAnalyzerRequest, grpc.ServicerContext], Empty] = super().Configure
        answer = configure(request, context)
        off = (one for one in self._known.values() if one.enforcement_level == EnforcementLevel.DISABLED)
        on = frozenset(one.name for one in off if self._get_enforcement_level(one) != one.enforcement_level)
        by = self._run.by
        self._run.by = replace(by, selection=replace(by.selection, also=by.selection.also | on))
        return answer

    def Analyze(self, request: pb.AnalyzeRequest, _context: grpc.ServicerContext) -> pb.AnalyzeResponse:
        """What a resource breaks by itself."""
        run, response, broken = self._run, pb.AnalyzeResponse(), set[str]()
        several = registered(request)
        run.told[request.urn] = several[-1]
        run.secrets = run.secrets.with_those_of(several)
        *beside, resource = (one.resource for one in several)
        teller = Teller(run.by, self._level, run.secrets)
        for finding in faults_alone(resource, beside, run.by):
            line = teller.failing(finding, (resource,))
            if line.level != EnforcementLevel.DISABLED:
                broken.add(finding.rule)
                self._say(response, line)
        run.said.update((rule_id, request.urn) for rule_id in broken)
        for rule_id in sayers().keys() - broken:
            response.not_applicable.add(policy_name=rule_id, reason=_LATER)
        return response

    def AnalyzeStack(
        self, request: pb.AnalyzeStackRequest, _context: grpc.ServicerContext
    ) -> pb.AnalyzeResponse:
        """All that is to be said of a stack, but what was said of one of its resources."""
        run, response = self._run, pb.AnalyzeResponse()
        told = [one for one in request.resources if one.urn in run.told and one.type != STACK]
        resources = {one.urn: tied(run.told[one.urn].resource, one) for one in told}
        things = (one for one in told if run.is_preview and kind_of(one.type) in MADE_BY)
        there = frozenset(one.urn for one in things if is_there(one))
        plan = Plan(run.stack.project, run.stack.name, tuple(in_order(resources)))
        found = judged(plan, run.by, there)
        teller = Teller(run.by, self._level, run.secrets)
        for line in teller.lines(found, run.said):
            self._say(response, line)
        for rule_id, reason in teller.why_not_applicable((one.id for one in planned_rules()), found):
            response.not_applicable.add(policy_name=rule_id, reason=reason)
        return response

    def Remediate(self, _request: pb.AnalyzeRequest, _context: grpc.ServicerContext) -> pb.RemediateResponse:
        """Nothing is rewritten: what a team declares is what it gets, or it is told why not."""
        return pb.RemediateResponse()

    def _begun(self, run: _Run) -> _Run:
        """A run, for which each policy has the level that its terms give it."""
        for policy in self._known.values():
            policy.enforcement_level = level(policy.name, severity_of(policy.name), run.by)
        return run

    def _level(self, rule_id: str, severity: words.Severity) -> EnforcementLevel:
        """What a finding does: the pack's configuration goes before the contract."""
        policy = self._known[rule_id]
        found = self._get_enforcement_level(policy)
        if found == policy.enforcement_level:
            found = level(rule_id, severity, self._run.by)
        return EnforcementLevel.MANDATORY if found == EnforcementLevel.REMEDIATE else found

    def _say(self, response: pb.AnalyzeResponse, line: Line) -> None:
        policy = self._known[line.policy]
        report = self._create_report_violation(
            response, policy.name, policy.description, line.level, Severity(line.severity)
        )
        report(line.text, line.urn)


def serve() -> None:
    """Serve until the engine has enough; the port is the first line that is printed."""
    server = grpc.server(ThreadPoolExecutor(_THREADS), options=_GRPC_CHANNEL_OPTIONS)
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server(Analyzer(here()), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    try:
        server.wait_for_termination()
    except KeyboardInterrupt:
        server.stop(0)
