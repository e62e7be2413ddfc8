"""What does a rule say that goes by the key alone? Of all versions of a key it speaks once, of the newest."""

from bucketwright.objects.postures import ObjectPosture
from bucketwright.verdicts import Fails, Verdict, not_applicable


def once(one: ObjectPosture, verdict: Verdict) -> Verdict:
    """The verdict, if no newer version of the key has the same."""
    if isinstance(verdict, Fails) and not one.is_newest:
        return not_applicable("the key's newest version stands for all of them")
    return verdict
