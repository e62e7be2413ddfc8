from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import CHOSEN, DEPLOYED, Change, change, rule
from bucketwright.verdicts import LOW, Verdict, fails_if


@rule(
    "metadata-tables",
    severity=LOW,
    tier=CHOSEN,
    reads=["metadata_tables"],
    lenses=DEPLOYED,
    examples=lambda: [
        good(metadata_tables="journal"),
        good(metadata_tables="journal and inventory"),
        bad(metadata_tables="none"),
    ],
)
def metadata_tables(bucket: BucketPosture, _: Estate) -> Verdict:
    """S3 keeps tables of what is in the bucket and of what becomes of it.

    **Why.** A list of a million objects takes minutes, and says nothing of tags, of encryption or of who
    deleted what. In a table the same question takes one query, minutes after the event.

    **Fix.** Make a metadata configuration of the bucket, with the journal and, where its price is worth it,
    the table of all objects. A contract does not declare them: `inventory` gives it a list each day or week.

    **Exempt it when** a daily inventory is fresh enough, or the bucket is small enough to be listed.
    """
    has_none = bucket.metadata_tables == "none"
    return fails_if(has_none and "there are no metadata tables", expected="at least the journal")


@metadata_tables.fix(is_safe=False)
def keep_a_journal(bucket: BucketPosture, _: Estate) -> Change:
    """Makes the journal table, which is paid for by the update; it changes no object."""
    return change(bucket, "metadata_tables", "journal")
