"""Environments whose templates are as hard to keep apart as small ones can be."""

from collections.abc import Sequence
from typing import Final

from hypothesis import strategies as st

from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.keys.overlap import templates_overlap
from bucketwright.contract.keys.templates import NameTemplate, PathTemplate, Template
from bucketwright.contract.model import Environment

Data = dict[str, object]

ACCOUNT: Final = "111122223333"
PARTNER: Final = "444455556666"
_SEGMENTS: Final = ("a", "b", "x", "{#}", "{#:int}", "{#:slug}", "a-{#:int}", "{#}.b")
_NAMES: Final = (None, None, None, "{#}", "f_{#:int}.txt", "b/{#}", "x", "{#:int}/x")
_SETTINGS: Final[Sequence[Data]] = (
    {},
    {},
    {"expire": "7 days"},
    {"tags": {"team": "red"}},
    {"archive": {"after": "90 days", "to": "glacier"}},
)
SERVICES: Final = ("delivery.logs.amazonaws.com", "cloudtrail.amazonaws.com", "config.amazonaws.com")


def environment(**settings: object) -> Environment:
    """A production environment with these settings."""
    common = {"project": "shop", "name": "prod", "account": ACCOUNT}
    return Environment.model_validate({**common, **settings})


def files(**prefixes: object) -> Data:
    """The settings of one bucket with these prefixes, each a path or a whole prefix."""
    written = {key: {"path": one} if isinstance(one, str) else one for key, one in prefixes.items()}
    return {"buckets": {"files": {"prefixes": written}}}


@st.composite
def layouts(draw: st.DrawFn) -> dict[str, Data]:
    """Prefixes of one bucket; those that share keys say so, as a sound contract does."""
    prefixes: dict[str, Data] = {}
    keys: dict[str, Template] = {}
    for number in range(draw(st.integers(2, 4))):
        drawn = _template(draw)
        if drawn is None:
            continue
        prefix, template = drawn
        shared = [other for other in keys if templates_overlap(keys[other], template) is not None]
        dropped = draw(st.integers(0, 3)) > 0
        if shared and dropped:
            continue
        prefix_id = f"p{number}"
        prefixes[prefix_id] = {**prefix, "overlaps": shared}
        keys[prefix_id] = template
    return prefixes


def _template(draw: st.DrawFn) -> tuple[Data, Template] | None:
    """A prefix and the template of its keys; None where the draw is no template."""
    segments = draw(st.lists(st.sampled_from(_SEGMENTS), min_size=1, max_size=4))
    path = "".join(f"{segment.replace('#', f'v{n}')}/" for n, segment in enumerate(segments))
    name = draw(st.sampled_from(_NAMES))
    try:
        if name is None:
            return {"path": path}, PathTemplate(path)
        name = name.replace("#", "name")
        return {"path": path, "objects": name}, PathTemplate(path).joined(NameTemplate(name))
    except TemplateError:
        return None


@st.composite
def grantees(draw: st.DrawFn, ids: Sequence[str], number: int) -> Data:
    """Somebody, unlike the others, and what it may do."""
    whos: list[Data] = [
        {"trusts": "lambda.amazonaws.com"},
        {"principals": f"arn:aws:iam::{PARTNER}:role/g{number}"},
        {"service": {"name": SERVICES[number]}},
    ]
    who = draw(st.sampled_from(whos))
    some = st.sampled_from([*(f"files/{one}" for one in ids)] * 4 + ["files/*"])
    refs = st.lists(some, max_size=2, unique=True)
    return {**who, **{verb: draw(refs) for verb in ("read", "list", "write", "delete")}}


@st.composite
def environments(draw: st.DrawFn) -> Environment:
    """One bucket of hard templates, tags, lives and archives here and there, and one to three grantees."""
    prefixes = draw(layouts())
    for prefix in prefixes.values():
        prefix.update(draw(st.sampled_from(_SETTINGS)))
    access = {f"g{n}": draw(grantees(list(prefixes), n)) for n in range(draw(st.integers(1, 3)))}
    versioning = draw(st.sampled_from(["enabled", "disabled"]))
    bucket = {"prefixes": prefixes, "versioning": versioning}
    return environment(buckets={"files": bucket}, access=access)
