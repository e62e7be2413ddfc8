"""Which content types does a file name extension stand for, and does a list of types allow one?"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES_OF_EXTENSION: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        ".7z": ("application/x-7z-compressed",),
        ".aac": ("audio/aac",),
        ".avif": ("image/avif",),
        ".bmp": ("image/bmp",),
        ".bz2": ("application/x-bzip2",),
        ".css": ("text/css",),
        ".csv": ("text/csv",),
        ".doc": ("application/msword",),
        ".docx": (f"{_OFFICE}.wordprocessingml.document",),
        ".eml": ("message/rfc822",),
        ".epub": ("application/epub+zip",),
        ".flac": ("audio/flac",),
        ".gif": ("image/gif",),
        ".gz": ("application/gzip",),
        ".heic": ("image/heic",),
        ".htm": ("text/html",),
        ".html": ("text/html",),
        ".ico": ("image/x-icon", "image/vnd.microsoft.icon"),
        ".ics": ("text/calendar",),
        ".jpeg": ("image/jpeg",),
        ".jpg": ("image/jpeg",),
        ".js": ("text/javascript", "application/javascript"),
        ".json": ("application/json",),
        ".jsonl": ("application/jsonl", "application/x-ndjson"),
        ".m4a": ("audio/mp4",),
        ".md": ("text/markdown",),
        ".mov": ("video/quicktime",),
        ".mp3": ("audio/mpeg",),
        ".mp4": ("video/mp4",),
        ".odt": ("application/vnd.oasis.opendocument.text",),
        ".ogg": ("audio/ogg", "video/ogg"),
        ".parquet": ("application/vnd.apache.parquet", "application/octet-stream"),
        ".pdf": ("application/pdf",),
        ".png": ("image/png",),
        ".ppt": ("application/vnd.ms-powerpoint",),
        ".pptx": (f"{_OFFICE}.presentationml.presentation",),
        ".rtf": ("application/rtf", "text/rtf"),
        ".svg": ("image/svg+xml",),
        ".tar": ("application/x-tar",),
        ".tif": ("image/tiff",),
        ".tiff": ("image/tiff",),
        ".ts": ("text/typescript", "application/typescript", "video/mp2t"),
        ".txt": ("text/plain",),
        ".wav": ("audio/wav", "audio/x-wav"),
        ".webm": ("video/webm",),
        ".webp": ("image/webp",),
        ".xls": ("application/vnd.ms-excel",),
        ".xlsx": (f"{_OFFICE}.spreadsheetml.sheet",),
        ".xml": ("application/xml", "text/xml"),
        ".yaml": ("application/yaml", "text/yaml"),
        ".yml": ("application/yaml", "text/yaml"),
        ".zip": ("application/zip",),
        ".zst": ("application/zstd",),
    }
)
"""By extension, its usual type first. Extensions that stand for nothing in particular are not in it."""


def types_of(extension: str) -> tuple[str, ...]:
    """The types of an extension, also of a double one such as `.tar.gz`; empty where none is well known."""
    last = "." + extension.rpartition(".")[2]
    return TYPES_OF_EXTENSION.get(extension) or TYPES_OF_EXTENSION.get(last, ())


def allows(entries: Iterable[str], media_type: str) -> bool:
    """Whether one of these types, or families such as `image/*`, covers a type."""
    family = media_type.partition("/")[0] + "/*"
    return any(entry in {media_type, family, "*/*"} for entry in entries)
