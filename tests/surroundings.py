"""Which variables does a test see? None of the person who runs it that leads anywhere."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import pytest

NOWHERE: Final[Mapping[str, str]] = {
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}
"""What keeps the SDK from looking for settings and credentials."""


def without(*beginnings: str) -> dict[str, str]:
    """The variables of this process, but for proxies and those whose names begin like that."""
    return {
        name: text
        for name, text in os.environ.items()
        if not name.startswith(beginnings) and not name.lower().endswith("_proxy")
    }


@contextmanager
def surrounded(variables: Mapping[str, str]) -> Iterator[None]:
    """Within the block this process has these variables and no others."""
    with pytest.MonkeyPatch.context() as patched:
        for name in os.environ.keys() - variables.keys():
            patched.delenv(name)
        for name, text in variables.items():
            if os.environ.get(name) != text:
                patched.setenv(name, text)
        yield
