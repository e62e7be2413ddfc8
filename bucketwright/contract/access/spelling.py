"""The keys of a template, and the texts with which they begin, as sets that IAM's kernel can search."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, product
from math import prod
from typing import Final

from bucketwright.contract.keys.automata import shapes
from bucketwright.contract.keys.templates import PathTemplate, Template
from bucketwright.iam.charset import Repeat
from bucketwright.iam.languages import EVERYTHING, Leaf, Or

_MOST_SPELLINGS: Final = 64
_BELOW: Final = Repeat(EVERYTHING, 0, None)
_Tokens = tuple[Repeat, ...]


def keys_of(template: Template) -> Or:
    """All keys the template owns; more where its types have too many spellings to compare."""
    return Or(tuple(map(Leaf, _spellings(template))))


def beginnings(template: Template) -> Or:
    """All texts with which the template's keys begin."""
    return _cut(_spellings(template))


def unfinished(path: PathTemplate) -> Or:
    """All texts with which paths of the template begin, the whole paths left out."""
    return _cut([tokens[:-2] for tokens in _spellings(path)])


def _cut(spellings: Sequence[_Tokens]) -> Or:
    cuts = (
        Leaf((*tokens[:at], Repeat(tokens[at].chars, 0, tokens[at].high)))
        for tokens in spellings
        for at in range(len(tokens))
    )
    return Or(tuple(dict.fromkeys(cuts)))


@lru_cache(maxsize=4_096)
def _spellings(template: Template) -> tuple[_Tokens, ...]:
    choices = [shapes(item) for item in template.items]
    if prod(map(len, choices)) > _MOST_SPELLINGS:
        return (template.tokens(),)
    end = (_BELOW,) if template.ending else ()
    return tuple((*chain.from_iterable(spelling), *end) for spelling in product(*choices))
