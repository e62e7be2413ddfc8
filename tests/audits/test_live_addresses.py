"""Which contract address does a live thing stand at, and what do the texts of answers name?"""

from collections.abc import Mapping

import pytest

from audits.live import Looked
from audits.scope import Scope
from bucketwright.calls import Answer, Outcome
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.judging import Selection
from bucketwright.posture import Unknown
from tests.audits.paper import ACCOUNT, CONTRACT, DENIED, GONE, REGION, Paper, Told, declared, listing

FILES = "shop-prod-files"
ALIAS = f"alias/{FILES}"
OURS = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/11111111-1111-1111-1111-111111111111"
OTHER = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/22222222-2222-2222-2222-222222222222"
TAGS = {
    "bucketwright:address": "key:files",
    "bucketwright:project": "shop",
    "bucketwright:environment": "prod",
}


def keys(meant: Mapping[str, str], tags: Mapping[str, Mapping[str, str] | None]) -> dict[str, Told]:
    """A KMS in which texts mean keys, and keys have tags, or hide them."""

    def described(params: Mapping[str, object]) -> Outcome:
        arn = meant.get(str(params["KeyId"]), str(params["KeyId"]))
        return Answer({"KeyMetadata": {"Arn": arn}}) if arn in tags else GONE

    def tagged(params: Mapping[str, object]) -> Outcome:
        found = tags[str(params["KeyId"])]
        if found is None:
            return DENIED
        return Answer({"Tags": [{"TagKey": key, "TagValue": value} for key, value in found.items()]})

    return {"DescribeKey": described, "ListResourceTags": tagged}


def encrypted(key: str) -> Answer:
    """A bucket's default encryption under a key."""
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    rule = {"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}
    return Answer({"ServerSideEncryptionConfiguration": {"Rules": [rule]}})


def look(key: str, told: Mapping[str, Told], **more: Told) -> Looked:
    """The contract's account, its one bucket under a key."""
    paper = Paper(ListBuckets=listing(FILES), GetBucketEncryption=encrypted(key), **{**told, **more})
    return paper.look(Scope(declared()))


def key_of(looked: Looked) -> object:
    found = looked.estate.postures["bucket:files"].told("encryption")
    return found.key if isinstance(found, Encryption) else found


@pytest.mark.parametrize("text", [OURS, OURS.rpartition("/")[2], ALIAS], ids=["ARN", "id", "alias"])
def test_a_key_is_known_by_its_tag_however_it_is_named(text: str) -> None:
    """S3 gives back what it was told: the ARN, the id or the alias of the key."""
    meant = {ALIAS: OURS, OURS.rpartition("/")[2]: OURS}
    looked = look(text, keys(meant, {OURS: TAGS}))

    assert key_of(looked) == "key:files"
    assert looked.estate.postures["key:files"].name == OURS
    assert looked.resolve("key:files", "arn") == OURS


def test_the_tag_goes_before_the_alias() -> None:
    """An alias that somebody pointed to another key makes that no key of the contract."""
    looked = look(OURS, keys({ALIAS: OTHER}, {OURS: TAGS, OTHER: {}}))

    assert key_of(looked) == "key:files"
    assert looked.estate.postures["key:files"].name == OURS


def test_without_a_tag_the_alias_tells_the_key() -> None:
    """Tags may have been taken away, and the alias still says whose key it is."""
    looked = look(OURS, keys({ALIAS: OURS}, {OURS: {}}))

    assert key_of(looked) == "key:files"


def test_another_key_is_a_stranger() -> None:
    """It stands under its id, and the contract's own beside it."""
    looked = look(OTHER, keys({ALIAS: OURS}, {OURS: TAGS, OTHER: {}}))

    assert key_of(looked) == "key:22222222-2222-2222-2222-222222222222"
    assert looked.estate.postures["key:files"].name == OURS


def test_a_tag_of_another_project_tells_nothing() -> None:
    """Two projects may well call a key alike."""
    looked = look(OTHER, keys({ALIAS: OURS}, {OURS: {}, OTHER: {**TAGS, "bucketwright:project": "other"}}))

    assert key_of(looked) == "key:22222222-2222-2222-2222-222222222222"


def test_two_keys_with_one_tag_are_neither() -> None:
    """Nobody knows which is meant, and that is said."""
    looked = look(OTHER, keys({ALIAS: OURS}, {OURS: TAGS, OTHER: TAGS}))

    assert looked.estate.missing["key:files"] == "2 of them carry its tag"
    assert "key:files" not in looked.estate.postures


def test_hidden_tags_make_it_unknown_which_key_it_is() -> None:
    """Neither the contract's nor a stranger's: what names the key is unknown, with the permission."""
    looked = look(OURS, keys({ALIAS: OURS}, {OURS: None}))

    assert key_of(looked) == Unknown("key: kms:ListResourceTags is denied")
    assert looked.estate.missing["key:files"] == "kms:ListResourceTags is denied"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (OTHER, "key:22222222-2222-2222-2222-222222222222"),
        (ALIAS, Unknown("key: kms:DescribeKey is denied")),
    ],
    ids=["by its ARN", "by an alias"],
)
def test_a_key_that_may_not_be_asked_for_is_known_by_its_id_alone(text: str, found: object) -> None:
    """Without a contract nothing else is in doubt; what an alias means KMS alone can tell."""
    looked = Paper(ListBuckets=listing("files"), GetBucketEncryption=encrypted(text)).look(
        Scope(selection=Selection("all"))
    )
    key = looked.estate.postures["bucket:files"].told("encryption")

    assert (key.key if isinstance(key, Encryption) else key) == found


def test_tags_are_asked_for_only_where_a_contract_has_such_things() -> None:
    """A contract without keys of its own has none to know again."""
    around = declared(text=CONTRACT.replace("encryption: kms, ", ""))
    paper = Paper(ListBuckets=listing(FILES), GetBucketEncryption=encrypted(OTHER), **keys({}, {OTHER: {}}))
    looked = paper.look(Scope(around))

    assert paper.asked("ListResourceTags") == []
    assert key_of(looked) == "key:22222222-2222-2222-2222-222222222222"


def test_a_key_of_another_account_is_a_stranger_whether_it_answers_or_not() -> None:
    """The contract's keys are in its own account: this is none of them, and nothing else is in doubt."""
    abroad = OTHER.replace(ACCOUNT, "999988887777")
    looked = look(abroad, keys({ALIAS: OURS}, {OURS: TAGS}))

    assert key_of(looked) == "key:22222222-2222-2222-2222-222222222222"
    assert looked.estate.missing.keys() == {key_of(looked)}
    assert looked.estate.postures["key:files"].name == OURS


def test_a_key_that_is_gone_is_nowhere() -> None:
    """The alias means nothing any more: the contract's key is neither there nor unknown."""
    looked = look("AES256", keys({}, {}))

    assert "key:files" not in {*looked.estate.postures, *looked.estate.missing}


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


def test_what_the_contract_names_by_its_arn_keeps_that() -> None:
    """Posture and reference alike, so that the contract and what is live say the same."""
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:uploads"
    text = f"""
project: shop
region: {REGION}
environments: {{prod: {{account: "{ACCOUNT}"}}}}
buckets:
  files:
    notifications: {{targets: [{{arn: "{arn}", events: ["s3:ObjectCreated:*"]}}]}}
    prefixes: {{all: {{path: "all/", keep: forever}}}}
"""
    around = declared(text=text)
    paper = Paper(
        ListBuckets=listing(FILES),
        GetBucketNotificationConfiguration=queue_notified(arn),
        GetQueueUrl=Answer({"QueueUrl": "https://sqs/1/uploads"}),
    )
    looked = paper.look(Scope(around))
    assert around.intended is not None
    wanted = around.intended.postures["bucket:files"].told("notifications")

    assert looked.estate.postures["bucket:files"].told("notifications") == wanted
    assert looked.estate.postures[arn].name == "uploads"


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


def test_an_answer_of_another_shape_is_no_traceback() -> None:
    """Whatever a server answers, something is said of it."""
    looked = Paper(
        ListBuckets=listing("files"),
        ListDistributions=Answer({"DistributionList": {"Items": [{"Id": 7}, "what"]}}),
        DescribeTrails=Answer({"trailList": "many"}),
        ListAccessPoints=Answer({"AccessPointList": [{}]}),
    ).look()

    assert {one.kind for one in looked.undiscovered} >= {"distribution", "trail", "access_point"}
