"""A page that sends files to a server of another origin, as pages of applications do."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Final

from playwright.sync_api import Browser, Page

from bucketwright.facets.bucket import cors
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.reading import Target
from bucketwright.facets.writing import Site
from tests.servers.running import Running
from tests.storage.documented import blocks

_ANSWERS: Final = """
const fileOf = (text, type) => new Blob([text], {type});
const statusOf = (request) => request.then((answer) => answer.status, () => 0);
function sendWatched(form, file) {
    return new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.upload.addEventListener("progress", () => {});
        request.addEventListener("loadend", () => resolve(request.status));
        request.open("POST", form.url);
        const data = new FormData();
        for (const [name, value] of Object.entries(form.fields)) data.append(name, value);
        data.append("file", file);
        request.send(data);
    });
}
"""
_PROGRAM: Final = "\n".join([*blocks("signed-access.md", "js"), _ANSWERS])
"""What the page on signed access tells applications to do, and what became of it."""
_PAGE: Final = f"<!doctype html><title>upload</title><script>{_PROGRAM}</script>".encode()


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(_PAGE)))
        self.end_headers()
        self.wfile.write(_PAGE)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def origin() -> Iterator[str]:
    """One that serves the page, and no other has."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass(slots=True)
class Uploading:
    """The page in a browser, and what servers answered it, whether it may read that or not."""

    page: Page
    answers: list[tuple[str, int]] = field(default_factory=list)

    def form(self, form: Mapping[str, object], text: str, media_type: str = "") -> int:
        """Send a form; the status that the page sees, 0 where it sees none."""
        return self._status(
            "([form, text, type]) => statusOf(sendForm(form, fileOf(text, type)))", [form, text, media_type]
        )

    def watched_form(self, form: Mapping[str, object], text: str) -> int:
        """The same by a page that shows how far it is, for which browsers ask the server first."""
        return self._status("([form, text]) => sendWatched(form, fileOf(text, ''))", [form, text])

    def link(self, link: Mapping[str, object], text: str) -> int:
        """Send a PUT."""
        return self._status("([link, text]) => statusOf(sendLink(link, text))", [link, text])

    def parts(self, links: list[Mapping[str, object]], text: str) -> list[str]:
        """Send a file in parts; the ETags that the page sees."""
        found = self.page.evaluate("([links, text]) => sendParts(links, fileOf(text, ''))", [links, text])
        return [str(one) for one in found]

    def _status(self, program: str, said: list[object]) -> int:
        return int(self.page.evaluate(program, said))


def make_bucket(server: Running, scope: BucketScope) -> None:
    """Make it with the CORS that its contract deploys, call for call."""
    server.client().create_bucket(Bucket=scope.name)
    site = Site(Target("bucket", scope.address, {"Bucket": scope.name}), lambda address, _: address)
    [write] = cors.to_api(cors.FRESH, cors.wanted(scope), site)
    server.client().put_bucket_cors(**write.call.params)


@contextmanager
def page_of(browser: Browser, origin: str) -> Iterator[Uploading]:
    """The page of an origin."""
    context = browser.new_context()
    shown = Uploading(context.new_page())
    context.on("response", lambda one: shown.answers.append((one.request.method, one.status)))
    shown.page.goto(origin)
    try:
        yield shown
    finally:
        context.close()
