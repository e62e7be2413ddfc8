"""What can an audit be told on the command line?"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypedDict, TypeVar, get_args

import click

from bucketwright.contract.words import Profile, Severity
from cli.bucket_names import buckets_option
from cli.contract_option import contract_option
from cli.forms import Form, fail_on_option, profile_option

if TYPE_CHECKING:
    from audits.objects_budget import Budget

Function = TypeVar("Function", bound=Callable[..., object])
Objects = Literal["none", "full", "changed", "sample"]
Engine = Literal["fast", "sdk"]
Format = Literal["text", "jsonl", "json", "markdown", "sarif", "html"]
RUNS: Final = ".bucketwright"
_DEADLINE: Final = 900


class Access(TypedDict):
    """How to get in."""

    endpoint_url: str | None
    plain_http: bool
    server: str | None
    aws_profile: str | None
    region: str | None
    roles: tuple[str, ...]
    external_id: str | None
    deadline: int


class Asked(Access):
    """All that an audit is told beside its stack."""

    buckets: tuple[str, ...]
    all_buckets: bool
    objects: Objects
    engine: Engine
    ledger: str | None
    budget: "Budget | None"
    profile: Profile | None
    rules: tuple[str, ...]
    fail_on: Severity
    passing: bool
    forms: tuple[Format, ...]
    outs: tuple[Path, ...]
    runs: Path
    keep: bool
    replay: str | None
    baseline: Path | None
    new_baseline: Path | None


class Compared(TypedDict):
    """What a comparison of two runs is told."""

    runs: Path
    form: Form


class _BudgetType(click.ParamType["Budget"]):
    """An amount of money, or a number of calls."""

    name = "budget"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> "Budget":
        """The budget; click's own error where it is none."""
        from audits.objects_budget import Budget  # noqa: PLC0415 - brings the prices, which take their time

        if isinstance(value, Budget):
            return value
        try:
            return Budget.named(str(value))
        except ValueError as wrong:
            self.fail(str(wrong), param, ctx)


_FILE: Final = click.Path(path_type=Path, dir_okay=False)
_FOLDER: Final = click.Path(path_type=Path, file_okay=False)
runs_option: Final = click.option(
    "--runs",
    type=_FOLDER,
    default=RUNS,
    show_default=True,
    metavar="FOLDER",
    help="Where runs and what they found are kept.",
)
endpoint_url_option: Final = click.option(
    "--endpoint-url", metavar="URL", help="One server for all calls; by default AWS."
)
plain_http_option: Final = click.option(
    "--plain-http", is_flag=True, help="Take http:// to another machine, where all can listen."
)
aws_profile_option: Final = click.option(
    "--aws-profile", metavar="NAME", help="The profile of the AWS configuration to sign with."
)
_ACCESS: Final = (
    endpoint_url_option,
    plain_http_option,
    click.option("--server", metavar="NAME", help="Which server that is, where it is not recognised."),
    aws_profile_option,
    click.option("--region", metavar="NAME", help="Where to ask what lies in no region of its own."),
    click.option(
        "--assume-role",
        "roles",
        multiple=True,
        metavar="ARN",
        help="Look with this role, at its account; again for each further account.",
    ),
    click.option(
        "--external-id",
        metavar="ID",
        envvar="BUCKETWRIGHT_EXTERNAL_ID",
        show_envvar=True,
        help="The external id those roles ask for.",
    ),
    click.option(
        "--deadline",
        type=click.IntRange(1, 86_400),
        default=_DEADLINE,
        show_default=True,
        metavar="SECONDS",
        help="When to end, whatever is not answered until then.",
    ),
)
objects_option: Final = click.option(
    "--objects",
    type=click.Choice(get_args(Objects)),
    default="none",
    show_default=True,
    help="Look at objects, too: at all, at what a ledger does not know, or at some for all.",
)
_OBJECTS: Final = (
    objects_option,
    click.option(
        "--engine",
        type=click.Choice(get_args(Engine)),
        default="fast",
        show_default=True,
        help="What asks S3: a fast protocol of its own, or the SDK; both find the same.",
    ),
    click.option(
        "--ledger", metavar="URL", help="What is known of objects: a folder, or s3://BUCKET/PREFIX."
    ),
    click.option(
        "--budget",
        type=_BudgetType(),
        metavar="DOLLARS",
        help="The most that looking at objects may cost, such as 5.00 or '20000 calls'.",
    ),
)
_RULES: Final = click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="ID",
    help="Judge by this rule alone, and compare nothing with the contract; repeatable.",
)
_SCOPE: Final = (
    buckets_option("Only this bucket; repeatable."),
    click.option("--all-buckets", is_flag=True, help="With STACK: all other buckets of the account, too."),
    *_OBJECTS,
)
_REPORT: Final = (
    click.option("--all", "passing", is_flag=True, help="Say what is kept, too."),
    click.option(
        "--format",
        "forms",
        type=click.Choice(get_args(Format)),
        multiple=True,
        help="How it is told; each goes into the file that the --out in the same place names.",
    ),
    click.option("--out", "outs", type=_FILE, multiple=True, metavar="FILE", help="A file for a format."),
)
_KEPT: Final = (
    runs_option,
    click.option(
        "--keep/--no-keep", default=True, show_default=True, help="Keep what was answered and found."
    ),
    click.option("--replay", metavar="RUN", help="Judge again what was answered in an earlier run."),
    click.option("--baseline", type=_FILE, metavar="FILE", help="Findings that are accepted as they are."),
    click.option(
        "--write-baseline",
        "new_baseline",
        type=_FILE,
        metavar="FILE",
        help="Accept all that is found now, and write it there.",
    ),
)


def audit_options(function: Function) -> Function:
    """Add all of them, in the order in which the help shows them."""
    several = (*_SCOPE, *_ACCESS, profile_option, _RULES, fail_on_option, *_REPORT, *_KEPT)
    for add in reversed((contract_option, *several)):
        function = add(function)
    return function


def access_options(function: Function) -> Function:
    """Add those that say how to get in."""
    for add in reversed(_ACCESS):
        function = add(function)
    return function
