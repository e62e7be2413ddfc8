"""Sessions, transfers, deliveries, content and tags: what a prefix can and cannot promise."""

import pytest

from tests.contract.loading_cases import assert_refused, case, move, with_bucket, with_prefix


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("session", with_prefix("path: '{session_id}/'", "temp: {session_ttl: 24 hours}")),
        case("short name", with_prefix("path: 'a/{session:uuid}/b/'", "temp: {session_ttl: 7 days}")),
        case("a second too long", with_bucket("temp: {session_ttl: 604801 seconds}"), "session_ttl"),
        case("no time", with_bucket("temp: {session_ttl: 0 hours}"), "session_ttl"),
        case("no session", with_prefix("path: '{batch}/'", "temp: {session_ttl: 1 hour}"), "path", "session"),
        case("versioned", with_bucket("temp: {session_ttl: 1 hour}, versioning: suspended"), "versioning"),
        case("of logs", with_bucket("temp: {session_ttl: 1 hour}, purpose: reports"), "purpose"),
        case("kept", with_prefix("path: '{session}/', keep: forever", "temp: {session_ttl: 1 hour}"), "keep"),
        case(
            "archived",
            with_prefix(
                f"path: '{{session}}/', archive: {move(9, 'glacier')}", "temp: {session_ttl: 1 hour}"
            ),
            "archive",
        ),
        case(
            "longer than the session",
            with_prefix("path: '{session}/', expire: 3 days", "temp: {session_ttl: 49 hours}"),
        ),
        case(
            "shorter than the session",
            with_prefix("path: '{session}/', expire: 2 days", "temp: {session_ttl: 49 hours}"),
            "expire",
            "at least 3 days",
        ),
        case("parts", "transfer: {part_size: 5 MiB, threshold: 5 GiB}\n"),
        case("small parts", "transfer: {part_size: 5 MB}\n", "transfer.part_size"),
        case("large parts", with_bucket("transfer: {part_size: 6 GiB}"), "files.transfer.part_size"),
        case("small threshold", "transfer: {threshold: 5 MB}\n", "threshold"),
        case("ten thousand parts", with_prefix("max_size: 500 GB")),
        case("a byte more", with_prefix("max_size: 500000000001 B"), "max_size", "10000 parts"),
        case("nothing fits", with_prefix("max_size: 0 B"), "max_size", "nothing"),
        case(
            "the bucket's own parts",
            with_prefix("max_size: 500 GB", "transfer: {part_size: 49 MB}"),
            "max_size",
        ),
    ],
)
@pytest.mark.requirement("TU-1")
@pytest.mark.requirement("CS-7")
def test_sessions_and_transfers(body: str, words: tuple[str, ...]) -> None:
    """Session buckets forget in time, and the largest object fits into its parts (TU-1, CS-7)."""
    assert_refused(body, words)


CAS = "path: 'cas/{head:hex2}/', objects: '{hash:sha256}', delivery: content-addressed"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("archive", with_prefix(f"delivery: archive, archive: {move(9, 'glacier')}")),
        case(
            "archive at once readable",
            with_prefix(f"delivery: archive, archive: {move(9, 'glacier-ir')}"),
            "via",
        ),
        case("archive without moves", with_prefix("delivery: archive"), "delivery.via"),
        case("link", with_prefix("delivery: {via: presigned, expires: 7 days}")),
        case("long link", with_prefix("delivery: {via: compatible, expires: 169 hours}"), "7 days"),
        case("link of no distribution", with_prefix("delivery: {via: cloudfront}"), "signs links"),
        case("dead link", with_prefix("delivery: {via: presigned, expires: 0 seconds}"), "expires"),
        case("no link", with_prefix("delivery: {via: none, expires: 1 hour}"), "no links"),
        case("content", with_prefix(CAS)),
        case("content by path", with_prefix("path: 'cas/{h:sha256}/', delivery: content-addressed")),
        case("content replaced", with_prefix(f"{CAS}, write: overwrite"), "write.mode"),
        case("content unnamed", with_prefix("delivery: content-addressed"), "sha256"),
        case("known type", with_prefix("types: [image/*], extensions: [.png, .odd]")),
        case("compressed type", with_prefix("types: application/gzip, extensions: .tar.gz")),
        case("any type", with_prefix("extensions: .csv")),
        case("other type", with_prefix("types: image/*, extensions: .csv"), "extensions.0", "text/csv"),
    ],
)
@pytest.mark.requirement("FP-1")
@pytest.mark.requirement("AP-3")
def test_delivery_and_content(body: str, words: tuple[str, ...]) -> None:
    """Deliveries have what they need, and extensions fit the types (FP-1, FP-11, AP-3)."""
    assert_refused(body, words)


def some(count: int) -> str:
    """So many tags."""
    return "{" + ", ".join(f"t{n}: v" for n in range(count)) + "}"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("47 of a bucket", with_bucket(f"tags: {some(47)}")),
        case("48 and bucketwright's own", with_bucket(f"tags: {some(48)}"), "files.tags", "50 tags"),
        case("shared keys count once", f"tags: {some(47)}\n" + with_bucket("tags: {t0: other}")),
        case(
            "the environment's count", f"tags: {some(47)}\n" + with_bucket("tags: {other: x}"), "files.tags"
        ),
        case("10 of an object", with_prefix(f"tags: {some(10)}, expire: 9 days")),
        case("11 of an object", with_prefix(f"tags: {some(11)}"), "10 tags"),
        case(
            "10 and lifecycle's own",
            with_bucket(
                f"prefixes: {{a: {{path: '{{x}}/a/', expire: 9 days, tags: {some(10)}}},"
                " b: {path: '{x}/b/'}}"
            ),
            "prefixes.a.tags",
        ),
        case("key of 128", "tags: {" + "k" * 128 + ": v}\n"),
        case("key of 129", "tags: {" + "k" * 129 + ": v}\n", "1 to 128"),
        case("no key", "tags: {'': v}\n", "1 to 128"),
        case("value of 256", "tags: {k: " + "v" * 256 + "}\n"),
        case("value of 257", "tags: {k: " + "v" * 257 + "}\n", "at most 256"),
        case("no value", "tags: {k: ''}\n"),
        case("letters of the world", "tags: {Straße: 東京 _.:/=+-@}\n"),
        case("other marks", "tags: {k: 'a*b'}\n", "cannot hold '*'"),
        case("a control character", 'tags: {k: "a\\nb"}\n', "cannot hold"),
        case("the key's marks", "tags: {'k?': v}\n", "cannot hold '?'"),
        case("of AWS", "tags: {'AWS:k': v}\n", "AWS's own"),
        case("of bucketwright", with_prefix("tags: {'bucketwright:prefix': v}"), "bucketwright's own"),
    ],
)
def test_tags(body: str, words: tuple[str, ...]) -> None:
    """Tags have S3's spelling and number, bucketwright's own included."""
    assert_refused(body, words)
