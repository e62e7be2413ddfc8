"""What is of one region is asked for where there are buckets, and only there."""

from audits.live import look
from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.facets.account.analyzers import Analyzer
from bucketwright.judging import Selection
from bucketwright.looking.scope import Scope
from bucketwright.posture import Unknown
from bucketwright.s3.limits import Deadline
from tests.audits.paper import ACCOUNT, Paper, declared, listing

EVERY = Selection("all")
TWO = Answer(
    {
        "Buckets": [
            {"Name": "here", "BucketRegion": "eu-west-1"},
            {"Name": "there", "BucketRegion": "ap-south-1"},
        ]
    }
)
ANALYZED = Answer({"analyzers": [{"type": "ACCOUNT", "status": "ACTIVE", "arn": "a", "name": "n"}]})


def regions_of(paper: Paper, operation: str) -> list[str]:
    return sorted(call.region for call in paper.calls if call.operation == operation)


def test_an_account_is_asked_in_every_region_with_a_bucket() -> None:
    """What the regions tell is put together; the home region is among them."""
    paper = Paper(ListBuckets=TWO, ListAnalyzers=ANALYZED)
    looked = paper.look(Scope(selection=EVERY, region="us-east-1"))
    regions = ["ap-south-1", "eu-west-1", "us-east-1"]

    assert regions_of(paper, "ListAnalyzers") == regions
    assert looked.estate.postures[f"account:{ACCOUNT}"].told("analyzers") == {
        Analyzer("ACCOUNT", one) for one in regions
    }


def test_one_silent_region_makes_the_whole_unknown() -> None:
    """Nobody knows what it would have told."""

    class Silent(Paper):
        def __call__(self, call: Call) -> Outcome:
            outcome = super().__call__(call)
            return Failure("unreachable") if call.region == "ap-south-1" else outcome

    looked = Silent(ListBuckets=TWO, ListAnalyzers=ANALYZED).look(Scope(selection=EVERY))

    assert isinstance(looked.estate.postures[f"account:{ACCOUNT}"].told("analyzers"), Unknown)


def test_access_points_and_trails_are_listed_where_the_buckets_are() -> None:
    """A door to a bucket that nobody asked about is left alone."""
    points = [
        {"Name": one, "Bucket": one, "AccessPointArn": f"arn:aws:s3:eu-west-1:{ACCOUNT}:accesspoint/{one}"}
        for one in ("here", "there")
    ]
    paper = Paper(ListBuckets=TWO, ListAccessPoints=Answer({"AccessPointList": points}))
    looked = paper.look(Scope(selection=EVERY, region="eu-west-1", buckets=frozenset({"here"})))

    assert regions_of(paper, "ListAccessPoints") == ["eu-west-1"]
    assert regions_of(paper, "DescribeTrails") == ["eu-west-1"]
    assert {one for one in looked.subjects if one.startswith("access_point:")} == {"access_point:here"}


def test_a_trail_is_read_where_it_is_at_home() -> None:
    """It shows itself in every region; each is one trail."""
    arn = f"arn:aws:cloudtrail:eu-west-1:{ACCOUNT}:trail/all"
    trail = {"Name": "all", "TrailARN": arn, "HomeRegion": "eu-west-1", "S3BucketName": "there"}
    paper = Paper(ListBuckets=TWO, DescribeTrails=Answer({"trailList": [trail]}))
    looked = paper.look(Scope(selection=EVERY, region="ap-south-1"))

    assert "trail:all" in looked.estate.postures
    assert regions_of(paper, "GetTrailStatus") == ["eu-west-1"]


def test_directory_buckets_are_looked_for_where_everything_is_asked_about() -> None:
    """A contract declares none, and so its audit needs no right to list them."""
    found = Answer({"Buckets": [{"Name": "fast--use1-az4--x-s3", "BucketRegion": "us-east-1"}]})
    everything = Paper(ListBuckets=listing(), ListDirectoryBuckets=found).look(Scope(selection=EVERY))
    contract = Paper(ListDirectoryBuckets=found)
    contract.look(Scope(declared(), EVERY))

    assert "directory_bucket:fast--use1-az4--x-s3" in everything.estate.postures
    assert contract.asked("ListDirectoryBuckets") == []


def test_two_looks_at_one_account_see_the_same() -> None:
    """Whichever answer came first: postures, reasons and calls stand in one order."""
    one, other = (Paper(ListBuckets=TWO, ListAnalyzers=ANALYZED).look(Scope(selection=EVERY)) for _ in "ab")

    assert list(one.estate.postures.items()) == list(other.estate.postures.items())
    assert list(one.estate.missing.items()) == list(other.estate.missing.items())
    assert (one.undiscovered, one.asked, one.subjects) == (other.undiscovered, other.asked, other.subjects)


def test_what_time_did_not_suffice_for_is_unknown() -> None:
    """The run ends when it has to, and says what it did not get to."""

    late = Paper(otherwise=Failure("late"), ListBuckets=TWO)
    looked = look(late, Scope(), deadline=Deadline.after(30))

    assert looked.estate.postures["bucket:here"].told("versioning") == Unknown(
        "GetBucketVersioning: time was up before it was answered"
    )
