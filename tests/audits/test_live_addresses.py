"""Which contract address does a live thing stand at, and what do the texts of answers name?"""

import pytest

from audits.live import Looked
from bucketwright.calls import Answer, Outcome
from bucketwright.circumstances import circumstances
from bucketwright.contract.loading import load
from bucketwright.looking.scope import Scope
from bucketwright.rules import catalogue
from bucketwright.verdicts import Fails, Fault, Undecided, Verdict
from tests.audits.paper import ACCOUNT, DENIED, FILES, GONE, REGION, Paper, declared, listing
from tests.audits.sandboxed import NOW, ROOMY


def test_what_a_stranger_is_called_never_meets_an_address_of_the_contract() -> None:
    """A bucket of somebody else that is called `files`, as the contract's is addressed."""
    looked = Paper(ListBuckets=listing(FILES, "files")).look(Scope(declared(), all_buckets=True))

    assert looked.estate.postures["bucket:files"].name == FILES
    assert looked.estate.postures["bucket:arn:aws:s3:::files"].name == "files"


@pytest.mark.parametrize(
    ("head", "target", "missing"),
    [
        (GONE, "bucket:logs", False),
        (DENIED, "logs", False),
        (Answer({"BucketRegion": REGION}), "bucket:logs", False),
    ],
    ids=["gone", "another account's", "there"],
)
def test_a_log_target_that_is_not_in_the_list_is_asked_for(head: Outcome, target: str, missing: bool) -> None:
    """What is gone has an address at which nothing is; of another account's only the name is known."""
    logging = Answer({"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": ""}})
    looked = Paper(ListBuckets=listing("files"), GetBucketLogging=logging, HeadBucket=head).look(
        Scope(buckets=frozenset({"files"}))
    )
    found = looked.estate.postures["bucket:files"].told("logging")

    assert getattr(found, "target", found) == target
    assert (target in looked.estate.missing) is missing
    assert "bucket:logs" not in looked.subjects


def queue_notified(arn: str) -> Answer:
    return Answer({"QueueConfigurations": [{"Id": "q", "QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]})


@pytest.mark.parametrize(
    ("url", "there", "missing"),
    [
        (Answer({"QueueUrl": "https://sqs/1/uploads"}), True, None),
        (GONE, False, None),
        (DENIED, False, "sqs:GetQueueUrl is denied"),
    ],
    ids=["there", "gone", "denied"],
)
def test_a_queue_that_a_bucket_tells_is_looked_for(url: Outcome, there: bool, missing: str | None) -> None:
    """There, nowhere, or unknown with the permission: a stranger under its kind and name."""
    told = queue_notified(f"arn:aws:sqs:{REGION}:{ACCOUNT}:uploads")
    looked = Paper(
        ListBuckets=listing("files"), GetBucketNotificationConfiguration=told, GetQueueUrl=url
    ).look()

    assert ("queue:uploads" in looked.estate.postures) is there
    assert looked.estate.missing.get("queue:uploads") == missing


def test_a_queue_of_another_account_that_does_not_answer_is_unknown() -> None:
    """SQS says of others' queues that there is none, whether there is or not."""
    told = queue_notified(f"arn:aws:sqs:{REGION}:999988887777:uploads")
    looked = Paper(
        ListBuckets=listing("files"), GetBucketNotificationConfiguration=told, GetQueueUrl=GONE
    ).look()

    assert "queue:uploads" in looked.estate.missing


QUEUE = f"arn:aws:sqs:{REGION}:{ACCOUNT}:uploads"
NAMING_IT = f"""
project: shop
region: {REGION}
environments: {{prod: {{account: "{ACCOUNT}"}}}}
buckets:
  files:
    notifications: {{targets: [{{arn: "{QUEUE}", events: ["s3:ObjectCreated:*"]}}]}}
    prefixes: {{all: {{path: "all/", keep: forever}}}}
"""


def telling_a_queue(url: Outcome) -> Looked:
    """A bucket that tells a queue which the contract names by its ARN."""
    told = queue_notified(QUEUE)
    paper = Paper(ListBuckets=listing(FILES), GetBucketNotificationConfiguration=told, GetQueueUrl=url)
    return paper.look(Scope(declared(text=NAMING_IT)))


def test_what_the_contract_names_by_its_arn_keeps_that() -> None:
    """Posture and reference alike, so that the contract and what is live say the same."""
    looked = telling_a_queue(Answer({"QueueUrl": "https://sqs/1/uploads"}))
    wanted = looked.estate.circumstances.intended
    assert wanted is not None

    found = looked.estate.postures["bucket:files"].told("notifications")
    assert found == wanted.postures["bucket:files"].told("notifications")
    assert looked.estate.postures[QUEUE].name == "uploads"


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        (GONE, Fails((Fault(f"there is no '{QUEUE}'"),), "destinations that are there and let S3 in")),
        (DENIED, Undecided(QUEUE, "sqs:GetQueueUrl is denied")),
    ],
    ids=["gone", "denied"],
)
def test_a_queue_that_the_contract_names_and_that_is_gone(url: Outcome, verdict: Verdict) -> None:
    """It is known that nothing is there: what S3 tells it is lost."""
    estate = telling_a_queue(url).estate

    rule = catalogue()["event-destination-dangling"]
    assert rule.verdict(estate.postures["bucket:files"], estate) == verdict


@pytest.mark.parametrize(
    ("account", "is_open"), [(ACCOUNT, False), ("999988887777", True)], ids=["own", "another's"]
)
def test_a_topic_that_is_not_there_is_gone_or_anothers(account: str, is_open: bool) -> None:
    """Of what others have AWS may say that there is none because nobody may know."""
    arn = f"arn:aws:sns:{REGION}:{account}:news"
    told = Answer({"TopicConfigurations": [{"Id": "t", "TopicArn": arn, "Events": ["s3:ObjectCreated:*"]}]})
    looked = Paper(
        ListBuckets=listing("files"), GetBucketNotificationConfiguration=told, GetTopicAttributes=GONE
    ).look()

    assert ("topic:news" in looked.estate.missing) is is_open
    assert "topic:news" not in looked.estate.postures


def distributions(*hosts: str) -> Answer:
    items = [
        {
            "Id": f"E{number:013}",
            "ARN": f"arn:aws:cloudfront::{ACCOUNT}:distribution/E{number:013}",
            "Origins": {"Items": [{"DomainName": host}]},
        }
        for number, host in enumerate(hosts)
    ]
    return Answer({"DistributionList": {"Items": items}})


def test_only_distributions_before_a_bucket_that_is_asked_about_are_looked_at() -> None:
    """Those of others, and those before no bucket at all, are nobody's business here."""
    listed = distributions(
        f"files.s3.{REGION}.amazonaws.com", f"others.s3.{REGION}.amazonaws.com", "api.example.com"
    )
    looked = Paper(ListBuckets=listing("files", "others"), ListDistributions=listed).look(
        Scope(buckets=frozenset({"files"}))
    )

    assert {one for one in looked.subjects if one.startswith("distribution:")} == {
        "distribution:E0000000000000"
    }


def test_a_distribution_that_is_gone_is_asked_about() -> None:
    """What the contract declares is not forgotten because nothing carries its tag."""
    around = circumstances(load(ROOMY), NOW)["prod"]
    paper = Paper(GetCallerIdentity=Answer({"Account": "123456789012"}), ListDistributions=distributions())
    looked = paper.look(Scope(around))

    assert "distribution:media" in looked.subjects
    assert "distribution:media" not in {*looked.estate.postures, *looked.estate.missing}


def test_an_answer_of_another_shape_is_no_traceback() -> None:
    """Whatever a server answers, something is said of it."""
    looked = Paper(
        ListBuckets=listing("files"),
        ListDistributions=Answer({"DistributionList": {"Items": [{"Id": 7}, "what"]}}),
        DescribeTrails=Answer({"trailList": "many"}),
        ListAccessPoints=Answer({"AccessPointList": [{}]}),
    ).look()

    assert {one.kind for one in looked.undiscovered} >= {"distribution", "trail", "access_point"}
