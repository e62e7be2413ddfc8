"""Does an Allow of a role reach objects of buckets that nobody named to it?"""

from collections.abc import Iterable
from string import ascii_lowercase, digits
from typing import Final

from bucketwright.iam.asking import WORK, Question, allowed_request
from bucketwright.iam.documents import Document, Names, PolicyError, Statement
from bucketwright.iam.homes import names_key
from bucketwright.iam.languages import Formula, Undecided, Work, arns
from bucketwright.iam.reach import Objects
from bucketwright.posture import Undetermined, Unknown
from bucketwright.rules.role_statements import OBJECT_ACTIONS, touches

_VERSION: Final = "2012-10-17"


def reaches_any_bucket(allow: Statement, names: Names, beside: Iterable[Statement]) -> bool:
    """Whether it reaches objects of a bucket with a name like no other, for all that is denied beside it."""
    if _spell_out_buckets(names) or not touches(allow.actions, OBJECT_ACTIONS):
        return False
    document = Document(_VERSION, (allow, *(one for one in beside if not one.allows)))
    question = Question(OBJECT_ACTIONS, Objects(), (_in_unheard_bucket(document),))
    try:
        return allowed_request(document, question, Work(WORK)) is not None
    except (Undecided, PolicyError) as error:
        raise Undetermined("policies", Unknown(f"not settled: {error}")) from None


def _spell_out_buckets(names: Names) -> bool:
    """Whether each of them spells out a bucket and goes on, which is quickly told."""
    return not names.negated and all(map(names_key, names.patterns))


def _in_unheard_bucket(document: Document) -> Formula:
    """The objects of a bucket whose name begins as no name in the document does."""
    patterns = (name for one in document.statements if one.resources for name in one.resources.patterns)
    begun = {pattern.partition(":::")[2][:1] for pattern in patterns}
    first = next((char for char in digits + ascii_lowercase if char not in begun), digits[0])
    return arns(f"arn:*:s3:::{first}-unheard-of/*")
