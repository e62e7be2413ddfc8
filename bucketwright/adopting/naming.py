"""What are the project, its environment and its buckets called in the contract that adopts them?"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Final

from bucketwright.adopting.found import Data, Naming, SeenBucket
from bucketwright.contract.ids import nearest_id
from bucketwright.contract.own_tags import ADDRESS_TAG, ENVIRONMENT_TAG, PROJECT_TAG

_ENVIRONMENTS: Final = frozenset(
    {
        "dev", "development", "test", "testing", "qa", "uat", "stage", "staging", "preprod", "prod",
        "production", "live", "sandbox", "demo",
    }
)  # fmt: skip
"""Words that say which environment something is of."""
_PROJECT: Final = "storage"
_ENVIRONMENT: Final = "live"
_HOME: Final = "us-east-1"


def naming(
    seen: Iterable[SeenBucket], account: str, project: str = "", environment: str = "", region: str = ""
) -> Naming:
    """Names as the buckets' own tags say, else as their names say; what is asked for goes before both."""
    buckets = tuple(sorted(seen, key=lambda one: one.name))
    told = _tagged(buckets) or _spelled(buckets) or (_beginning(buckets), _ENVIRONMENT)
    whose = Naming(project or told[0], environment or told[1], _home(buckets, region), account)
    return Naming(whose.project, whose.environment, whose.region, account, _ids(whose, buckets))


def name_settings(whose: Naming, bucket_id: str, name: str, region: str) -> Data:
    """What a contract says of a bucket's name; nothing where the usual one is meant."""
    usual, ending = f"{whose.project}-{whose.environment}-{bucket_id}", _ending(whose, region)
    if ending and name.endswith(ending):
        base = name.removesuffix(ending)
        return {**({} if base == usual else {"name": base}), "namespace": "account-regional"}
    return {} if name == usual else {"name": name}


def unique(wanted: str, taken: Iterable[str]) -> str:
    """The id, with a number where it is taken."""
    known = frozenset(taken)
    if wanted not in known:
        return wanted
    numbered = (f"{wanted[:44]}-{number}" for number in range(2, len(known) + 3))
    return next(one for one in numbered if one not in known)


def _ending(whose: Naming, region: str) -> str:
    return f"-{whose.account}-{region}-an" if whose.account else ""


def _tagged(buckets: Iterable[SeenBucket]) -> tuple[str, str] | None:
    """What most of their own tags say."""
    pairs = ((one.tags.get(PROJECT_TAG, ""), one.tags.get(ENVIRONMENT_TAG, "")) for one in buckets)
    return _most(pair for pair in pairs if all(word and nearest_id(word) == word for word in pair))


def _spelled(buckets: Iterable[SeenBucket]) -> tuple[str, str] | None:
    """What most of their names say: words of a project before that of an environment."""
    return _most(pair for one in buckets for pair in _words_of(one.name))


def _words_of(name: str) -> Iterator[tuple[str, str]]:
    words = name.split("-")
    for place in range(1, len(words) - 1):
        project = "-".join(words[:place])
        if words[place] in _ENVIRONMENTS and nearest_id(project) == project:
            yield project, words[place]
            return


def _most(pairs: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    counted = Counter(pairs).most_common()
    return counted[0][0] if counted else None


def _beginning(buckets: Sequence[SeenBucket]) -> str:
    """The words with which all names begin."""
    several = [one.name.split("-")[:-1] for one in buckets]
    alike = takewhile(lambda words: len(set(words)) == 1, zip(*several, strict=False))
    shared = "-".join(words[0] for words in alike) if len(several) > 1 else ""
    return nearest_id(shared) or _PROJECT


def _home(buckets: Iterable[SeenBucket], region: str) -> str:
    regions = Counter(one.region for one in buckets if one.region)
    return regions.most_common(1)[0][0] if regions else region or _HOME


def _ids(whose: Naming, buckets: Iterable[SeenBucket]) -> dict[str, str]:
    """An id for each bucket: as it is tagged, else what its name says beyond the project's."""
    ids: dict[str, str] = {}
    for one in buckets:
        wanted = _tagged_id(whose, one) or _plain_id(whose, one) or "bucket"
        ids[unique(wanted, ids)] = one.name
    return ids


def _tagged_id(whose: Naming, seen: SeenBucket) -> str:
    own = (seen.tags.get(PROJECT_TAG), seen.tags.get(ENVIRONMENT_TAG))
    kind, _, tagged = seen.tags.get(ADDRESS_TAG, "").partition(":")
    is_ours = own == (whose.project, whose.environment) and kind == "bucket"
    return tagged if is_ours and nearest_id(tagged) == tagged else ""


def _plain_id(whose: Naming, seen: SeenBucket) -> str:
    name = seen.name
    cut: Sequence[Callable[[str], str]] = (
        lambda text: text.removesuffix(_ending(whose, seen.region) or "\0"),
        lambda text: text.removeprefix(f"{whose.project}-"),
        lambda text: text.removeprefix(f"{whose.environment}-"),
        lambda text: text.replace(f"-{whose.account}", "") if whose.account else text,
        lambda text: text.replace(f"-{seen.region}", "") if seen.region else text,
    )
    for one in cut:
        name = one(name) or name
    return nearest_id(name) or nearest_id(f"bucket-{name}")
