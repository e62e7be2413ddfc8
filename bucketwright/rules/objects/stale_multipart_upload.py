from datetime import timedelta

from bucketwright.objects.postures import UploadPosture
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import ago, bad, good
from bucketwright.rules.examples import declares
from bucketwright.rules.rule import BASELINE, LIVE, Change, removal, rule
from bucketwright.verdicts import LOW, Fault, Verdict, fails, passes


@rule(
    "stale-multipart-upload",
    severity=LOW,
    tier=BASELINE,
    lenses=LIVE,
    reads=["initiated", "initiator", "size"],
    examples=lambda: [
        good(initiated=ago(days=7, seconds=-1)),
        good(around=declares(rules={"stale_upload": "30 days"}), initiated=ago(days=29)),
        bad(initiated=ago(days=7), initiator="arn:aws:iam::111122223333:role/loader", size=5_242_880),
        bad(around=declares(rules={"stale_upload": "2 days"}), initiated=ago(days=3), initiator="a", size=0),
        bad(initiated=ago(days=400), initiator="a", size=1),
    ],
)
def stale_multipart_upload(upload: UploadPosture, estate: Estate) -> Verdict:
    """No upload in parts lies about unfinished.

    **Why.** Its parts are paid for like any object, and no list of objects shows them. Expiry does not touch
    them either.

    **Fix.** Abort the upload. `abort_uploads` of the bucket, 7 days by default, has lifecycle do that from
    then on; `stale_upload` of `rules` says from which age an upload counts here.

    **Exempt it when** an upload takes weeks on purpose.
    """
    age = estate.now - upload.initiated
    if age < timedelta(days=estate.terms.stale_upload):
        return passes()
    seen = f"begun {age.days} days ago{_by(upload)} and never finished{_holding(upload)}"
    return fails(Fault(seen, form="begun and never finished"), expected="finished or aborted")


@stale_multipart_upload.fix(is_safe=False)
def abort(upload: UploadPosture, _: Estate) -> Change:
    """Aborts the upload, and its parts are gone; a program that still works on it has to begin anew."""
    return removal(upload)


def _by(upload: UploadPosture) -> str:
    initiator = upload.told("initiator")
    return f" by {shown(initiator, 120)}" if isinstance(initiator, str) else ""


def _holding(upload: UploadPosture) -> str:
    size = upload.told("size")
    return f"; its parts hold {size:,} bytes" if isinstance(size, int) else ""
