"""How does an adoption run: look, describe, prove, write, and end with the right code?"""

from datetime import date
from typing import Final

import click

from audits.adopted_things import there
from audits.adopting import Adoption, Wish, adopt
from audits.live import CannotLookError
from bucketwright.adopting.accepting import NothingLeftError
from bucketwright.adopting.importing import Import, import_of
from bucketwright.contract.ids import nearest_id
from bucketwright.s3.addresses import AccessError
from cli.adopt import Asked
from cli.adopt_files import OPEN, first_there, tell, write
from cli.audit_access import asking, run_name
from cli.clock import now
from cli.exits import Exit
from cli.output import Output
from cli.progress import counted_calls
from cli.recording import planned_environment

_WRONG: Final = frozenset({"bucket", "account"})
_HEADING: Final = """\
# Adopted on {day} from what was live; what a contract cannot say of it is in {open}.
# Variables in paths have made-up names, for no policy tells them; a reason under `unsafe` is yours to give.
"""


def run_adopt(output: Output, asked: Asked) -> Exit:
    """An adoption, from the first question to the last file."""
    _refuse_contradictions(asked)
    try:
        adoption = _adopted(output, asked)
    except CannotLookError as refused:
        output.error(str(refused))
        return Exit.WRONG_USE if refused.reason in _WRONG else Exit.INCOMPLETE
    except AccessError as wrong:
        output.error(str(wrong))
        return Exit.WRONG_USE
    except NothingLeftError as wrong:
        output.error(str(wrong), "say what they are with --project and --env, or name fewer buckets")
        return Exit.INCOMPLETE
    taken = _import(output, adoption)
    write(asked["folder"], adoption, taken, force=asked["force"])
    tell(output, asked["folder"], adoption, taken)
    return Exit.INCOMPLETE if adoption.gaps else Exit.CLEAN


def _refuse_contradictions(asked: Asked) -> None:
    if asked["all_buckets"] == bool(asked["buckets"]):
        raise click.UsageError("which buckets? name them with --bucket, or take all with --all-buckets")
    if len(asked["roles"]) > 1:
        raise click.UsageError("a contract is for one account: name one role with --assume-role")
    _refuse_name("--project", asked["project"])
    _refuse_name("--env", asked["env"])
    existing = first_there(asked["folder"])
    if existing is not None and not asked["force"]:
        raise click.UsageError(f"{existing} is already there; --force overwrites it")


def _refuse_name(option: str, name: str | None) -> None:
    if name is None or nearest_id(name) == name:
        return
    meant = f", such as {nearest_id(name)}" if nearest_id(name) else ""
    message = f"lower-case letters, digits and hyphens, beginning with a letter{meant}"
    raise click.BadParameter(message, param_hint=f"'{option}'")


def _adopted(output: Output, asked: Asked) -> Adoption:
    moment = now()
    whom = asking(asked, run_name(moment), None)
    wish = Wish(
        day=moment,
        buckets=frozenset(asked["buckets"]),
        project=asked["project"] or "",
        environment=asked["env"] or "",
        region=whom.region,
        signer=next(iter(whom.accounts), ""),
    )
    with counted_calls(whom.send, output) as send:
        return adopt(send, wish, _heading(moment.date()), whom.deadline)


def _heading(day: date) -> str:
    return _HEADING.format(day=day.isoformat(), open=OPEN)


def _import(output: Output, adoption: Adoption) -> Import | None:
    """What the engine takes over; nothing where there is no program to ask."""
    try:
        plan = planned_environment(adoption.environment, output)
    except click.ClickException as missing:
        output.note(f"no file to import: {missing.format_message()}")
        return None
    return import_of(plan, adoption.environment, there(adoption.looked))
