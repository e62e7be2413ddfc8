"""What would be live if one drift had not happened?"""

from dataclasses import replace

from bucketwright.findings import Finding
from bucketwright.posture import Estate, Posture


def undone(finding: Finding, intended: Estate, live: Estate) -> Estate:
    """The live estate with what one finding is about as it was declared: a fact of it, or all of it."""
    address = finding.subject.address
    kind = finding.subject.kind
    wanted = meant(address, kind, intended) if finding.facts else intended.postures.get(address)
    postures = dict(live.postures)
    if wanted is None:
        postures.pop(address, None)
    elif finding.facts and address in postures:
        postures[address] = _restored(postures[address], wanted, finding.facts)
    else:
        postures[address] = wanted
    return replace(live, postures=postures)


def meant(address: str, kind: str, intended: Estate) -> Posture | None:
    """A live thing as it is declared; None where it is not."""
    return intended.postures.get(address) or _only_of_kind(kind, intended)


def _restored(found: Posture, wanted: Posture, facts: tuple[str, ...]) -> Posture:
    as_declared = {fact: wanted.told(fact) for fact in facts}
    return replace(found, facts={**found.facts, **as_declared})


def _only_of_kind(kind: str, intended: Estate) -> Posture | None:
    """An account that is declared without its number."""
    found = [one for one in intended.postures.values() if one.kind == kind and not one.name]
    return found[0] if len(found) == 1 else None
