"""The single values of a contract: times, sizes, names and ARNs, each with the words that are its error."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, StrictBool, StrictInt, WithJsonSchema

from bucketwright.contract.form import Shape
from bucketwright.contract.ids import ID_PATTERN
from bucketwright.contract.quantities import (
    SIZE_PATTERN,
    SPAN_PATTERN,
    parse_day,
    parse_days,
    parse_size,
    parse_span,
    spell_days,
    spell_size,
    spell_span,
)


def _arn(*examples: str) -> Shape:
    pattern = r"^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:([0-9]{12})?:[^\s*?$]+$"
    return Shape(pattern, "an ARN without wildcards, with twelve digits for the account", examples)


Flag = StrictBool
Count = StrictInt
Span = Annotated[
    timedelta,
    BeforeValidator(parse_span),
    PlainSerializer(spell_span, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": SPAN_PATTERN, "examples": ["24 hours", "15 minutes"]}),
]
Days = Annotated[
    int,
    BeforeValidator(parse_days),
    PlainSerializer(spell_days, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": SPAN_PATTERN, "examples": ["7 days", "7 years"]}),
]
Size = Annotated[
    int,
    BeforeValidator(parse_size),
    PlainSerializer(spell_size, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": SIZE_PATTERN, "examples": ["350 MB", "64 MiB"]}),
]
Day = Annotated[date, BeforeValidator(parse_day), WithJsonSchema({"type": "string", "format": "date"})]
Line = Annotated[
    str,
    Shape(r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]{1,1024}$", "one line of 1 to 1024 characters"),
]
Slug = Annotated[
    str,
    Shape(
        ID_PATTERN,
        "a name of lower-case letters, digits and hyphens that begins with a letter, at most 48 characters",
        ("case-files",),
        ids=True,
    ),
]
PrefixAddress = Annotated[
    str,
    Shape(
        r"^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$",
        "a bucket and one of its prefixes",
        ("files/documents",),
        ids=True,
    ),
]
Region = Annotated[str, Shape(r"^[a-z]{2}(-[a-z]+)+-[0-9]{1,2}$", "a region", ("us-west-2",))]
AccountId = Annotated[
    str, Shape(r"^[0-9]{12}$", "an account of twelve digits", ("111122223333",), number=int, digits=12)
]
PrincipalArn = Annotated[str, _arn("arn:aws:iam::111122223333:role/reader")]
PolicyArn = Annotated[str, _arn("arn:aws:iam::111122223333:policy/boundary")]
ProviderArn = Annotated[str, _arn("arn:aws:iam::111122223333:oidc-provider/id.example.com")]
KeyArn = Annotated[str, _arn("arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")]
BucketArn = Annotated[str, _arn("arn:aws:s3:::copies-of-files")]
SourceArn = Annotated[str, _arn("arn:aws:cloudtrail:us-west-2:111122223333:trail/all")]
TargetArn = Annotated[
    str,
    _arn(
        "arn:aws:sqs:us-west-2:111122223333:uploads",
        "arn:aws:sns:us-west-2:111122223333:uploads",
        "arn:aws:lambda:us-west-2:111122223333:function:index-uploads",
    ),
]
Reason = Annotated[
    str,
    Shape(
        r"^[^\x00-\x1f\x7f]{8,500}$",
        "a reason of 8 to 500 characters on one line",
        strip=True,
    ),
]
CertificateArn = Annotated[
    str, _arn("arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012")
]
HostName = Annotated[
    str,
    Shape(
        r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$",
        "a host name in lower case",
        ("files.example.com",),
    ),
]
PublicKey = Annotated[
    str,
    Shape(
        r"^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=]{1,76}\n){1,40}-----END PUBLIC KEY-----\n?$",
        "a public key in PEM, from BEGIN PUBLIC KEY to END PUBLIC KEY",
        quiet=True,
    ),
]
TlsVersion = Annotated[str, Shape(r"^1\.[23]$", "1.2 or 1.3", number=float)]
