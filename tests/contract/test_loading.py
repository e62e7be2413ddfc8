"""Loading a contract: environments resolved, deltas merged, places known, problems told at once."""

from datetime import timedelta

import pytest

from bucketwright.contract.loading import (
    MOST_BUCKETS,
    MOST_ENVIRONMENTS,
)
from bucketwright.contract.model import Contract
from bucketwright.contract.problems import MOST_SHOWN, Position
from tests.contract.loading_cases import contract, environment, faults, problems

LAYERED = """\
project: demo
region: us-west-2
tags: {team: files, stage: none}
environments:
  dev:
  prod:
    protect: true
    tags: {stage: live, team: null}
    buckets:
      files:
        encryption: {bucket_key: false}
        versioning: enabled
        cors: {methods: [GET, PUT]}
        prefixes:
          documents: {types: [application/pdf]}
          extra: {path: extra/}
      scratch: null
buckets:
  files:
    encryption: kms
    cors: {origins: https://a.example.com, methods: GET}
    prefixes:
      documents: {path: documents/, expire: 30 days, types: [text/plain, image/*]}
  scratch: {}
"""


def test_the_base_holds_where_an_environment_says_nothing() -> None:
    """An empty delta leaves the base as it is."""
    dev = environment(LAYERED, "dev")
    assert (dev.project, dev.name, dev.protect) == ("demo", "dev", False)
    assert dev.tags == {"team": "files", "stage": "none"}
    assert sorted(dev.buckets) == ["files", "scratch"]
    assert dev.buckets["files"].versioning == "disabled"


def test_mappings_merge_lists_and_values_replace_and_null_removes() -> None:
    """A delta changes what it names and nothing else."""
    prod = environment(LAYERED, "prod")
    files = prod.buckets["files"]
    assert prod.protect
    assert prod.tags == {"stage": "live"}
    assert sorted(prod.buckets) == ["files"]
    assert files.versioning == "enabled"
    assert files.prefixes["documents"].types == ("application/pdf",)
    assert files.prefixes["documents"].expire == 30
    assert sorted(files.prefixes) == ["documents", "extra"]


def test_a_delta_changes_part_of_a_short_form() -> None:
    """A short form in the base counts as the mapping it stands for, so nothing safe is lost."""
    encryption = environment(LAYERED, "prod").buckets["files"].encryption
    assert (encryption.type, encryption.bucket_key) == ("kms", False)


def test_a_delta_changes_part_of_a_single_entry() -> None:
    """An entry written without its list merges as a mapping."""
    (rule,) = environment(LAYERED, "prod").buckets["files"].cors
    assert (rule.origins, rule.methods) == (("https://a.example.com",), ("GET", "PUT"))


def test_environments_share_what_neither_changes() -> None:
    """Equal parts are judged once and are one object."""
    both = contract("project: demo\nenvironments: {a: , b: {protect: true}}\nbuckets: {files: {}}\n")
    assert both.environments["a"].buckets["files"] is both.environments["b"].buckets["files"]


@pytest.mark.parametrize(
    ("where", "path", "place"),
    [
        ("dev", "buckets.files.encryption", Position(20, 5, 15)),
        ("dev", "buckets.files.encryption.type", Position(20, 5, 15)),
        ("prod", "buckets.files.encryption.bucket_key", Position(11, 22, 32)),
        ("prod", "buckets.files.encryption.type", Position(20, 5, 15)),
        ("prod", "buckets.files.versioning", Position(12, 9, 19)),
        ("dev", "buckets.files.versioning", Position(19, 3, 8)),
        ("prod", "buckets.files", Position(19, 3, 8)),
        ("prod", "buckets.files.prefixes.extra.path", Position(16, 19, 23)),
        ("prod", "buckets.files.prefixes.documents.types.0", Position(15, 31, 46)),
        ("dev", "buckets.files.prefixes.documents.types.1", Position(23, 74, 81)),
        ("prod", "buckets.files.prefixes.documents.expire", Position(23, 37, 43)),
        ("dev", "buckets.files.cors.0.origins", Position(21, 12, 19)),
        ("dev", "nowhere.at.all", Position(1, 1, 2)),
        ("unheard-of", "buckets", Position(1, 1, 2)),
    ],
)
def test_a_contract_knows_where_a_path_is_written(where: str, path: str, place: Position) -> None:
    """The smallest key is found, in the delta or in the base, or the nearest part above."""
    assert contract(LAYERED).where(where, path) == place


def test_a_path_may_be_given_in_parts() -> None:
    """A key with a dot in it is found by a path in parts."""
    dotted = contract("tags: {a.b: c}\n")
    assert dotted.where("dev", ("tags", "a.b")) == Position(3, 8, 11)


def test_a_contract_made_without_text_has_no_places() -> None:
    """A contract built from models answers with the beginning of the file."""
    made = Contract("demo", "made", {"dev": environment("")})
    assert made.where("dev", "buckets") == Position(1, 1, 2)


def test_short_forms_mean_their_long_forms() -> None:
    """Words and single entries stand for mappings and lists."""
    short = environment(
        "buckets:\n"
        "  files:\n"
        "    encryption: dsse\n"
        "    access_logs: logs\n"
        "    prefixes: {a: {path: a/, delivery: presigned, write: overwrite, types: text/plain}}\n"
        "  logs: {purpose: access-logs}\n"
    ).buckets["files"]
    long = environment(
        "buckets:\n"
        "  files:\n"
        "    encryption: {type: dsse}\n"
        "    access_logs: {to: logs}\n"
        "    prefixes:\n"
        "      a: {path: a/, delivery: {via: presigned}, write: {mode: overwrite}, types: [text/plain]}\n"
        "  logs: {purpose: access-logs}\n"
    ).buckets["files"]
    assert short == long


def test_times_and_sizes_become_numbers() -> None:
    """Days, spans and sizes are counted as they are named."""
    files = environment(
        "buckets: {files: {abort_uploads: 2 weeks, temp: {session_ttl: 90 minutes}, prefixes: "
        "{a: {path: '{session}/', max_size: 1.5 GiB}}}}\n"
    ).buckets["files"]
    assert files.abort_uploads == 14
    assert files.temp is not None
    assert files.temp.session_ttl == timedelta(hours=1, minutes=30)
    assert files.prefixes["a"].max_size == 3 * 2**29


def test_all_problems_are_told_at_once_and_in_order() -> None:
    """One reading finds what is wrong with the text, with the models and between the parts."""
    found = problems(
        "protect: yes\n"
        "buckets:\n"
        "  broken: {versioning: perhaps, prefixes: {a: {path: a}}}\n"
        "  files: {requester_pays: true, prefixes: {a: {path: a}}}\n"
        "access:\n"
        "  app: {trusts: lambda.amazonaws.com, read: [files/b, broken/a, broken/c]}\n"
    )
    assert [problem.path for problem in found] == [
        "protect",
        "buckets.broken.versioning",
        "buckets.broken.prefixes.a.path",
        "buckets.files.requester_pays",
        "buckets.files.prefixes.a.path",
        "access.app.read.0",
        "access.app.read.2",
    ]
    assert [(one.line, one.column) for one in found] == sorted((one.line, one.column) for one in found)


def test_one_problem_of_several_environments_is_told_once() -> None:
    """A fault of the base is told once; where only some environments have it, they are named."""
    every = problems("project: demo\nenvironments: {a: , b: , c: }\nbuckets: {files: {acl: private}}\n")
    some = problems(
        "project: demo\n"
        "environments: {a: , b: {protect: true}, c: {protect: true}}\n"
        "buckets: {files: {destroy_objects: true, unsafe: {destroy-objects: made again every night}}}\n"
    )
    assert [problem.message.endswith(")") for problem in every] == [False]
    assert [problem.message.endswith("(in b, c)") for problem in some] == [True]


def test_no_more_problems_are_told_than_anybody_reads() -> None:
    """A flood is cut, and said to be cut."""
    numbers = [f"k{n}: {n}" for n in range(MOST_SHOWN + 1)]
    bare = [f"B{n}: x" for n in range(3 * MOST_SHOWN)]
    traps = [f"k{n}: yes" for n in range(3 * MOST_SHOWN)]
    assert len(problems(f"tags: {{{', '.join(numbers[:MOST_SHOWN])}}}\n")) == MOST_SHOWN
    for flood in (
        f"tags: {{{', '.join(numbers)}}}\n",
        f"buckets: {{{', '.join(bare)}}}\n",
        f"tags: {{{', '.join(traps)}}}\n",
    ):
        found = problems(flood)
        assert len(found) == MOST_SHOWN + 1
        assert "the rest is left out" in found[-1].message


def test_environments_are_bounded() -> None:
    """A contract for more environments than any team has is refused."""
    names = ", ".join(f"e{n}: " for n in range(MOST_ENVIRONMENTS + 1))
    assert list(faults(f"project: demo\nenvironments: {{{names}}}\n")) == ["environments"]
    assert problems("project: demo\nenvironments: {" + names.rpartition(", ")[0] + "}\n") == ()


def test_buckets_are_bounded() -> None:
    """A contract for more buckets than an account has is refused before they are judged one by one."""
    many = [f"b{n}: " for n in range(MOST_BUCKETS + 1)]

    assert list(faults(f"buckets: {{{'nonsense, '.join(many)}}}\n")) == ["buckets"]
    assert len(environment(f"buckets: {{{'{}, '.join(many[1:])}{{}}}}\n").buckets) == MOST_BUCKETS
