"""The settings of a trail, as plans say them."""

from types import ModuleType

import pytest

from bucketwright.facets.event_selectors import EVERY_BUCKET, MANAGEMENT, Objects, Selector
from bucketwright.facets.facet import Planned
from bucketwright.facets.tokens import TRAIL
from bucketwright.facets.trail import bucket, log_group, logging, multi_region, selectors
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs
from tests.facets.wiring import LATER, made, whole

EVERYTHING = frozenset({Objects(EVERY_BUCKET)})
OBJECTS = "AWS::S3::Object"


def trail(**inputs: object) -> Planned:
    return whole(made(TRAIL, inputs), refer=_ours)


def _ours(kind: str, _: str, found: object) -> str | None:
    known = {
        ("bucket", "arn:aws:s3:::shop-files"): "bucket:files",
        ("bucket", "shop-audit"): "bucket:audit",
        ("log_group", LATER): "log_group:trail",
    }
    return known.get((kind, str(found)))


def classic(*arns: str, **inputs: object) -> Planned:
    """A trail with one selector of the first language."""
    resources = [{"type": OBJECTS, "values": list(arns)}] if arns else []
    return trail(eventSelectors=[{"dataResources": resources, **inputs}])


def advanced(*fields: Inputs) -> Planned:
    """A trail with one selector of the second language."""
    return trail(advancedEventSelectors=[{"fieldSelectors": list(fields)}])


def field(name: str, *equals: str, **others: object) -> Inputs:
    return {"field": name, **({"equals": list(equals)} if equals else {}), **others}


DATA, OF_S3 = field("eventCategory", "Data"), field("resources.type", OBJECTS)


@pytest.mark.parametrize(
    ("facet", "planned", "said"),
    [
        pytest.param(bucket, trail(s3BucketName="shop-audit"), "bucket:audit", id="bucket: one of ours"),
        pytest.param(bucket, trail(s3BucketName="archive"), "archive", id="bucket: a stranger"),
        pytest.param(log_group, trail(), UNSET, id="log group: nothing"),
        pytest.param(
            log_group, trail(cloudWatchLogsGroupArn=LATER), "log_group:trail", id="log group: one of ours"
        ),
        pytest.param(
            log_group,
            trail(cloudWatchLogsGroupArn="arn:aws:logs:eu-west-1:111122223333:log-group:/aws/trail:*"),
            "/aws/trail",
            id="log group: a stranger, and all its streams",
        ),
        pytest.param(
            log_group,
            trail(cloudWatchLogsGroupArn="arn:aws:logs:eu-west-1:111122223333:log-group:trail"),
            "trail",
            id="log group: a stranger by itself",
        ),
        pytest.param(logging, trail(), UNSET, id="logging: nothing"),
        pytest.param(logging, trail(enableLogging=False), False, id="logging: stopped"),
        pytest.param(multi_region, trail(), UNSET, id="regions: nothing"),
        pytest.param(multi_region, trail(isMultiRegionTrail=True), True, id="regions: every one"),
        pytest.param(selectors, trail(), UNSET, id="selectors: nothing"),
        pytest.param(selectors, trail(eventSelectors=[]), UNSET, id="selectors: an empty list"),
    ],
)
def test_what_a_trail_says_of_itself(facet: ModuleType, planned: Planned, said: object) -> None:
    """A value as it is, and nothing where nothing is said."""
    assert facet.from_plan(planned) == said


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        pytest.param({}, "has to be", id="nowhere"),
        pytest.param({"s3BucketName": LATER}, "after deployment", id="unknown"),
        pytest.param({"s3BucketName": ["shop-audit"]}, "not text", id="a list"),
    ],
)
def test_a_bucket_nobody_knows_is_not_guessed(inputs: Inputs, reason: str) -> None:
    """A trail has to deliver somewhere."""
    with pytest.raises(Undetermined, match=reason):
        bucket.from_plan(trail(**inputs))


@pytest.mark.parametrize(
    ("planned", "chosen"),
    [
        pytest.param(classic(), {MANAGEMENT}, id="management alone"),
        pytest.param(classic(includeManagementEvents=False), set(), id="not even that"),
        pytest.param(
            classic(readWriteType="WriteOnly"), {Selector("management", reads=False)}, id="writes alone"
        ),
        pytest.param(
            classic(excludeManagementEventSources=["kms.amazonaws.com"]),
            {Selector("management", narrowed=True)},
            id="all but KMS",
        ),
        pytest.param(
            classic("arn:aws:s3", readWriteType="ReadOnly"),
            {Selector("management", writes=False), Selector("objects", writes=False, objects=EVERYTHING)},
            id="reads of every object",
        ),
        pytest.param(
            classic("arn:aws:s3:::", includeManagementEvents=False),
            {Selector("objects", objects=EVERYTHING)},
            id="every bucket in its other spelling",
        ),
        pytest.param(
            classic("arn:aws:s3:::shop-files/", "arn:aws:s3:::other/a/b", includeManagementEvents=False),
            {Selector("objects", objects=frozenset({Objects("bucket:files"), Objects("other", "a/b")}))},
            id="one of ours, and a stranger's beginning",
        ),
        pytest.param(
            trail(eventSelectors=[{"dataResources": [{"type": "AWS::Lambda::Function", "values": ["arn"]}]}]),
            {MANAGEMENT},
            id="functions are left out",
        ),
    ],
)
def test_selectors_of_the_first_language(planned: Planned, chosen: set[Selector]) -> None:
    """Management events unless they are refused, and objects by ARN."""
    assert selectors.from_plan(planned) == frozenset(chosen)


@pytest.mark.parametrize(
    ("planned", "chosen"),
    [
        pytest.param(advanced(field("eventCategory", "Management")), {MANAGEMENT}, id="management"),
        pytest.param(advanced(DATA, OF_S3), {Selector("objects", objects=EVERYTHING)}, id="every object"),
        pytest.param(
            advanced(DATA, OF_S3, field("readOnly", "false")),
            {Selector("objects", reads=False, objects=EVERYTHING)},
            id="writes alone",
        ),
        pytest.param(
            advanced(DATA, OF_S3, field("readOnly", "true", "false")),
            {
                Selector("objects", writes=False, objects=EVERYTHING),
                Selector("objects", reads=False, objects=EVERYTHING),
            },
            id="both by name",
        ),
        pytest.param(
            advanced(DATA, OF_S3, field("resources.ARN", startsWiths=["arn:aws:s3:::shop-files/a/"])),
            {Selector("objects", objects=frozenset({Objects("bucket:files", "a/")}))},
            id="a beginning",
        ),
        pytest.param(
            advanced(DATA, OF_S3, field("resources.ARN", "arn:aws:s3:::shop-files/a")),
            {Selector("objects", objects=frozenset({Objects("bucket:files", "a")}), narrowed=True)},
            id="one object alone",
        ),
        pytest.param(
            advanced(DATA, OF_S3, field("resources.ARN", notStartsWiths=["arn:aws:s3:::logs/"])),
            {Selector("objects", objects=EVERYTHING, narrowed=True)},
            id="all but a bucket",
        ),
        pytest.param(
            advanced(DATA, OF_S3, field("eventName", "DeleteObject")),
            {Selector("objects", objects=EVERYTHING, narrowed=True)},
            id="one call alone",
        ),
        pytest.param(advanced(DATA, field("resources.type", "AWS::Lambda::Function")), set(), id="functions"),
        pytest.param(advanced(field("eventCategory", "NetworkActivity")), set(), id="another category"),
    ],
)
def test_selectors_of_the_second_language(planned: Planned, chosen: set[Selector]) -> None:
    """Every field has to fit; one that is not understood may leave something out."""
    assert selectors.from_plan(planned) == frozenset(chosen)


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(trail(eventSelectors=LATER), "after deployment", id="all unknown"),
        pytest.param(classic(LATER), "after deployment", id="an ARN nobody knows"),
        pytest.param(classic("shop-files"), "not the beginning", id="a name for an ARN"),
        pytest.param(classic(readWriteType="Some"), "one of All", id="a word of its own"),
        pytest.param(advanced(field("readOnly", LATER), DATA), "after deployment", id="a direction unknown"),
        pytest.param(advanced({"equals": ["Data"]}), "has to be", id="a field without a name"),
        pytest.param(
            trail(
                eventSelectors=[{"readWriteType": "All"}],
                advancedEventSelectors=[{"fieldSelectors": [DATA, OF_S3]}],
            ),
            "not both",
            id="both languages",
        ),
    ],
)
def test_a_selector_nobody_knows_is_not_guessed(planned: Planned, reason: str) -> None:
    """What a trail misses must not look recorded."""
    with pytest.raises(Undetermined, match=reason):
        selectors.from_plan(planned)
