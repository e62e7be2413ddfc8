"""Only what the rules and the contract need is asked for."""

from bucketwright.estate import READERS
from bucketwright.judging import Selection
from bucketwright.looking.needs import asked_rules, needs
from bucketwright.looking.scope import Scope
from bucketwright.rules import catalogue
from tests.audits.paper import Paper, declared, listing


def test_a_rule_that_is_not_asked_for_needs_nothing() -> None:
    """Of two selections the larger one needs what the other does, and more."""
    some, every = needs(Scope(selection=Selection("baseline"))), needs(Scope(selection=Selection("all")))

    assert some.own["bucket"] < every.own["bucket"]
    assert "inventory" in every.own["bucket"] - some.own["bucket"]


def test_one_rule_more_needs_what_it_reads() -> None:
    """A rule that is asked for by its name, beside a profile."""
    plain, more = (
        needs(Scope()),
        needs(Scope(selection=Selection(also=frozenset({"account-access-analyzer"})))),
    )

    assert "analyzers" in more.own["account"]
    assert "account" not in plain.own


def test_what_a_contract_sets_is_read_whether_a_rule_asks_or_not() -> None:
    """Every fact that it wants anything of, of every kind that it makes."""
    around = declared()
    found = needs(Scope(around))
    assert around.intended is not None

    for posture in around.intended.postures.values():
        assert {name for name in posture.facts if posture.kind == "bucket"} <= found.own["bucket"]
    assert found.own["key"] == frozenset(READERS["key"][1])


def test_a_rule_that_a_setting_of_the_contract_asks_for_is_among_them() -> None:
    """Encryption under a key of one's own is asked for by no usual profile; the contract has it."""
    plain = {one.id for one in asked_rules(Scope())}
    found = {one.id for one in asked_rules(Scope(declared()))}

    assert "default-encryption-cmk" in found - plain


def test_rules_of_objects_need_nothing_where_no_object_is_looked_at() -> None:
    """Those of uploads are always judged."""
    kinds = {one.kind.kind for one in asked_rules(Scope(selection=Selection("all")))}
    more = {one.kind.kind for one in asked_rules(Scope(selection=Selection("all"), objects=True))}

    assert more - kinds == {"object", "delete_marker"}
    assert "upload" in kinds


def test_a_stranger_is_asked_only_for_what_others_look_at_in_it() -> None:
    """A log target that nobody asked about: its policy, and not who is told of its objects."""
    from bucketwright.calls import Answer

    logging = Answer({"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": ""}})

    def of_files(params: object) -> Answer:
        return logging if isinstance(params, dict) and params["Bucket"] == "files" else Answer()

    paper = Paper(ListBuckets=listing("files", "logs"), GetBucketLogging=of_files)
    looked = paper.look(Scope(buckets=frozenset({"files"})))

    assert {"Bucket": "logs"} in paper.asked("GetBucketPolicy")
    assert {"Bucket": "logs"} not in paper.asked("GetBucketNotificationConfiguration")
    assert "bucket:logs" in looked.estate.postures


def test_every_fact_that_a_rule_reads_is_one_that_exists() -> None:
    """A misspelt name would never be asked for."""
    for rule in catalogue().values():
        for read in rule.reads:
            kind, _, name = read.rpartition(".")
            assert not kind or name in READERS[kind][1] or kind not in READERS, (rule.id, read)


def test_under_a_contract_it_is_told_where_every_access_point_leads() -> None:
    """A contract makes none: one at a bucket of its own is nobody's, whatever rules are asked for."""
    assert "bucket" in needs(Scope(declared())).own["access_point"]
    assert "bucket" not in needs(Scope()).own["access_point"]
