"""The engine's part: it asks a pack of each resource of a plan, and of all of them together in the end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import analyzer_pb2 as pb
from pulumi_policy.deserialize import SPECIAL_SECRET_SIG, SPECIAL_SIG_KEY
from pulumi_policy.proxy import UNKNOWN_OBJECT_VALUE, UNKNOWN_STRING_VALUE

from bucketwright.plan import Plan, Resource
from policies.analyzer import Analyzer
from policies.project import CONTRACT, Here

PROVIDER: Final = pb.AnalyzerProviderResource(
    type="pulumi:providers:aws", urn="urn:pulumi:dev::shop::pulumi:providers:aws::default", name="default"
)
MAKER: Final = Resource(PROVIDER.urn, PROVIDER.type, PROVIDER.name, {"region": "us-west-2"}, custom=False)
"""What makes all of a stack; it is made by nobody."""
NOWHERE: Final = Here((), {})
Sent = float | str | bool | list["Sent"] | dict[str, "Sent"] | None


class Refused(Exception):  # noqa: N818 - what the engine is told
    """The pack does not start."""


class Call:
    """One call of the engine."""

    def abort(self, _: grpc.StatusCode, details: str) -> None:
        raise Refused(details)


@dataclass(frozen=True)
class Said:
    """One line of the pack, as the engine gets it."""

    policy: str
    level: str
    urn: str
    text: str


@dataclass(frozen=True)
class Heard:
    """All that the pack said of a stack."""

    alone: tuple[Said, ...] = ()
    """When it was asked of one resource."""
    together: tuple[Said, ...] = ()
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    """What it said in the end that does not apply, with the reason."""

    @property
    def all(self) -> tuple[Said, ...]:
        return self.alone + self.together

    def of(self, level: str) -> set[str]:
        """The policies that said something at a level."""
        return {one.policy for one in self.all if one.level == level}

    def by(self, policy: str) -> list[str]:
        """All that a policy said."""
        return [one.text for one in self.all if one.policy == policy]


@dataclass(frozen=True)
class Engine:
    """An engine that runs a stack with the pack."""

    where: Here = NOWHERE
    is_preview: bool = True
    config: Mapping[str, str] = field(default_factory=dict)
    """Of the stack."""
    levels: Mapping[str, pb.EnforcementLevel.ValueType] = field(default_factory=dict)
    """Of the pack."""
    there: frozenset[str] = frozenset()
    """URNs of what it made before."""
    secrets: frozenset[str] = frozenset()
    """Properties that the program calls secret, of all resources or as `name.property` of one."""

    def started(self, project: str = "shop", stack: str = "dev") -> Analyzer:
        """A pack, told what an engine tells it first."""
        analyzer = Analyzer(self.where)
        request = pb.AnalyzerStackConfigureRequest(
            project=project, stack=stack, config=self.config, dry_run=self.is_preview
        )
        analyzer.ConfigureStack(request, Call())
        levels = {one.name: one.enforcementLevel for one in info_of(analyzer).policies}
        if "all" in self.levels:
            levels = dict.fromkeys(levels, self.levels["all"])
        config = {
            name: pb.PolicyConfig(enforcementLevel=one) for name, one in {**levels, **self.levels}.items()
        }
        analyzer.Configure(pb.ConfigureAnalyzerRequest(policyConfig=config), Call())
        return analyzer

    def asks(self, plan: Plan) -> Heard:
        """Ask it all."""
        analyzer = self.started(plan.project, plan.stack)
        alone = [_said(analyzer.Analyze(self.request(one), Call())) for one in (MAKER, *plan.resources)]
        several = [self._result(one) for one in reversed((MAKER, *plan.resources))]
        answer = analyzer.AnalyzeStack(pb.AnalyzeStackRequest(resources=several), Call())
        reasons = {one.policy_name: one.reason for one in answer.not_applicable}
        return Heard(tuple(one for said in alone for one in said), _said(answer), reasons)

    def request(self, one: Resource) -> pb.AnalyzeRequest:
        """What the engine tells of a resource before it is made."""
        request = pb.AnalyzeRequest(
            type=one.type, urn=one.urn, name=one.name, provider=PROVIDER if one.custom else None
        )
        request.properties.update({name: self._sent(one, name, value) for name, value in one.inputs.items()})
        request.options.ignoreChanges.extend(one.ignore_changes)
        return request

    def _sent(self, one: Resource, name: str, value: object) -> Sent:
        sent = _plain(value)
        is_secret = self.secrets & {name, f"{one.name}.{name}"}
        return {SPECIAL_SIG_KEY: SPECIAL_SECRET_SIG, "value": sent} if is_secret else sent

    def _result(self, one: Resource) -> pb.AnalyzerResource:
        """What the engine tells in the end: what came of it, with what a provider adds and nobody knows."""
        made = pb.AnalyzerResource(
            type=one.type, urn=one.urn, name=one.name, parent=one.parent or "", dependencies=one.depends_on
        )
        arn = f"arn:aws:s3:::{one.name}" if one.urn in self.there else UNKNOWN_STRING_VALUE
        made.properties.update({"arn": arn, "versioning": UNKNOWN_OBJECT_VALUE, "policy": "{}"})
        for name, urns in one.property_dependencies.items():
            made.propertyDependencies[name].urns.extend(urns)
        return made


def heard(plan: Plan, engine: Engine | None = None) -> Heard:
    """What the pack says of a plan, to a preview where nothing else is said."""
    return (engine or Engine()).asks(plan)


def info_of(analyzer: Analyzer) -> pb.AnalyzerInfo:
    """What the pack says of itself."""
    asked: Callable[[Empty, Call], pb.AnalyzerInfo] = analyzer.GetAnalyzerInfo
    return asked(Empty(), Call())


def contract_at(path: object) -> Here:
    """Surroundings that name a contract."""
    return Here((), {CONTRACT: str(path), "BUCKETWRIGHT_TODAY": "2026-11-01"})


def _said(answer: pb.AnalyzeResponse) -> tuple[Said, ...]:
    return tuple(
        Said(one.policyName, pb.EnforcementLevel.Name(one.enforcementLevel).lower(), one.urn, one.message)
        for one in answer.diagnostics
    )


def _plain(value: object) -> Sent:
    match value:
        case Mapping():
            return {str(name): _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case str() | bool() | int() | float() | None:
            return value
    raise TypeError(type(value).__name__)
