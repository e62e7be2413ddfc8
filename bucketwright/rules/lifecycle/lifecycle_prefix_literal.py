from collections.abc import Iterator

from bucketwright.contract.lifecycle.rules import Abort, Expiration, Rule
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_lifecycles import below, having, off, on, tagged
from bucketwright.rules.examples import bad, good
from bucketwright.rules.lifecycle_scopes import enabled, fault_of, scope
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import MEDIUM, Fault, Verdict, fails_if

_AFTER_A_WEEK = Expiration(days=7)


@rule(
    "lifecycle-prefix-literal",
    severity=MEDIUM,
    tier=BASELINE,
    confidence="likely",
    reads=["lifecycle"],
    examples=lambda: [
        good(lifecycle=having(on(filter=below("logs/"), expiration=_AFTER_A_WEEK))),
        good(lifecycle=having(on(filter=below("a//b/"), expiration=_AFTER_A_WEEK))),
        good(lifecycle=having(on(filter=tagged("*"), expiration=_AFTER_A_WEEK))),
        good(lifecycle=having(on(expiration=_AFTER_A_WEEK), off(filter=below("logs/*"), abort=Abort(7)))),
        good(lifecycle=FRESH),
        bad(lifecycle=having(on(filter=below("logs/*"), expiration=_AFTER_A_WEEK))),
        bad(lifecycle=having(on(filter=below("cases/?/tmp/"), expiration=_AFTER_A_WEEK))),
        bad(lifecycle=having(on(filter=below("/logs/"), expiration=_AFTER_A_WEEK))),
        bad(lifecycle=having(on(filter=tagged("tmp", "tmp/*"), abort=Abort(7)))),
    ],
)
def lifecycle_prefix_literal(bucket: BucketPosture, _: Estate) -> Verdict:
    """Every prefix of a lifecycle rule is the beginning of keys, as it stands.

    **Why.** S3 takes a prefix letter by letter. With `*` or `?` in it, or a slash at its front, it is legal
    and selects nothing, unless keys really begin so: what should have gone stays, and nobody is told.

    **Fix.** Say what stays how long by prefixes of the contract: where a path has variables, rules select by
    a tag that every upload sets. By hand, end the prefix before the first variable part. Look first at what
    it selects then: objects older than the rule's days go at the next midnight.

    **Exempt it when** keys do begin with that very text.
    """
    return fails_if(
        *(fault for one in enabled(bucket.lifecycle) for fault in _faults(one)),
        expected="the literal beginning of keys",
    )


def _faults(one: Rule) -> Iterator[Fault]:
    prefix = scope(one).prefix or ""
    if "*" in prefix or "?" in prefix:
        yield fault_of(one, f"has a wildcard in its prefix {shown(prefix)}, which S3 takes literally")
    if prefix.startswith("/"):
        yield fault_of(one, f"has the prefix {shown(prefix)}, and keys hardly ever begin with a slash")
