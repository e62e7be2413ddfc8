"""Which changes would end the findings about what lies in the buckets?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audits.contents import home_of
from audits.fixing import FixPlan, Left, Step
from audits.fixing_objects import Place, is_old, object_step, removal
from audits.live import Looked
from bucketwright.calls import Send
from bucketwright.estate import BucketPosture
from bucketwright.facets.writing import Unsettable
from bucketwright.findings import Finding, finding_of
from bucketwright.judging import Judgement
from bucketwright.objects.postures import KeyedPosture
from bucketwright.posture import Undetermined, reference
from bucketwright.verdicts import Fails

KINDS = frozenset(one.kind for one in KeyedPosture.__subclasses__())


@dataclass(frozen=True, slots=True)
class Within:
    """The account whose buckets were looked into, and by what it can be read again."""

    looked: Looked
    on_aws: bool
    read: Send
    delete_old: bool = False
    """Whether older versions that break a rule may be deleted: S3 changes none of them."""


def plan_contents(
    judgements: Iterable[Judgement], counting: Mapping[str, Finding], within: Within
) -> FixPlan:
    """Of those that count, by their fingerprints: a step each, or why there is none."""
    steps: list[Step] = []
    left: list[Left] = []
    for judgement in judgements:
        finding = counting.get(finding_of(judgement).fingerprint)
        if finding is None or not isinstance(judgement.verdict, Fails):
            continue
        step = _step(judgement, within)
        if isinstance(step, Step):
            steps.append(step)
        else:
            left.append(Left(finding, step))
    return FixPlan(tuple(steps), tuple(left))


def _step(judgement: Judgement, within: Within) -> Step | str:
    rule, posture = judgement.rule, judgement.posture
    if rule.repair is None or not isinstance(posture, KeyedPosture):
        return f"people have to decide: `bucketwright explain {rule.id}`"
    bucket = within.looked.estate.follow(_bucket_of(posture), BucketPosture)
    place = Place(
        home_of(within.looked, bucket, on_aws=within.on_aws),
        bucket.told("encryption"),
        lambda address: within.looked.resolve(address, "arn"),
        within.read,
    )
    if is_old(posture):
        if not within.delete_old:
            return "S3 changes no older version; --delete-old-versions deletes it"
        return removal(posture, place, rule.id, "Deletes the older version for good; the current one stays.")
    try:
        made = rule.repair.make(posture, within.looked.estate)
        risk = "" if rule.repair.is_safe else rule.repair.does
        return object_step(posture, made, place, rule.id, risk)
    except (Unsettable, Undetermined) as reason:
        return str(reason)


def _bucket_of(posture: KeyedPosture) -> str:
    found = posture.told("bucket")
    return found if isinstance(found, str) else reference("bucket", "?")
