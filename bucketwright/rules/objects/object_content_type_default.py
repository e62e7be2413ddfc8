from bucketwright.objects.content_types import BYTES, allowed_types, fitting, named_types, says_too_little
from bucketwright.objects.layout import written_by_aws
from bucketwright.objects.postures import ObjectPosture
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import bad, good, says_of_bucket, says_of_docs, says_of_two
from bucketwright.rules.rule import BASELINE, DEPLOYED, Change, change, rule
from bucketwright.verdicts import LOW, Verdict, fails, not_applicable, passes


@rule(
    "object-content-type-default",
    severity=LOW,
    tier=BASELINE,
    lenses=DEPLOYED,
    reads=["content_type", "bucket", "content_encoding", "key"],
    examples=lambda: [
        good(key="docs/a.pdf", content_type="application/pdf"),
        good(key="docs/a.pdf", content_type="text/html"),
        good(key="docs/a.unheard", content_type="binary/octet-stream"),
        good(key="docs/pdf", content_type="binary/octet-stream"),
        good(key="docs/a.parquet", content_type="binary/octet-stream"),
        good(
            around=says_of_docs(types=["application/octet-stream"]),
            key="docs/a.pdf",
            content_type="application/octet-stream",
        ),
        good(
            around=says_of_bucket(purpose="reports"),
            key="files/a.json",
            content_type="application/octet-stream",
        ),
        bad(key="docs/a.pdf", content_type="binary/octet-stream"),
        bad(key="docs/A.PDF", content_type="Application/Octet-Stream"),
        bad(key="docs/a.pdf", content_type=None),
        bad(key="docs/a.js.gz", content_type="binary/octet-stream", content_encoding="gzip"),
        bad(key="docs/a.tar.gz", content_type="binary/octet-stream", content_encoding=None),
        bad(
            around=says_of_docs(types=["application/*"]),
            key="docs/a.pdf",
            content_type="application/octet-stream",
        ),
        bad(
            around=says_of_two({}, {"data_class": "public"}),
            key="docs/old/a.pdf",
            content_type="binary/octet-stream",
        ),
    ],
)
def object_content_type_default(one: ObjectPosture, estate: Estate) -> Verdict:
    """Objects of a well-known kind say of which type they are.

    **Why.** Where an upload names no type, S3 notes that it is some bytes. Browsers then save what they could
    show, and caches do not compress it. SDKs never guess a type.

    **Fix.** Name the type in every upload. What is there already gets one by a copy onto itself, which is a
    new object to lifecycle. Where bytes are meant, name `application/octet-stream` under `types` of the
    prefix.

    **Exempt it when** nobody but a program reads the objects, and it goes by their names.
    """
    if written_by_aws(one, estate):
        return not_applicable("AWS writes here, under types of its own choice")
    if not says_too_little(one) or BYTES in allowed_types(one, estate):
        return passes()
    return fails(
        f"its type is {shown(one.content_type)}, which says nothing", expected=" or ".join(named_types(one))
    )


@object_content_type_default.fix(is_safe=False)
def name_the_type(one: ObjectPosture, estate: Estate) -> Change:
    """Copies the object onto itself with the type its name stands for; its age begins anew."""
    named = named_types(one)
    return change(one, "content_type", (*fitting(named, allowed_types(one, estate)), *named)[0])
