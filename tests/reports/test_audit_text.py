"""An audit on a terminal: the verdict first, what follows inside its cause, and no line too long."""

from dataclasses import replace
from textwrap import wrap

from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.audited import Audit, Part
from bucketwright.reports.audit_text import WIDTH, _folded, _Line, lines, verdict
from tests.reports.audits import AUDIT, DRIFT, HIDDEN, NOW, ROLE, audits, part
from tests.reports.reviews import VERSIONS

TEXT = list(lines(AUDIT))


def test_the_verdict_comes_first() -> None:
    """How much, how grave, how new."""
    first = "shop/prod: 4 findings (1 high, 2 medium, 1 low), 1 not decided, 1 exempted"
    assert TEXT[0].startswith(first)
    assert TEXT[1] == "  new and 1 fixed since 2026-11-18 12:00 UTC"


def test_the_gravest_comes_first() -> None:
    """Each severity under its own head."""
    heads = [one for one in TEXT if one and not one.startswith(" ")][1:]

    assert heads == [
        "HIGH",
        "MEDIUM",
        "LOW",
        "NOT DECIDED (1)",
        "FIXED (1)",
        "EXEMPTED OR ACCEPTED (1)",
        "EXEMPTIONS THAT END SOON (1)",
    ]


def test_what_follows_stands_inside_its_cause() -> None:
    """Further in, below the words of the drift."""
    at = TEXT.index("  config-drift")

    assert TEXT[at + 1 : at + 7] == [
        "    bucket files (shop-prod-files) in us-west-2: acl, new",
        "      ACL has READ for everybody",
        "      breaks:",
        "        - acl-public-read (critical): bucket files: everyone may read",
        "    expected: no such ACL",
        "    fix: Deploy again, or declare what is meant.",
    ]


def test_one_rule_is_explained_once() -> None:
    """Several that break it stand together; what differs is said of each."""
    two = replace(VERSIONS, subject=replace(VERSIONS.subject, address="bucket:logs"))
    other = replace(DRIFT, subject=replace(DRIFT.subject, address="bucket:logs"), expected="another")
    text = list(lines(replace(AUDIT, parts=(part(VERSIONS, two, DRIFT, other),))))

    assert sum("  fix: " in one for one in text) == 2
    assert [one.strip() for one in text if "expected:" in one] == [
        "expected: no such ACL",
        "expected: another",
        "expected: versioning Enabled",
    ]


def test_where_it_is_declared_and_since_when_it_is_known() -> None:
    """The line of the contract, and the first run that found it."""
    assert any(one.endswith(", since 2026-11-18 12:00 UTC") for one in TEXT)
    assert "      declared: stacks/contract.yaml:12" in TEXT


def test_nothing_is_said_of_age_where_there_was_no_run_before() -> None:
    """Then all would be new."""
    text = "\n".join(lines(replace(AUDIT, since=None)))

    assert ", new" not in text
    assert " since " not in text


def test_what_is_not_decided_is_counted_by_its_reason() -> None:
    """The permission that is missing is said once, with all that hangs on it."""
    both = (HIDDEN, replace(HIDDEN, rule="website-hosting", because="website: s3:GetBucketCORS is denied"))
    text = list(lines(replace(AUDIT, parts=(part(*both),))))
    at = text.index("NOT DECIDED (2)")

    assert " ".join(one.strip() for one in text[at + 1 : at + 3]) == (
        "s3:GetBucketCORS is denied: 2 not decided, of bucket files (cors-open, website-hosting)"
    )


def test_several_accounts_stand_apart() -> None:
    """Each head says of which it is."""
    audit = replace(AUDIT, stack="", parts=(part(VERSIONS), part(ROLE, account="210987654321")))
    text = list(lines(audit))

    assert text[0].startswith("account 123456789012, 210987654321: 2 findings")
    assert [one for one in text if one.startswith("MEDIUM")] == [
        "MEDIUM in account 123456789012",
        "MEDIUM in account 210987654321",
    ]


def test_what_is_kept_is_said_where_it_is_asked_for() -> None:
    """With --all."""
    assert "  tls-only: bucket files" in list(lines(AUDIT, passing=True))
    assert "  tls-only: bucket files" not in TEXT


def test_an_audit_without_findings_says_so() -> None:
    """In one line."""
    empty = Audit(NOW, (Part("123456789012", ()),), "shop", "prod")

    assert list(lines(empty)) == ["shop/prod: no findings"]


def test_what_is_accepted_does_not_count() -> None:
    """It is listed apart."""
    audit = replace(AUDIT, parts=(part(VERSIONS, accepted=(VERSIONS,)),))

    assert verdict(audit).startswith("no findings, 1 accepted")
    assert "accepted as it is" in " ".join(one.strip() for one in lines(audit))


@given(audits())
@settings(max_examples=150, deadline=None)
def test_no_line_is_too_long_or_hides_anything(audit: Audit) -> None:
    """Whatever the names: nothing directs the terminal, and eighty columns are enough."""
    for line in lines(audit, passing=True):
        assert line.isprintable() or line == ""
        assert len(line) <= WIDTH


@given(st.text(st.sampled_from("ab -\t\né\u3000"), min_size=1, max_size=14), st.integers(0, 2))
def test_a_line_that_fits_is_as_a_folded_one(text: str, depth: int) -> None:
    """Whatever is in it: only whether it has to be folded is looked at before."""
    margin = "  " * depth
    folded = wrap(text, 10, initial_indent=margin, subsequent_indent=f"{margin}  ", break_on_hyphens=False)

    assert list(_folded(_Line(text, depth), 10)) == folded
