"""An audit as one JSON document, for scripts that want all of it at once."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bucketwright.history import Remembered
from bucketwright.reports.audit_rows import rows
from bucketwright.reports.exemption_json import exemption

if TYPE_CHECKING:
    from bucketwright.audited import Audit

Json = Mapping[str, object]


def as_json(audit: "Audit", *, passing: bool = False) -> Json:
    """The verdict, all findings, and what became of those of the last run."""
    fixed = (one for part in audit.parts for one in part.recalled.comparison.fixed)
    return {
        "version": 1,
        "project": audit.project or None,
        "stack": audit.stack or None,
        "accounts": [part.account or None for part in audit.parts],
        "time": audit.time.isoformat(),
        "since": None if audit.since is None else audit.since.isoformat(),
        "failing": len(audit.counting),
        "unknown": len(audit.unknown),
        "exempted": len(audit.exempted),
        "accepted": len(audit.accepted),
        "new": sorted({one for part in audit.parts for one in part.recalled.new}),
        "fixed": [
            {
                "fingerprint": one.fingerprint,
                "rule": one.rule,
                "resource": one.address,
                "key": one.key or None,
                "version_id": one.version_id or None,
            }
            for one in fixed
            if isinstance(one, Remembered)
        ],
        "left_out": [
            {
                "bucket": one.bucket,
                "prefix": one.prefix,
                "scanner": one.scanner,
                "objects": one.objects,
                "rules": list(one.rules),
            }
            for one in audit.left_out
        ],
        "findings": list(rows(audit, passing=passing)),
        "exemptions": {
            "ending_soon": list(map(exemption, audit.ending_soon)),
            "unused": list(map(exemption, audit.unused)),
        },
    }
