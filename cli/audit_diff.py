"""What became of the findings from one audit to another?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bucketwright.audited import Audit, Part
from bucketwright.comparing import Comparison, Known, compared
from bucketwright.findings import Finding
from bucketwright.plain_text import printable
from bucketwright.reports.audit_rows import row
from bucketwright.reports.audit_text import titled
from bucketwright.reports.wording import seen, subject


@dataclass(frozen=True, slots=True)
class Between:
    """Two audits of one thing."""

    then: Audit
    now: Audit
    comparison: Comparison

    def as_data(self) -> Mapping[str, object]:
        """As JSON can hold it."""
        found = self.comparison
        return {
            "version": 1,
            "before": self.then.time.isoformat(),
            "after": self.now.time.isoformat(),
            "new": list(self._rows(found.new, self.now)),
            "fixed": list(self._rows(found.fixed, self.then)),
            "unchanged": [one.fingerprint for one in found.unchanged],
        }

    @staticmethod
    def _rows(several: Iterable[Known], audit: Audit) -> Iterator[Mapping[str, object]]:
        parts = {one.fingerprint: part for part in audit.parts for one in part.findings}
        for one in several:
            if isinstance(one, Finding):
                yield row(one, parts.get(one.fingerprint, Part("", ())), audit)


def between(then: Audit, now: Audit) -> Between:
    """What failed in either, and whether in both."""
    return Between(then, now, compared(then.counting, now.counting, now.findings))


def lines(found: Between) -> Iterator[str]:
    """The verdict, what is new, and what is fixed."""
    comparison = found.comparison
    kinds = {"new": comparison.new, "fixed": comparison.fixed, "unchanged": comparison.unchanged}
    counts = ", ".join(f"{len(several)} {kind}" for kind, several in kinds.items())
    then, now = (f"{one.time:%Y-%m-%d %H:%M}" for one in (found.then, found.now))
    yield f"{titled(found.now)}: {counts}, from {then} to {now} UTC"
    for title, several in (("NEW", comparison.new), ("FIXED", comparison.fixed)):
        if several:
            yield from ("", title)
        for one in several:
            if isinstance(one, Finding):
                yield f"  {one.severity} {one.rule}: {subject(one.subject)}: {printable(seen(one))}"
