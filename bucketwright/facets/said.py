"""What a plan or a server says of one thing, read with its types checked and its references resolved.

Nothing said is None; something unknown, or of another type than it should be, is Undetermined.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import Undetermined, Unknown

Value = TypeVar("Value")
Word = TypeVar("Word", bound=str)
Refer = Callable[[str, str, object], str | None]
"""The address of a thing of a kind that a property names, from its first property and its value."""


@dataclass(frozen=True, slots=True)
class Said:
    """One mapping of what was said, and where it stands in it."""

    values: Mapping[str, object]
    refer: Refer
    path: str = ""

    def text(self, name: str) -> str | None:
        found = self._known(name)
        return found if found is None or isinstance(found, str) else self._odd(name, "text")

    def flag(self, name: str) -> bool | None:
        found = self._known(name)
        return found if found is None or isinstance(found, bool) else self._odd(name, "true or false")

    def word(self, name: str, known: Iterable[Word]) -> Word | None:
        """One of a few known words."""
        found = self.text(name)
        if found is None:
            return None
        words = {str(word): word for word in known}
        return words[found] if found in words else self._odd(name, f"one of {', '.join(words)}")

    def choice(self, name: str, known: Mapping[str, Value]) -> Value | None:
        """What one of a few known words means."""
        word = self.word(name, known)
        return None if word is None else known[word]

    def needed(self, name: str, found: Value | None) -> Value:
        """What was read of a property that has to be there."""
        if found is None:
            raise Undetermined(self._at(name), Unknown("is not said, and has to be"))
        return found

    def number(self, name: str) -> int | None:
        """A whole number; the engine sends all numbers as floats."""
        found = self._known(name)
        if found is None or (isinstance(found, int) and not isinstance(found, bool)):
            return found
        if isinstance(found, float) and found.is_integer():
            return int(found)
        return self._odd(name, "a whole number")

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; what is not said is empty."""
        found = self._known(name)
        several = (found,) if isinstance(found, str) else self.entries(name)
        return tuple(self._text(name, one) for one in several)

    def part(self, name: str) -> "Said | None":
        """A mapping inside; also the only one of a list, whose name may be the plural, as in older forms."""
        plural = f"{name}s"
        if name not in self.values and not isinstance(self.values.get(plural), Mapping):
            name = plural
        found = self._known(name)
        if isinstance(found, list | tuple) and len(found) <= 1:
            found = found[0] if found else None
        return None if found is None else self._below(name, found)

    def inside(self, name: str) -> "Said":
        """The same, with nothing in it where there is none."""
        part = self.part(name)
        return Said({}, self.refer, self._at(name)) if part is None else part

    def parts(self, name: str) -> tuple["Said", ...]:
        """The mappings of a list; what is not said is empty."""
        found = self._known(name)
        several = (found,) if isinstance(found, Mapping) else self.entries(name)
        return tuple(self._below(f"{name}[{number}]", one) for number, one in enumerate(several))

    def entries(self, name: str) -> tuple[object, ...]:
        """A list as it is, with what is unknown in it; what is not said is empty."""
        found = self._known(name)
        several = () if found is None else found
        return tuple(several) if isinstance(several, list | tuple) else self._odd(name, "a list")

    def reference(self, kind: str, name: str) -> str | None:
        """The address of what a property names; its text where that is none of ours."""
        found = self.values.get(name)
        if found is None:
            return None
        address = self.address(kind, name, found)
        return address if address is not None else self.text(name)

    def address(self, kind: str, name: str, found: object) -> str | None:
        """The address of one value of a property, where it names something of ours."""
        return self.refer(kind, self._at(name).split(".")[0].split("[")[0], found)

    def map(self, name: str) -> Mapping[str, str]:
        """A mapping of texts; what is not said is empty."""
        inside = self.part(name)
        return {} if inside is None else {key: inside.text(key) or "" for key in inside.values}

    def _known(self, name: str) -> object:
        return self._settled(name, self.values.get(name))

    def _settled(self, name: str, found: object) -> object:
        if found == UNKNOWN_INPUT:
            raise Undetermined(self._at(name), Unknown("is known only after deployment"))
        return found

    def _text(self, name: str, found: object) -> str:
        one = self._settled(name, found)
        return one if isinstance(one, str) else self._odd(name, "a list of texts")

    def _below(self, name: str, found: object) -> "Said":
        inner = self._settled(name, found)
        if not isinstance(inner, Mapping):
            return self._odd(name, "a mapping")
        return Said(inner, self.refer, self._at(name))

    def _odd(self, name: str, wanted: str) -> NoReturn:
        raise Undetermined(self._at(name), Unknown(f"is not {wanted}"))

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name
