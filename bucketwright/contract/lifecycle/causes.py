"""With which code and words does S3 refuse a configuration?"""

from dataclasses import dataclass

from bucketwright.contract.lifecycle.rules import Rule
from bucketwright.plain_text import clipped

_TAGS_NAMED = 10


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason, in S3's words where S3 gives any. A MalformedXML answer gives none: the words are ours."""

    code: str
    words: str

    def __str__(self) -> str:
        return f"{self.words} ({self.code})"


def argument(words: str) -> Cause:
    return Cause("InvalidArgument", words)


def request(words: str) -> Cause:
    return Cause("InvalidRequest", words)


def malformed(words: str) -> Cause:
    return Cause("MalformedXML", words)


def filter_text(rule: Rule) -> str:
    """Write a rule's filter as S3's messages do: `filter '(prefix=logs/)'`."""
    named = [
        f"{name}={value}"
        for part in rule.predicates
        for name, value in (
            ("prefix", None if part.prefix is None else clipped(part.prefix)),
            ("objectsizegreaterthan", part.greater_than),
            ("objectsizelessthan", part.less_than),
        )
        if value is not None
    ]
    tags = [
        f"tag: key={clipped(tag.key)}, value={clipped(tag.value)}"
        for part in rule.predicates
        for tag in part.tags
    ]
    return f"filter '({' and '.join(named + tags[:_TAGS_NAMED])})'"
