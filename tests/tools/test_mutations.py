"""Is a file broken in every small way that matters, and in none that does not?"""

import pytest

from tools.mutations import mutants


def changed(source: str, *used_elsewhere: str) -> list[str]:
    """What is changed, in words."""
    return [one.change for one in mutants(source, "some.py", frozenset(used_elsewhere))]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        pytest.param("x = a == b", ["a == b -> a != b"], id="an equality"),
        pytest.param("x = a < b", ["a < b -> a >= b", "a < b -> a <= b"], id="an order, and its edge"),
        pytest.param("x = a in b", ["a in b -> a not in b"], id="a membership"),
        pytest.param("x = a is not b", ["a is not b -> a is b"], id="an identity"),
        pytest.param(
            "x = a and b",
            ["a and b -> a or b", "a and b -> b", "a and b -> a"],
            id="a conjunction, its parts",
        ),
        pytest.param(
            "x = a or b or c",
            [
                "a or b or c -> a and b and c",
                "a or b or c -> b or c",
                "a or b or c -> a or c",
                "a or b or c -> a or b",
            ],
            id="each of three clauses",
        ),
        pytest.param("x = not a", ["not a -> a"], id="a negation"),
        pytest.param("x = a if b else c", ["a if b else c -> c if b else a"], id="a choice"),
        pytest.param("if a:\n    f()", ["if a: -> if not a:"], id="branches"),
        pytest.param("if not a:\n    f()", ["if not a: -> if a:"], id="branches of a negation, once"),
        pytest.param(
            "x = [a for a in b if c]",
            ["for a in b if c -> for a in b if not c", "for a in b if c -> for a in b"],
            id="a filter",
        ),
        pytest.param("x = any(a)", ["any(a) -> all(a)"], id="any and all"),
        pytest.param("x = max(a)", ["max(a) -> min(a)"], id="the largest and the least"),
        pytest.param("x = filter(a, b)", ["filter(a, b) -> b"], id="a filter that is a function"),
        pytest.param("x = True", ["True -> False"], id="a truth"),
        pytest.param("x = 3", ["3 -> 4"], id="a number"),
        pytest.param("x = -a", ["-a -> a"], id="a sign"),
        pytest.param("x = 'a:b'", ["'a:b' -> 'a:b~'"], id="a string that is no sentence"),
        pytest.param("x = a == 'b c'", ["a == 'b c' -> a != 'b c'"], id="words with a space are for people"),
        pytest.param("x = a - b", ["a - b -> a", "a - b -> b"], id="a difference"),
        pytest.param("x = {'a', 'b'}", ["without 'a'", "without 'b'"], id="a set"),
        pytest.param("x = {'a'}", ["{'a'} -> set()"], id="a set of one"),
        pytest.param("x = {'a': b, **c}", ["without 'a'", "without c"], id="a table"),
        pytest.param("x = ('a', 'b')", ["without 'a'", "without 'b'"], id="a tuple of data"),
        pytest.param(
            "x = (('a', b),)",
            ["without ('a', b)", "'a' -> 'a~'"],
            id="a record keeps its shape, not its words",
        ),
        pytest.param(
            "x, y = 'a', 'b'", ["'a' -> 'a~'", "'b' -> 'b~'"], id="what is unpacked keeps its shape"
        ),
        pytest.param(
            "while a:\n    break", ["while a: -> while not a:", "break -> continue"], id="a loop and its end"
        ),
        pytest.param(
            "try:\n    f()\nexcept E:\n    g()",
            ["except E: g() -> except E: raise"],
            id="what is caught is raised on",
        ),
        pytest.param(
            "x = fails_if(a, b)",
            ["fails_if(a, b) -> fails_if(b)", "fails_if(a, b) -> fails_if(a)"],
            id="faults",
        ),
        pytest.param("x = fails(*a)", ["fails(*a) -> passes()"], id="a verdict says nothing without a fault"),
        pytest.param(
            "x = passes()",
            ["passes() -> fails('broken on purpose')", "passes() -> not_applicable('broken on purpose')"],
            id="a verdict",
        ),
        pytest.param(
            "x = fails('a', severity=HIGH)",
            ["fails('a', severity=HIGH) -> passes()", "fails('a', severity=HIGH) -> fails('a')"],
            id="how grave it is",
        ),
    ],
)
def test_every_kind_of_mistake_is_made(statement: str, expected: list[str]) -> None:
    """Each kind of expression and statement is broken in the ways that belong to it."""
    assert changed(statement) == expected


@pytest.mark.parametrize(
    ("returns", "body", "expected"),
    [
        pytest.param(
            "bool", "return f(a)", ["return f(a) -> return False", "return f(a) -> return True"], id="truth"
        ),
        pytest.param("tuple[str, ...]", "return f(a)", ["return f(a) -> return ()"], id="several"),
        pytest.param(
            "Iterator[str]", "return f(a)", ["return f(a) -> return iter(())"], id="one after the other"
        ),
        pytest.param("frozenset[str]", "return f(a)", ["return f(a) -> return frozenset()"], id="a set"),
        pytest.param("Mapping[str, str]", "return f(a)", ["return f(a) -> return {}"], id="a table"),
        pytest.param("str | None", "return f(a)", ["return f(a) -> return None"], id="something or nothing"),
        pytest.param("str", "return f(a)", [], id="something"),
        pytest.param("str | None", "return None", [], id="nothing already"),
        pytest.param(
            "Verdict", "return f(a)", ["return f(a) -> return passes()"], id="a verdict from elsewhere"
        ),
        pytest.param("Verdict", "return fails(a)", ["fails(a) -> passes()"], id="a verdict, once"),
        pytest.param("Iterator[str]", "yield a", ["yield a -> yield from ()"], id="one of several"),
        pytest.param("Iterator[str]", "yield from a", ["yield from a -> yield from ()"], id="all of several"),
        pytest.param(
            "str",
            "if a:\n        return b\n    return c",
            ["if a: -> if not a:", "if a: -> if False:"],
            id="a way out",
        ),
        pytest.param("str", "for b in a:\n        continue", ["continue -> break"], id="the next one"),
    ],
)
def test_what_a_function_returns_is_changed_by_its_type(returns: str, body: str, expected: list[str]) -> None:
    """A function that promises a kind of answer gives an empty or the other one, and early ways out go."""
    assert changed(f"def it(a) -> {returns}:\n    {body}") == expected


RULE = """
_GIVEN = {given!r}
_ASKED = {asked!r}
_BEFORE, _AFTER = "before", "after"

def _made(it):
    return _GIVEN + it

@rule("some-rule", reads=["acl"], examples=lambda: [good(acl=_GIVEN), bad(acl=_made(2), other=_AFTER)])
def some_rule(bucket: "Bucket | None", _: Estate) -> Verdict:
    \"\"\"Title.\"\"\"
    return _judged(bucket)

@some_rule.fix(is_safe=False)
def mend(bucket: Bucket) -> Change:
    return change(bucket, _ASKED)

def _judged(bucket: Bucket) -> Verdict:
    return judged(bucket)
"""


def test_of_a_rule_only_what_judges_is_broken() -> None:
    """Decorators stay, and with them what examples alone use; what the rule or its fix needs is broken."""
    assert changed(RULE.format(given="given", asked="asked")) == [
        "'asked' -> 'asked~'",
        "return _judged(bucket) -> return passes()",
        "return judged(bucket) -> return passes()",
    ]


def test_what_others_import_from_a_rule_is_broken_too() -> None:
    """A name of a rule's file that another file imports is no mere example, nor is what is named with it."""
    rule = RULE.format(given="given", asked="asked")

    assert "'given' -> 'given~'" in changed(rule, "_GIVEN")
    assert "'before' -> 'before~'" in changed(rule, "_AFTER")


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param('"""Says what it is for."""', id="a docstring"),
        pytest.param("from a import b", id="an import"),
        pytest.param("x: dict[str, tuple[int, ...]]", id="an annotation"),
        pytest.param("X = Literal['a', 'b']", id="a type of words"),
        pytest.param("X = Statement | None", id="a union of types"),
        pytest.param("X = Queue | Topic | Function", id="a union of three"),
        pytest.param("X: TypeAlias = 'Statement | None'", id="a name of a type"),
        pytest.param("T = TypeVar('T', bound='Posture')", id="a variable of types"),
        pytest.param("__all__ = ['a', 'b']", id="what a module shows"),
        pytest.param("x = cast('Some', a)", id="a cast"),
        pytest.param("x = zip(a, b, strict=True)", id="a strictness"),
        pytest.param("x = f'{a}:b'", id="a text put together"),
        pytest.param("raise Problem('word')", id="what is complained of"),
        pytest.param("x = Unknown('hidden')", id="a reason"),
        pytest.param("x = f(a, expected='none')", id="an expectation"),
        pytest.param("@cache(size=1)\ndef it(): ...", id="a decorator"),
        pytest.param("class It(Base, total=False):\n    kind: str", id="a class"),
    ],
)
def test_what_decides_nothing_is_left_alone(statement: str) -> None:
    """Types, docstrings, decorators and texts for people are not broken."""
    assert changed(statement) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        pytest.param(
            "x = fails_if(a == 'b' and 'word')", "a == 'b' -> a != 'b'", id="the condition of a fault"
        ),
        pytest.param("x = fails_if(a == 'b' and 'word')", "'b' -> 'b~'", id="what it is compared with"),
        pytest.param(
            "x = fails(f\"{'one' if a > 1 else 'two'}\", b)", "a > 1 -> a >= 1", id="how many are told"
        ),
        pytest.param("x = Unknown(a[0])", "0 -> 1", id="which is told"),
        pytest.param("x = isinstance(a, B | C)", "B | C -> B", id="one of two types that are asked for"),
    ],
)
def test_what_decides_within_a_text_is_broken(statement: str, expected: str) -> None:
    """What chooses a text is no text itself."""
    assert expected in changed(statement)
    assert not any("'word'" in one.partition(" -> ")[0] and "word~" in one for one in changed(statement))


def test_each_mutant_does_what_it_says() -> None:
    """Every one is the whole file with that change alone, on the line where it is, in the order of lines."""
    source = "a = 1\nb = (a == 1,\n     a < 1)\n"
    ran = []
    for one in mutants(source, "some.py"):
        names: dict[str, object] = {}
        exec(one.code, names)  # noqa: S102 - our own text
        ran.append((one.line, one.change, names["a"], names["b"]))

    assert ran == [
        (1, "1 -> 2", 2, (False, False)),
        (2, "without a == 1", 1, (False,)),
        (2, "without a < 1", 1, (True,)),
        (2, "a == 1 -> a != 1", 1, (False, False)),
        (2, "1 -> 2", 1, (False, False)),
        (3, "a < 1 -> a >= 1", 1, (True, True)),
        (3, "a < 1 -> a <= 1", 1, (True, True)),
        (3, "1 -> 2", 1, (True, True)),
    ]


def test_no_two_mutants_are_the_same_file() -> None:
    """What is changed in two ways to the same is tried once: branches swapped, and the negation left out."""
    assert changed("if not a == b:\n    x = 1") == [
        "if not a == b: -> if a == b:",
        "a == b -> a != b",
        "1 -> 2",
    ]
