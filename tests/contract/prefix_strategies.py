"""Hypothesis strategies of prefixes, and of the words and lives that all parts of a contract share."""

from typing import Final

from hypothesis import strategies as st

Data = dict[str, object]

TYPES: Final = ("application/pdf", "image/*", "text/plain", "application/json")
EXTENSIONS: Final = {".pdf": "application/pdf", ".png": "image/*", ".txt": "text/plain", ".custom": None}
CHAINS: Final = (
    ("standard-ia", "glacier-ir", "deep-archive"),
    ("standard-ia", "glacier"),
    ("intelligent-tiering", "glacier"),
    ("onezone-ia", "glacier"),
    ("glacier", "deep-archive"),
    ("glacier-ir",),
    ("deep-archive",),
)
EARLIEST: Final = {"standard-ia": 30, "onezone-ia": 30}
STAY: Final = {"standard-ia": 30, "onezone-ia": 30, "glacier-ir": 90, "glacier": 90, "deep-archive": 180}


def ids() -> st.SearchStrategy[str]:
    """Ids of buckets, prefixes and roles; none that ends like a reserved bucket name."""
    return st.from_regex(r"[a-z]{3,8}(-[a-z]{3,5})?", fullmatch=True)


def days(low: int, high: int = 2000) -> st.SearchStrategy[str]:
    """A number of days with its unit."""
    return st.integers(low, high).map(lambda count: f"{count} days")


def sizes() -> st.SearchStrategy[str]:
    """Sizes that every transfer setting drawn here can carry."""
    return st.builds(lambda n, unit: f"{n} {unit}", st.integers(1, 400), st.sampled_from(["KB", "MB", "MiB"]))


def tags(most: int = 4) -> st.SearchStrategy[dict[str, str]]:
    """Tags as S3 takes them."""
    key = st.from_regex(r"[a-z]{1,12}", fullmatch=True)
    return st.dictionaries(key, st.from_regex(r"[A-Za-z0-9 _.:/=+@-]{0,20}", fullmatch=True), max_size=most)


@st.composite
def courses(draw: st.DrawFn) -> Data:
    """Moves through storage classes, each after its minimum stay, and perhaps an end."""
    chain = draw(st.sampled_from(CHAINS))
    steps: list[Data] = []
    age = 0
    for target in chain[: draw(st.integers(1, len(chain)))]:
        age = max(age, EARLIEST.get(target, 1)) + draw(st.integers(0, 200))
        steps.append({"after": f"{age} days", "to": target})
        age += max(STAY.get(target, 1), 1)
    life: Data = {"archive": steps[0] if len(steps) == 1 and draw(st.booleans()) else steps}
    if draw(st.booleans()):
        life["expire"] = f"{age + draw(st.integers(0, 500))} days"
    return life


def lives() -> st.SearchStrategy[Data]:
    """What becomes of a prefix's objects with age."""
    return st.one_of(
        st.just({}),
        st.just({"keep": "forever"}),
        st.fixed_dictionaries({"expire": days(1)}),
        courses(),
    )


@st.composite
def contents(draw: st.DrawFn) -> Data:
    """Types and extensions that go together."""
    types = draw(st.lists(st.sampled_from(TYPES), unique=True))
    known = [extension for extension, kind in EXTENSIONS.items() if not types or kind in (*types, None)]
    extensions = draw(st.lists(st.sampled_from(known), unique=True)) if known else []
    return {"types": types, "extensions": extensions}


def usages() -> st.SearchStrategy[Data]:
    """Stated traffic."""
    return st.fixed_dictionaries(
        {"average_object": sizes()},
        optional={"stored": sizes(), "added": sizes(), "reads": st.integers(0, 10**9), "downloads": sizes()},
    )


def deliveries() -> st.SearchStrategy[object]:
    """Ways out that need nothing else, in short and in long form."""
    return st.sampled_from(
        ["none", "presigned", {"via": "cloudfront", "expires": "30 days"}, {"via": "compatible"}]
    )


def writes() -> st.SearchStrategy[object]:
    """Ways to write, in short and in long form."""
    return st.sampled_from(["create", "overwrite", "if-unchanged", {"mode": "create", "on_clash": "suffix"}])


@st.composite
def prefixes(draw: st.DrawFn, path: str, *, versioned: bool = False) -> Data:
    """A prefix whose keys begin with a path."""
    variables = draw(st.sampled_from(["", "{case_id:int}/", "{day:date}/{name:slug}/", "{file:uuid}/x/"]))
    prefix: Data = {"path": path + variables, **draw(lives()), **draw(contents())}
    optional = {
        "max_size": sizes(),
        "delivery": deliveries(),
        "write": writes(),
        "data_class": st.sampled_from(["public", "internal", "confidential", "restricted"]),
        "tags": tags(),
        "usage": usages(),
        "objects": st.sampled_from(["chunk_{i:int}.txt", "{file_name}"]),
    }
    if versioned:
        optional["noncurrent"] = st.fixed_dictionaries(
            {"expire": days(1)}, optional={"keep_newest": st.integers(1, 100)}
        )
    return prefix | draw(st.fixed_dictionaries({}, optional=optional))


@st.composite
def prefix_sets(
    draw: st.DrawFn, beginning: str, *, versioned: bool = False, least: int = 0, most: int = 4
) -> Data:
    """Prefixes of one bucket; their first segments differ, so no key belongs to two."""
    names = draw(st.lists(ids(), unique=True, min_size=least, max_size=most))
    return {name: draw(prefixes(f"{beginning}{name}/", versioned=versioned)) for name in names}
