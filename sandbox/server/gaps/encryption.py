"""Default encryption of a bucket, and which kinds of encryption it takes."""

from dataclasses import replace
from typing import Final

from moto.s3.models import FakeBucket

from sandbox.server.bucket_calls import mends_setting
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import KeptSetting, kept_in, shown
from sandbox.server.elements import Element, document, element
from sandbox.server.held import documents_of
from sandbox.server.mending import Forward, Gap
from sandbox.server.refusals import invalid

GAPS: Final = (
    Gap(
        "encryption-blocked-types",
        "drops BlockedEncryptionTypes, and refuses a rule that has nothing else",
        "keeps and returns them; a rule that says nothing of them leaves them as they were",
    ),
    Gap(
        "encryption-default",
        "says that a bucket of which nobody said otherwise is not encrypted, and so with its objects",
        "encrypts by SSE-S3 and blocks SSE-C, for new buckets and after DeleteBucketEncryption; a call under "
        "/_sandbox/ makes an object one of before 2023, which nothing encrypts",
    ),
)

_OPERATION: Final = "PutBucketEncryption"
_BY_DEFAULT: Final = "ApplyServerSideEncryptionByDefault"
_BLOCKED: Final = "BlockedEncryptionTypes"
_SSE_S3: Final = element(_BY_DEFAULT, element("SSEAlgorithm", "AES256"))
_SSE_C: Final = element(_BLOCKED, element("EncryptionType", "SSE-C"))
_OF_NEW_BUCKETS: Final = element(
    "ServerSideEncryptionConfiguration",
    element("Rule", _SSE_S3, element("BucketKeyEnabled", "false"), _SSE_C),
)


def encrypt_new(bucket: FakeBucket) -> None:
    """Give a bucket the encryption that S3 gives new ones."""
    documents_of(bucket)["encryption", ""] = _OF_NEW_BUCKETS
    bucket.encryption = {"Rule": {_BY_DEFAULT: {"SSEAlgorithm": "AES256"}}}


def blocks_customer_keys(bucket: FakeBucket) -> bool:
    """Whether uploads under a key of the customer's own (SSE-C) are refused."""
    kept = kept_in(bucket, "encryption")
    blocked = kept.find(f"Rule/{_BLOCKED}") if kept else None
    return blocked is not None and any(kind.text == "SSE-C" for kind in blocked.all("EncryptionType"))


def _absent(_call: Call, _bucket: FakeBucket) -> Answer:
    return shown(_OF_NEW_BUCKETS)


def _judge(call: Call, _bucket: FakeBucket, sent: Element) -> Answer | None:
    rules = list(sent.all("Rule"))
    if len(rules) != 1:
        return invalid(call, "MalformedXML", "There must be one rule")
    default = rules[0].find(_BY_DEFAULT)
    if default and default.find("KMSMasterKeyID") and default.text_at("SSEAlgorithm") == "AES256":
        message = "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms"
        return invalid(call, "InvalidArgument", message)
    return None


def put_encryption(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """Keeps what was put, with what S3 adds; moto learns what it needs for new objects."""
    before = kept_in(bucket, "encryption")
    blocked = (before.find(f"Rule/{_BLOCKED}") if before else None) or _SSE_C

    def completed(sent: Element) -> Element:
        return replace(sent, children=tuple(_completed(rule, blocked) for rule in sent.children))

    def tell(asked: Call, moto: Forward, _bucket: FakeBucket, sent: Element) -> Answer:
        known = tuple(part for part in completed(sent).children[0].children if part.name != _BLOCKED)
        rule = element("Rule", *(part for part in known if part.text != "false"))
        return moto(asked.with_body(document(replace(sent, children=(rule,)))))

    setting = KeptSetting("encryption", _OPERATION, _absent, _judge, completed, tell)
    return setting.put(call, forward, bucket)


def _completed(rule: Element, blocked: Element) -> Element:
    """A rule as S3 returns it, with nothing left to be guessed."""
    return element(
        "Rule",
        rule.find(_BY_DEFAULT) or _SSE_S3,
        rule.find("BucketKeyEnabled") or element("BucketKeyEnabled", "false"),
        rule.find(_BLOCKED) or blocked,
    )


def delete_encryption(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """Back to what new buckets have."""
    answer = forward(call)
    encrypt_new(bucket)
    return answer


MENDINGS: Final = mends_setting(
    "encryption",
    GET=KeptSetting("encryption", _OPERATION, _absent).get,
    PUT=put_encryption,
    DELETE=delete_encryption,
)
