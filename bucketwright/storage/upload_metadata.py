"""What is said of an uploaded file on its way through queues and services, and does it fit together?

A small file travels inside; a larger one lies in a bucket, and its key travels. On the wire names are spelled
as its readers expect them: `fileName`, `mimeType`, `s3Key`, `s3Url`.
"""

from typing import Annotated, Final, Self
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, Base64Bytes, BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from bucketwright.contract.keys.key_text import key_fault
from bucketwright.contract.media_types import types_of
from bucketwright.plain_text import shown

LARGEST_INLINE: Final = 100_000
"""Bytes of the largest file that travels inside."""


def _name(text: str) -> str:
    if not text.strip() or set(text) & set("/\\") or not text.isprintable():
        raise ValueError("a file name is needed, on one line and without folders")
    return text


def _key(text: str) -> str:
    fault = key_fault(text)
    if fault is not None or text.endswith("/"):
        raise ValueError("no key of an object: " + (fault.reason if fault else "it ends in '/'"))
    return text


class FileUploadMetadata(BaseModel):
    """One uploaded file; what does not fit together is refused, with what does not."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        validate_by_alias=True,
        validate_by_name=True,
    )

    file_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")]
    file_name: Annotated[str, AfterValidator(_name), Field(max_length=255)]
    mime_type: Annotated[str, Field(pattern=r"^[a-z0-9.+-]+/[a-z0-9.+-]+$")]
    extension: Annotated[str, Field(pattern=r"^\.[a-z0-9]{1,16}(\.[a-z0-9]{1,16})?$")]
    """With its dot, in lower case."""
    size: Annotated[int, Field(ge=0, strict=True)]
    index: Annotated[int, Field(ge=0, strict=True)] = 0
    """Its place among the files of one upload."""
    page_count: Annotated[int, Field(ge=1, strict=True)] | None = None
    content: Base64Bytes | None = Field(default=None, repr=False)
    """All of a small file; in base64 on the wire."""
    s3_key: Annotated[str, AfterValidator(_key)] | None = Field(default=None, alias="s3Key")
    s3_url: Annotated[str, Field(max_length=4_096)] | None = Field(default=None, alias="s3Url")

    @property
    def is_inline(self) -> bool:
        """Whether the file itself travels."""
        return self.content is not None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        wrong = [*self._wrong_name(), *self._wrong_content(), *self._wrong_url()]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def _wrong_name(self) -> list[str]:
        wrong = []
        if not self.file_name.lower().endswith(self.extension):
            wrong.append(f"extension is {self.extension}, and fileName is {shown(self.file_name)}")
        named = types_of(self.extension)
        if named and self.mime_type not in named:
            wrong.append(
                f"mimeType is {self.mime_type}, and {self.extension} stands for {' or '.join(named)}"
            )
        return wrong

    def _wrong_content(self) -> list[str]:
        if self.size > LARGEST_INLINE:
            missing = (
                [] if self.s3_key else [f"a file of {self.size:,} bytes comes by s3Key, and there is none"]
            )
            extra = (
                [] if self.content is None else [f"a file of {self.size:,} bytes is too large for content"]
            )
            return missing + extra
        if self.content is None:
            return [f"a file of {self.size:,} bytes comes as content, and there is none"]
        if len(self.content) != self.size:
            return [f"size is {self.size:,}, and content has {len(self.content):,} bytes"]
        return ["a file comes as content or by s3Key, not both"] if self.s3_key else []

    def _wrong_url(self) -> list[str]:
        if self.s3_url is None:
            return []
        if self.s3_key is None:
            return ["s3Url needs s3Key beside it"]
        try:
            parts = urlsplit(self.s3_url)
        except ValueError:
            return ["s3Url is no address"]
        path = unquote(parts.path).lstrip("/")
        fits = path == self.s3_key or path.endswith(f"/{self.s3_key}")
        if parts.scheme not in {"https", "http", "s3"} or not parts.netloc:
            return ["s3Url is no address"]
        return [] if fits else [f"s3Url does not lead to s3Key {shown(self.s3_key, 120)}"]
