"""The ground rules of every part of a contract: frozen, no unknown keys, short forms, text of a shape."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from bucketwright.contract.described import descriptions


class Unsound(AttributeError):  # noqa: N818 - says what the field is, as its reader would
    """A field is asked for whose written value is not sound, so that nothing may be concluded from it."""


class Part(BaseModel):
    """A piece of a contract: frozen, and without room for keys nobody declared."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
    )

    @classmethod
    def without(
        cls, raw: object, faulty: Collection[str], instead: Mapping[str, object] | None = None
    ) -> Self:
        """The part without its faulty fields: whoever reads one of these learns that it is Unsound.

        What stands in for those that it needs is seen by nobody.
        """
        kept = {key: raw[key] for key in raw if key not in faulty} if isinstance(raw, dict) else raw
        if isinstance(kept, dict) and instead:
            kept |= {key: instead[key] for key in instead if key in faulty}
        part = cls.model_validate(kept)
        for name in faulty:
            part.__dict__.pop(name, None)
        return part

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """With what stands below each field. To read that at each import would take a third of its time."""
        whole = handler(schema)
        fields = handler.resolve_ref_schema(whole).get("properties", {})
        for name, text in descriptions(cls).items():
            if name in fields:
                fields[name]["description"] = text
        return whole

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            if name in type(self).model_fields:
                raise Unsound(name)
            return super().__getattr__(name)


@dataclass(frozen=True, slots=True)
class ShortForm:
    """Lets a bare word stand for a mapping with that one field: `encryption: kms`."""

    field: str

    def expand(self, value: object) -> object:
        return {self.field: value} if isinstance(value, str) else value

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        full = handler(schema)
        forms = full.get("anyOf", [full])
        word = handler.resolve_ref_schema(forms[0])["properties"][self.field]
        return {"anyOf": [{key: word[key] for key in word if key not in {"default", "title"}}, *forms]}


class OneOrMany:
    """Lets a single entry stand for a list of one."""

    @staticmethod
    def expand(value: object) -> object:
        return [value] if isinstance(value, str | int | float | Mapping | Part) else value

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        many = handler(schema)
        return {"anyOf": [many["items"], many]}


@dataclass(frozen=True, slots=True)
class Shape:
    """Text of one shape; what the pattern means is said in words, and the words are the error."""

    pattern: str
    words: str
    examples: tuple[str, ...] = ()
    strip: bool = False
    number: type[int] | type[float] | None = None
    quiet: bool = False
    """What was written is not repeated: it may be a secret put in the wrong place."""
    digits: int = 0
    """How many digits it has, where they may be written as a number and lose their leading zeros."""
    ids: bool = False
    """It is an id or made of some, so that the nearest right spelling can be told."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(pattern=self.pattern, strip_whitespace=self.strip)
        said = core_schema.custom_error_schema(
            text,
            custom_error_type="shape",
            custom_error_message="not {words}",
            custom_error_context={
                "words": ", such as ".join(filter(None, (self.words, " or ".join(self.examples)))),
                "numeric": self.number is not None,
                "quiet": self.quiet,
                "digits": self.digits,
                "ids": self.pattern if self.ids else "",
            },
        )
        if self.number is None:
            return said
        return core_schema.no_info_before_validator_function(self._unquoted, said)

    def _unquoted(self, value: object) -> object:
        """A number that was meant as text, such as an account of twelve digits, need not be quoted."""
        plain = isinstance(value, self.number or ()) and not isinstance(value, bool)
        return str(value) if plain else value

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        text: JsonSchemaValue = {"type": "string", "pattern": self.pattern}
        if self.examples:
            text["examples"] = list(self.examples)
        if self.number is None:
            return text
        return {"anyOf": [text, {"type": "integer" if self.number is int else "number"}]}
