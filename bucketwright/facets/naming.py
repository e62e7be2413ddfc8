"""What does a text name: which thing of a kind, by the name somebody gave it or the id that AWS made up?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Sort = Literal["name", "id"]


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: something by the name the program gave it, or by the id that AWS made up."""

    sort: Sort
    text: str
    account: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    """How things of one kind are named. Both patterns have groups: name or id, perhaps account and region."""

    arn: str = "(?!)"
    bare: str = "(?!)"
    """What names one beside its ARN."""

    def named(self, text: object) -> Named | None:
        """What a value names, where it is the name, the id or the ARN of one."""
        if not isinstance(text, str):
            return None
        found = re.fullmatch(self.arn, text) or re.fullmatch(self.bare, text)
        return _named(found) if found else None

    def named_in(self, text: str) -> Iterator[Named]:
        """All that a text names: one as a whole, or any number by their ARNs, as a document does."""
        whole = self.named(text)
        if whole is not None:
            yield whole
        else:
            yield from map(_named, re.finditer(self.arn, text))


def _named(found: re.Match[str]) -> Named:
    said = {group: text for group, text in found.groupdict().items() if text}
    where = (said.get("account", ""), said.get("region", ""))
    return Named("name", said["name"], *where) if "name" in said else Named("id", said.get("id", ""), *where)


_ARN: Final = "arn:[a-z0-9-]+:"
_HERE: Final = ":(?P<region>[a-z0-9-]+):(?P<account>[0-9]+):"
_ANYWHERE: Final = "::(?P<account>[0-9]+):"
_DIRECTORY: Final = "[a-z0-9.-]+--x-s3"
_BUCKET: Final = rf"(?!{_DIRECTORY}(?![A-Za-z0-9._-]))[A-Za-z0-9_][A-Za-z0-9._-]*"
_REGION: Final = "[a-z]{2,4}(?:-[a-z0-9]+)+"
_HOST: Final = rf"\.s3(?:-website)?(?:[.-](?:dualstack\.)?{_REGION})?\.amazonaws\.(?:com|com\.cn|eu)"
_WORD: Final = "[A-Za-z0-9_+=,.@-]+"
_UUID: Final = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_KEY_ID: Final = f"(?P<id>{_UUID}|mrk-[0-9a-f]{{32}})"
_ALIAS: Final = "(?P<name>alias/[A-Za-z0-9/_-]+)"
_QUEUE: Final = "[A-Za-z0-9._-]+"
_FUNCTION: Final = "[A-Za-z0-9_-]+"
_GROUP: Final = "[A-Za-z0-9._/#-]+"
_QUALIFIER: Final = "(?::[A-Za-z0-9$_-]+)?"
NAMINGS: Final[Mapping[str, Naming]] = {
    "access_point": Naming(f"{_ARN}s3{_HERE}accesspoint/(?P<name>[a-z0-9-]+)", "(?P<name>[a-z0-9-]+)"),
    "account": Naming(bare="(?P<name>[0-9]{12})"),
    "bucket": Naming(f"{_ARN}s3:::(?P<name>{_BUCKET})", f"(?P<name>{_BUCKET}?)(?:{_HOST})?"),
    "certificate": Naming(f"{_ARN}acm{_HERE}certificate/(?P<id>[A-Za-z0-9-]+)"),
    "directory_bucket": Naming(
        f"{_ARN}s3express{_HERE}bucket/(?P<name>{_DIRECTORY})", f"(?P<name>{_DIRECTORY})"
    ),
    "distribution": Naming(
        f"{_ARN}cloudfront{_ANYWHERE}distribution/(?P<id>[A-Z0-9]+)", "(?P<id>E[A-Z0-9]{8,})"
    ),
    "function": Naming(
        f"{_ARN}lambda{_HERE}function:(?P<name>{_FUNCTION}){_QUALIFIER}",
        f"(?:(?P<account>[0-9]{{12}}):function:)?(?P<name>{_FUNCTION}){_QUALIFIER}",
    ),
    "key": Naming(f"{_ARN}kms{_HERE}(?:key/{_KEY_ID}|{_ALIAS})", f"{_KEY_ID}|{_ALIAS}"),
    "log_group": Naming(rf"{_ARN}logs{_HERE}log-group:(?P<name>{_GROUP})(?::\*)?", f"(?P<name>{_GROUP})"),
    "policy": Naming(f"{_ARN}iam{_ANYWHERE}policy/(?:.*/)?(?P<name>{_WORD})"),
    "queue": Naming(
        f"{_ARN}sqs{_HERE}(?P<name>{_QUEUE})",
        rf"https://sqs\.(?P<region>{_REGION})\.amazonaws\.com(?:\.cn)?/(?P<account>[0-9]+)/(?P<name>{_QUEUE})",
    ),
    "role": Naming(f"{_ARN}iam{_ANYWHERE}role/(?:.*/)?(?P<name>{_WORD})", f"(?P<name>{_WORD})"),
    "topic": Naming(f"{_ARN}sns{_HERE}(?P<name>{_QUEUE})"),
    "trail": Naming(f"{_ARN}cloudtrail{_HERE}trail/(?P<name>[A-Za-z0-9._-]+)"),
    "vpc": Naming(bare="(?P<id>vpc-[0-9a-f]+)"),
}
"""By kind."""
