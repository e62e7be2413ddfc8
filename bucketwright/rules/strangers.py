"""Whom does a bucket's policy let in though nobody here knows them?"""

from dataclasses import dataclass
from functools import partial
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.iam.documents import Statement
from bucketwright.plain_text import shown
from bucketwright.posture import Estate, Undetermined, Unknown
from bucketwright.rules.accounts import LOG_DELIVERY, is_known
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.principals import Guest, guests

_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Whom a team knows at one bucket."""

    estate: Estate
    declared: frozenset[str | None]
    """Accounts that the contract grants something in it."""

    @classmethod
    def at(cls, bucket: BucketPosture, estate: Estate) -> "Acquaintance":
        wanted = estate.intended(bucket)
        named = wanted.policy.document.statements if wanted and wanted.policy else ()
        return cls(estate, frozenset(guest.account for one in named for guest in guests(one)))

    def strangers(self, statement: Statement) -> tuple[str, ...]:
        """What is to be said of each whom the statement lets in and nobody knows."""
        return faults_of(*(partial(self._strangeness, one, statement) for one in guests(statement)))

    def _strangeness(self, guest: Guest, statement: Statement) -> tuple[str, ...]:
        if guest.is_anybody:
            return (f"{statement.label} lets in {_anybody(guest, statement)}",)
        if self._knows(guest, statement):
            return ()
        return (f"{statement.label} lets in {shown(guest.name, _LONGEST)}, whose account is not known",)

    def _knows(self, guest: Guest, statement: Statement) -> bool:
        if guest.kind == "Service" or guest.name in self.estate.terms.trusted_users:
            return True
        if guest.account is None:
            because = f"{statement.label}: of which account {shown(guest.name, _LONGEST)} is, is not told"
            raise Undetermined("policy", Unknown(because))
        return guest.account in LOG_DELIVERY or is_known(guest.account, self.estate, self.declared)


def _anybody(guest: Guest, statement: Statement) -> str:
    if guest.kind == "Federated":
        return f"every user of {shown(guest.name, _LONGEST)}"
    spares = statement.principals is not None and statement.principals.negated
    everybody = "everybody but those it names" if spares else "everybody"
    return f"{everybody}, tied by a condition alone" if statement.conditions else everybody
