"""The contract as a JSON Schema, for editors and for checks without bucketwright; read off the models."""

from typing import Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from bucketwright.contract.model import Head, Settings

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
IDENTIFIER: Final = "urn:bucketwright:contract:1"
_DEFINITIONS: Final = "#/$defs/"
_CHANGE: Final = "Change"
_NULL: Final[JsonSchemaValue] = {"type": "null"}


class _Spelled(GenerateJsonSchema):
    """Gives defaults in the words of a contract: `7 days`, not 7."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        result = super().default_schema(schema)
        match schema:
            case {"default": default, "schema": {"serialization": {"function": spell}}}:
                return result | {"default": spell(default)}
        return result


def schema() -> JsonSchemaValue:
    """The schema of a contract file."""
    settings = Settings.model_json_schema(schema_generator=_Spelled)
    head = Head.model_json_schema()["properties"]
    definitions = settings.pop("$defs")
    changes = {name + _CHANGE: _change(part) for name, part in definitions.items()}
    environments = head["environments"]
    (pattern,) = environments["patternProperties"]
    environments["patternProperties"] = {pattern: _or_null({"$ref": f"{_DEFINITIONS}Settings{_CHANGE}"})}
    whole: JsonSchemaValue = {
        "$schema": DIALECT,
        "$id": IDENTIFIER,
        "title": "Storage contract",
        "description": "What a team declares of its storage on S3, for all of its environments.",
        "type": "object",
        "additionalProperties": False,
        "required": list(head),
        "properties": head | settings["properties"],
        "$defs": definitions | changes | {f"Settings{_CHANGE}": _change(settings)},
    }
    return _polished(whole)


def _change(part: JsonSchemaValue) -> JsonSchemaValue:
    """What an environment may say of a part: any of it, and null to remove; lists are given whole."""
    if "$ref" in part:
        return {"$ref": part["$ref"] + _CHANGE} | _description(part)
    if "anyOf" in part:
        return {"anyOf": [_change(form) for form in part["anyOf"]]} | _description(part)
    if part.get("type") != "object":
        return {key: value for key, value in part.items() if key != "default"}
    changed = {key: value for key, value in part.items() if key not in {"required", "default"}}
    for key in ("properties", "patternProperties"):
        if key in changed:
            changed[key] = {name: _or_null(_change(below)) for name, below in changed[key].items()}
    if isinstance(changed.get("additionalProperties"), dict):
        changed["additionalProperties"] = _or_null(_change(changed["additionalProperties"]))
    return changed


def _or_null(part: JsonSchemaValue) -> JsonSchemaValue:
    forms = part["anyOf"] if "anyOf" in part else [{k: v for k, v in part.items() if k != "description"}]
    return {"anyOf": forms if _NULL in forms else [*forms, _NULL]} | _description(part)


def _description(part: JsonSchemaValue) -> JsonSchemaValue:
    return {"description": part["description"]} if "description" in part else {}


def _polished(value: JsonSchemaValue) -> JsonSchemaValue:
    """Without generated titles, closed to unknown keys, descriptions on one line and as Markdown, too."""
    return {key: _walked(item, names=key in _NAMED) for key, item in value.items()}


def _walked(value: object, *, names: bool = False) -> object:
    """Visit a schema; `names` says that the keys here are a contract's own words, not the schema's."""
    if isinstance(value, list):
        return [_walked(item) for item in value]
    if not isinstance(value, dict):
        return value
    below = {key: _walked(item, names=key in _NAMED and not names) for key, item in value.items()}
    if names:
        return below
    below.pop("title", None)
    if "patternProperties" in below:
        below["additionalProperties"] = False
        below.pop("propertyNames", None)
    if isinstance(below.get("description"), str):
        text = " ".join(str(below["description"]).split())
        below |= {"description": text, "markdownDescription": text}
    return below


_NAMED: Final = frozenset({"properties", "patternProperties", "$defs"})
