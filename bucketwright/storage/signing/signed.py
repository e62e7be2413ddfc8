"""What does a signed permission look like? A value that shows itself to nobody but who asks for its parts.

Whoever has a signed address may do what it says, so it stands in no repr, and thereby in no log and no trace,
and it is not pickled: caches and queues are places where others look.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, NoReturn

from bucketwright.plain_text import shown
from bucketwright.storage.errors import Refused

_OF_CLOUDFRONT: Final = "cloudfront.net"
"""Nobody may set cookies for all of it."""


class Hidden(ABC):
    """Tells what it is for and when it ends, and nothing that it could be used with."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._told()}>"

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError(
            f"a {type(self).__name__} is not pickled or copied: hand on its parts to who may use it"
        )

    @abstractmethod
    def _told(self) -> str:
        """What it is for, and until when."""


@dataclass(frozen=True, slots=True, repr=False)
class SignedUrl(Hidden):
    """One request that whoever has it may send."""

    method: Literal["GET", "PUT"]
    name: str
    """Below the place."""
    key: str
    url: str
    headers: Mapping[str, str]
    """They are sent exactly so, or the server refuses the request."""
    until: datetime
    """When it ends."""
    warnings: tuple[str, ...] = ()
    """Why it may end too early."""

    def for_page(self) -> Mapping[str, object]:
        """What a page needs to send it, as JSON holds it."""
        return {"method": self.method, "url": self.url, "headers": dict(self.headers), **_end(self.until)}

    def _told(self) -> str:
        return f"{self.method} {shown(self.key, 120)} until {self.until.isoformat()}"


@dataclass(frozen=True, slots=True, repr=False)
class SignedForm(Hidden):
    """One upload that whoever has it may send as a form, the file as its last field."""

    name: str
    """Below the place."""
    key: str
    url: str
    fields: Mapping[str, str]
    """They are sent exactly so; only of a Content-Type that ends in / the page says the rest."""
    most: int
    """Bytes that the server takes."""
    until: datetime
    """When it ends."""
    warnings: tuple[str, ...] = ()
    """Why it may end too early."""

    def for_page(self) -> Mapping[str, object]:
        """What a page needs to send it, as JSON holds it."""
        return {"url": self.url, "fields": dict(self.fields), "most": self.most, **_end(self.until)}

    def _told(self) -> str:
        return f"POST {shown(self.key, 120)} until {self.until.isoformat()}"


@dataclass(frozen=True, slots=True, repr=False)
class SignedCookies(Hidden):
    """Cookies with which a browser may read all of a place through CloudFront."""

    host: str
    """For which they are."""
    path: str
    """Below which all may be read, as it stands in addresses."""
    values: Mapping[str, str]
    until: datetime
    """When they end."""

    def headers(self, domain: str) -> tuple[str, ...]:
        """The values of Set-Cookie of an application below a domain; Refused where they would not be sent."""
        if not f".{self.host}".endswith(f".{domain}") or domain == _OF_CLOUDFRONT:
            raise Refused(
                f"browsers send cookies of {shown(domain)} to no host {self.host}: declare a domain of "
                "CloudFront below yours in the contract"
            )
        rest = f"Domain={domain}; Path={self.path}; Secure; HttpOnly; SameSite=Lax"
        return tuple(f"{name}={value}; {rest}" for name, value in self.values.items())

    def _told(self) -> str:
        return f"GET https://{self.host}{self.path}* until {self.until.isoformat()}"


@dataclass(frozen=True, slots=True)
class BrowserUpload:
    """An upload in parts that a page sends; it opens nothing by itself, so an application may keep it."""

    name: str
    """Below the place."""
    upload_id: str = field(repr=False)
    size: int
    """Of the whole."""
    write_id: str = field(repr=False)
    """Noted with the object, so that a lost answer can be found again."""
    over: str = ""
    """The ETag of what it may replace."""


def _end(until: datetime) -> Mapping[str, object]:
    return {"until": until.isoformat()}
