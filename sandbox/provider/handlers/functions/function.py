"""A function of Lambda that is a container image."""

from typing import Any, Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.partitions import arn
from sandbox.provider.retelling import COMPUTED, retold
from sandbox.provider.schema import kinds_of
from sandbox.provider.spelling import Spelling
from sandbox.provider.tagging import removed, said_tags, tags_of
from sandbox.provider.words import Words

_TYPE: Final = "aws:lambda/function:Function"
_GONE: Final = ("ResourceNotFoundException",)
_WORDS: Final = Words(
    _TYPE, Spelling({"name": "FunctionName", "commands": "Command", "entryPoints": "EntryPoint"})
)
_CARRIED: Final = frozenset(
    {
        "architectures", "description", "environment", "imageConfig", "imageUri", "loggingConfig",
        "memorySize", "name", "packageType", "region", "role", "tags", "timeout",
    }
)  # fmt: skip
_DEFAULTS: Final = {
    "architectures": ["x86_64"],
    "loggingConfig": COMPUTED,
    "memorySize": 128,
    "timeout": 3,
}


class Function:
    """Known by its name. How its image starts cannot change here: moto would keep what it was first told."""

    type = _TYPE
    names = "name"
    replaces = frozenset({"imageConfig", "name", "packageType"})

    @property
    def refuses(self) -> frozenset[str]:
        """All that is not carried here: code that is no image among it."""
        return frozenset(kinds_of(_TYPE)) - _CARRIED

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it."""
        functions, name = clients.client("lambda"), str(inputs["name"])
        told = _WORDS.tell(functions, "create_function", inputs)
        functions.create_function(**told, Code={"ImageUri": inputs["imageUri"]})
        return now_live(self, clients, name, inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """Its settings, its image and its tags."""
        functions = clients.client("lambda")
        found = ask(functions.get_function, _GONE, FunctionName=id_)
        if found is None:
            return None
        settings = dict(found["Configuration"])
        settings["ImageConfig"] = settings.pop("ImageConfigResponse", {}).get("ImageConfig")
        heard = _WORDS.hear(functions, "get_function", settings, "Configuration")
        live = {
            **{name: value for name, value in heard.items() if name in _CARRIED},
            "name": id_,
            **_image(functions, settings),
            "imageUri": found["Code"].get("ImageUri"),
            **said_tags(found.get("Tags", {})),
        }
        return Made(id_, retold(live, said, _DEFAULTS), {"arn": arn(clients, "lambda", f"function:{id_}")})

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Its settings and its image have calls of their own, and so have its tags."""
        functions, where = clients.client("lambda"), arn(clients, "lambda", f"function:{id_}")
        wanted = {"timeout": 3, "memorySize": 128, "description": "", **new}
        functions.update_function_configuration(
            **_WORDS.tell(functions, "update_function_configuration", wanted)
        )
        functions.update_function_code(FunctionName=id_, ImageUri=new["imageUri"])
        if removed(old, new):
            functions.untag_resource(Resource=where, TagKeys=removed(old, new))
        if tags_of(new):
            functions.tag_resource(Resource=where, Tags=tags_of(new))
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take it away."""
        ask(clients.client("lambda").delete_function, _GONE, FunctionName=id_)


def _image(functions: Any, settings: Plain) -> Plain:
    """What an answer says of the image's start, which has another name in it than in the call."""
    told = {"ImageConfig": settings["ImageConfig"]} if settings["ImageConfig"] else {}
    shape = functions.meta.service_model.operation_model("CreateFunction").input_shape
    return _WORDS.spelling.inputs({"imageConfig": kinds_of(_TYPE)["imageConfig"]}, shape, told)


HANDLER: Final = Function()
