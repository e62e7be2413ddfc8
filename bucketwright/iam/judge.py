"""Single questions about patterns and policies, as plain mappings in and out."""

from collections.abc import Mapping
from typing import Final

from bucketwright.iam.documents import Document, PolicyError, parse
from bucketwright.iam.isolation import is_isolated
from bucketwright.iam.patterns import common_example, contains
from bucketwright.iam.patterns import parse as parse_pattern
from bucketwright.iam.public import is_public

Reply = dict[str, object]
LONGEST_PATTERN: Final = 20_480
"""As long as the longest policy that S3 takes."""


def judge_overlap(line: Mapping[str, object]) -> Reply:
    """Whether two patterns meet, which contains the other, and a text in both."""
    a, b = line.get("a"), line.get("b")
    if not isinstance(a, str) or not isinstance(b, str) or max(len(a), len(b)) > LONGEST_PATTERN:
        unanswered = dict.fromkeys(("overlap", "a_contains_b", "b_contains_a", "example"))
        because = f"a and b must be patterns, as text of {LONGEST_PATTERN:,} characters at most"
        return {"id": line.get("id"), **unanswered, "because": because}
    one, other = parse_pattern(a), parse_pattern(b)
    example = common_example(one, other)
    return {
        "id": line.get("id"),
        "overlap": example is not None,
        "a_contains_b": contains(one, other),
        "b_contains_a": contains(other, one),
        "example": example,
    }


def judge_isolation(line: Mapping[str, object]) -> Reply:
    """Whether a policy keeps to one prefix of one bucket."""
    document, prefix = _document(line), line.get("intended_prefix")
    if isinstance(document, str):
        return {"id": line.get("id"), "isolated": None, "because": document}
    if not isinstance(prefix, str):
        return {"id": line.get("id"), "isolated": None, "because": "intended_prefix must be text"}
    answer = is_isolated(document, prefix)
    return {"id": line.get("id"), "isolated": answer.holds, "because": answer.because}


def judge_public(line: Mapping[str, object]) -> Reply:
    """Whether S3 calls a bucket policy public."""
    document = _document(line)
    if isinstance(document, str):
        return {"id": line.get("id"), "public": None, "because": document}
    answer = is_public(document)
    return {"id": line.get("id"), "public": answer.holds, "because": answer.because}


def _document(line: Mapping[str, object]) -> Document | str:
    """The policy of the line, or why there is none."""
    if "policy" not in line:
        return "there is no policy"
    try:
        return parse(line["policy"])
    except PolicyError as error:
        return str(error)
