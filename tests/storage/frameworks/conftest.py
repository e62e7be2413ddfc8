"""A Django project with nothing in it but a database in memory."""

from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.conf import settings

from bucketwright.storage.testing import in_memory
from tests.storage.contracts import TEXT

if not settings.configured:
    memory = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    settings.configure(USE_TZ=True, DATABASES={"default": memory}, INSTALLED_APPS=[])
    django.setup()


@pytest.fixture
def contract_file(tmp_path: Path) -> Iterator[Path]:
    """A contract, whose storage is in memory as long as the test runs."""
    file = tmp_path / "contract.yaml"
    file.write_text(TEXT)
    with in_memory():
        yield file
