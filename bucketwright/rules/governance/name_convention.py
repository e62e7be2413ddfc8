from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from bucketwright.contract.words import NamePart
from bucketwright.estate import BucketPosture
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.accounts import own_account
from bucketwright.rules.bucket_names import end_of, name_of, words
from bucketwright.rules.example_sharing import OWN
from bucketwright.rules.examples import Declares, bad, declares, good
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import LOW, Verdict, fails_if, not_applicable

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment


def _asks(*parts: str, **settings: object) -> Declares:
    return declares(buckets={"example": {}}, rules={"name_parts": parts}, **settings)


_BOTH: Final = _asks("project", "environment")


@rule(
    "name-convention",
    severity=LOW,
    tier=BASELINE,
    reads=["region"],
    examples=lambda: [
        good(around=_BOTH, called="shop-prod-files"),
        good(around=_BOTH, called="my-shop.eu.prod"),
        good(around=_BOTH, called="prod-shop-prod"),
        good(around=_asks("region", "project"), called="us-west-2-shop", region="us-west-2"),
        good(around=_asks("account", account="444455556666"), called="files-444455556666"),
        good(OWN, around=_asks("account"), called="files-111122223333"),
        good(around=declares(buckets={"example": {}}), called="anything"),
        good(called="anything"),
        bad(around=_BOTH, called="files"),
        bad(around=_BOTH, called="shop-files"),
        bad(around=_BOTH, called="prod-files"),
        bad(around=_BOTH, called="prod-shop"),
        bad(around=_BOTH, called="shop-production"),
        bad(around=_BOTH, called="shopprod"),
        bad(around=_asks("region"), called="files-us-west-2", region="eu-west-1"),
        bad(around=_asks("region"), called="files-us-west", region="us-west-2"),
        bad(around=_asks("account", account="444455556666"), called="files-4444555566667"),
    ],
)
def name_convention(bucket: BucketPosture, estate: Estate) -> Verdict:
    """The bucket's name says what the team wants names to say, in its order.

    **Why.** A name is all that stands in a bill, an alarm and a log at night. One that says whose it is, and
    of which environment, keeps people from the wrong bucket.

    **Fix.** Say a `name` such as `{project}-{env}-{bucket}-{account}`, or leave it out where project and
    environment are enough. What has to be in it stands under `rules: name_parts`. S3 renames no bucket: that
    makes a new one, and the objects have to be copied.

    **Exempt it when** the bucket is older than the convention.
    """
    if estate.environment is None or not estate.terms.name_parts:
        return not_applicable("no convention for names is stated")
    lacking = _lacking(bucket, estate, estate.environment)
    return fails_if(*lacking, expected=f"a name with {', then '.join(estate.terms.name_parts)}")


def _lacking(bucket: BucketPosture, estate: Estate, environment: "Environment") -> Iterator[str]:
    """Goes from left to right; the first place where a part fits leaves most to those after it."""
    name, start = words(name_of(bucket)), 0
    for part in estate.terms.name_parts:
        value = _VALUES[part](bucket, estate, environment)
        end = end_of(words(value), name, start)
        if end is not None:
            start = end
        elif end_of(words(value), name) is None:
            yield f"the {part}, {shown(value)}, is not in {shown(bucket.name)}"
        else:
            yield f"the {part}, {shown(value)}, stands too early in {shown(bucket.name)}"


_VALUES: Final[Mapping[NamePart, Callable[[BucketPosture, Estate, "Environment"], str]]] = {
    "project": lambda _, __, environment: environment.project,
    "environment": lambda _, __, environment: environment.name,
    "region": lambda bucket, _, __: bucket.region,
    "account": lambda _, estate, __: own_account(estate),
}
