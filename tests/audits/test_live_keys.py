"""Which of the live keys is the contract's, and what does a text name that names one?"""

from collections.abc import Mapping

import pytest

from audits.live import Looked
from bucketwright.calls import Answer, Outcome
from bucketwright.estate import READERS
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.judging import Selection
from bucketwright.looking.scope import Scope
from bucketwright.posture import Unknown
from tests.audits.paper import ACCOUNT, CONTRACT, DENIED, FILES, GONE, REGION, Paper, Told, declared, listing

ALIAS = f"alias/{FILES}"
OURS = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/11111111-1111-1111-1111-111111111111"
OTHER = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/22222222-2222-2222-2222-222222222222"
ABROAD = OTHER.replace(ACCOUNT, "999988887777")
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


def test_a_tag_may_have_no_value() -> None:
    """One of the contract's own, or of others: the key is known all the same."""
    looked = look(OURS, keys({ALIAS: OURS}, {OURS: {"reviewed": "", **TAGS}}))

    assert key_of(looked) == "key:files"


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


@pytest.mark.parametrize("tags", [{}, None], ids=["it answers", "it does not"])
def test_a_key_of_another_account_is_named_by_its_arn(tags: Mapping[str, str] | None) -> None:
    """The contract's keys are in its own account: this is none of them, and nothing else is in doubt."""
    there = {OURS: TAGS} if tags is None else {OURS: TAGS, ABROAD: tags}
    looked = look(ABROAD, keys({ALIAS: OURS}, there))

    assert key_of(looked) == ABROAD
    assert looked.estate.missing.keys() == ({ABROAD} if tags is None else set())
    assert looked.estate.postures["key:files"].name == OURS


def test_a_key_of_another_account_leaves_no_doubt_which_the_contracts_is() -> None:
    """Not even where tags were taken away, and only the alias tells."""
    looked = look(ABROAD, keys({ALIAS: OURS}, {OURS: {}}))

    assert looked.estate.postures["key:files"].name == OURS
    assert looked.estate.missing.keys() == {ABROAD}


@pytest.mark.parametrize(
    ("meant", "tags"),
    [
        pytest.param({ALIAS: OURS}, {OURS: TAGS}, id="all as declared"),
        pytest.param({}, {OURS: TAGS}, id="its alias was deleted"),
        pytest.param({ALIAS: OTHER}, {OURS: TAGS, OTHER: {}}, id="its alias means another"),
        pytest.param({ALIAS: OURS}, {OURS: TAGS, OTHER: TAGS}, id="two carry its tag"),
        pytest.param({}, {OURS: {}}, id="it is nowhere"),
    ],
)
def test_the_contracts_key_is_asked_about_wherever_it_stands(
    meant: Mapping[str, str], tags: Mapping[str, Mapping[str, str]]
) -> None:
    """Under its address, also where it has no alias, and all its facts are read; never under the alias."""
    looked = look(OURS, keys(meant, tags))
    found = looked.estate.postures.get("key:files")
    keys_asked = {one for one in looked.subjects if one.startswith("key:")}

    assert "key:files" in keys_asked
    assert f"key:{ALIAS}" not in keys_asked
    assert found is None or found.facts.keys() == READERS["key"][1].keys()


def test_a_key_that_is_gone_is_nowhere() -> None:
    """The alias means nothing any more: the contract's key is neither there nor unknown."""
    looked = look("AES256", keys({}, {}))

    assert "key:files" not in {*looked.estate.postures, *looked.estate.missing}
