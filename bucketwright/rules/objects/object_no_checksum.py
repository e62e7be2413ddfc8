from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import bad, good
from bucketwright.rules.rule import CHOSEN, LIVE, rule
from bucketwright.verdicts import LOW, Verdict, fails_if


@rule(
    "object-no-checksum",
    severity=LOW,
    tier=CHOSEN,
    lenses=LIVE,
    reads=["checksum_algorithms"],
    examples=lambda: [
        good(checksum_algorithms=("CRC64NVME",)),
        good(checksum_algorithms=("SHA256", "CRC32")),
        bad(checksum_algorithms=()),
    ],
)
def object_no_checksum(one: ObjectPosture, _: Estate) -> Verdict:
    """S3 keeps a checksum of every object.

    **Why.** With one, whoever reads the object can tell that it is what was written, and an auditor need not
    read it to know. An ETag is no checksum once an upload came in parts or is under KMS.

    **Fix.** Copy the object onto itself with a checksum algorithm; for many, by S3 Batch Operations. SDKs of
    today send one with every upload.

    **Exempt it when** the content carries its own hash, as content-addressed keys do.
    """
    return fails_if(not one.checksum_algorithms and "S3 keeps no checksum of it", expected="any checksum")
