"""Which journal is meant, what does it say of its run, and who may go on with it?"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, get_args

from audits.fixing_journal import FOLDER, FORMAT, JournalError
from audits.fixing_record import Record, read_record
from bucketwright.contract.words import Profile
from bucketwright.plain_text import shown
from cli.clock import now
from cli.fix import Asked, Extent

_ENDING: Final = ".jsonl"


def journal_at(runs: Path, name: str) -> Path:
    """Where the journal of a run is."""
    return runs / FOLDER / f"{name}{_ENDING}"


def journal_of(asked: Asked, told: str) -> Record:
    """The journal that somebody names by its run or its file; JournalError where there is none."""
    file = Path(told)
    known = journal_at(asked["runs"], told)
    if not file.is_file() and "/" not in told and known.is_file():
        file = known
    if not file.is_file():
        raise JournalError(
            f"{shown(told, 200)}: there is no such file, and no such run in {asked['runs'] / FOLDER}"
        )
    return read_record(file)


def about(name: str, account: str, stack: str, contract: Path | None, asked: Asked) -> Mapping[str, object]:
    """The first line of a journal: by what a later run goes on."""
    told = {"is": "run", "format": FORMAT, "run": name, "time": now().isoformat(), "account": account}
    return {
        **told,
        "endpoint": asked["endpoint_url"] or "",
        "stack": stack,
        "contract": "" if contract is None else str(contract),
        **{one: said for one, said in asked.items() if one in Extent.__annotations__},
    }


def asked_then(record: Record, asked: Asked) -> tuple[str, Path | None, Asked]:
    """The stack, the contract and all else that a run was told; what is told now is how to get in."""
    said = record.about
    again = asked.copy()
    again["buckets"], again["rules"] = _texts(said.get("buckets")), _texts(said.get("rules"))
    again["objects"] = "full" if said.get("objects") == "full" else "none"
    profile = said.get("profile")
    again["profile"] = next((one for one in get_args(Profile) if one == profile), None)
    again["risky"] = said.get("risky") is True
    again["remove_undeclared"] = said.get("remove_undeclared") is True
    again["delete_old_versions"] = said.get("delete_old_versions") is True
    contract = said.get("contract")
    return str(said.get("stack", "")), Path(str(contract)) if contract else None, again


def refuse_others(record: Record, account: str, asked: Asked) -> None:
    """JournalError where the journal is of another account or another server."""
    endpoint = asked["endpoint_url"] or ""
    for name, here in (("account", account), ("endpoint", endpoint)):
        then = str(record.about.get(name, ""))
        if then != here:
            theirs, ours = (shown(one or "AWS", 200) for one in (then, here))
            raise JournalError(f"{record.path}: the {name} of that run is {theirs}, and this is {ours}")


def _texts(found: object) -> tuple[str, ...]:
    return tuple(map(str, found)) if isinstance(found, list) else ()
