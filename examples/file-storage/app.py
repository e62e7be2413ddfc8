"""A web application whose users upload straight from their browsers; no byte of a file passes through it.

    BUCKETWRIGHT_CONTRACT=contract.yaml BUCKETWRIGHT_ENVIRONMENT=staging uvicorn app:app

What is uploaded waits in quarantine for the scanner; what is released is read by links. It asks nobody who
they are: put your login before every route, and let `at(...)` take the user from there.
"""

from functools import cache
from pathlib import Path, PurePosixPath
from typing import Annotated, Final

from fastapi import Depends, FastAPI, Header, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from pydantic import BaseModel, Field

from bucketwright.storage import (
    AlreadyThere,
    Changed,
    Denied,
    Link,
    NotFound,
    Refused,
    Storage,
    StorageError,
)
from bucketwright.storage.naming import below

app: Final = FastAPI()
_PAGE: Final = Path(__file__).with_name("page.html")
_STATUS: Final = {NotFound: 404, Refused: 422, AlreadyThere: 409, Changed: 409, Denied: 403}


class Announced(BaseModel):
    """What a user is about to upload."""

    name: str = Field(min_length=1, max_length=200)
    size: int = Field(gt=0)


class Begun(BaseModel):
    """How the page uploads it: a form, and the key it will have."""

    key: str
    form: dict[str, object]


@cache
def storage() -> Storage:
    """As the environment's variables say; no name of a bucket stands here."""
    return Storage.open()


Stored = Annotated[Storage, Depends(storage)]


@app.get("/")
def page() -> HTMLResponse:
    """The page that uploads."""
    return HTMLResponse(_PAGE.read_text("utf-8"))


@app.post("/uploads")
def begin(announced: Announced, stored: Stored, origin: Annotated[str, Header()] = "") -> Begun:
    """A form for one upload of that size, into a folder of its own in quarantine."""
    place = stored.prefix("uploads/quarantine").fresh()
    name = PurePosixPath(announced.name).name
    form = place.signed_post(name, Link(size=announced.size, origin=origin))
    return Begun(key=form.key, form=dict(form.for_page()))


@app.get("/files/{word:path}")
def read(word: str, stored: Stored) -> RedirectResponse:
    """A file that was released, such as /files/2026/11/21/ID.pdf, by a link that lives two hours."""
    found = below(stored.prefix("uploads/uploads"), word)
    if found is None or not found.place.exists(found.name):
        raise NotFound(f"there is no file {word}")
    return RedirectResponse(found.place.signed_get(found.name).url)


@app.exception_handler(StorageError)
def told(_request: Request, error: StorageError) -> JSONResponse:
    """What the storage says no to, with the status that says so; what nobody can tell is 503."""
    status = _STATUS.get(type(error), 503)
    return JSONResponse({"error": error.message if status < 500 else "try again later"}, status)
