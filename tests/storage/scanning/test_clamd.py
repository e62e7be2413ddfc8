"""What does a real ClamAV daemon say, and when is one not believed?"""

import gzip
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest

from bucketwright.storage import Misconfigured, Unreachable
from bucketwright.storage.scanning import Clamd, Clean, Infected, Unscanned, clamd
from bucketwright.storage.scanning.trials import HARMLESS, VirusAtTheEnd, eicar, zeros_in_gzip, zeros_in_zip
from bucketwright.storage.scanning.wire import Address, address, scanned
from tests.storage.scanning.daemon import FILE, FOUND, LARGEST, STREAM, Daemon, daemon, scripted

ROOT: Final = Path(__file__).parents[3]


def packed(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = gzip.compress(data, mtime=0)
    return data


def zipped(data: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside", data)
    return made.getvalue()


def locked(data: bytes) -> bytes:
    """A zip file that says it is encrypted."""
    made = bytearray(zipped(data))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


@pytest.mark.requirement("FP-13")
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(eicar(), id="by itself"),
        pytest.param(packed(eicar(), 3), id="packed thrice"),
        pytest.param(zipped(eicar()), id="in a zip file"),
    ],
)
def test_a_virus_is_found(scanner: Clamd, data: bytes) -> None:
    """The test file that all scanners know."""
    assert scanner.scan(BytesIO(data)) == Infected(FOUND)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(HARMLESS, id="a line"),
        pytest.param(bytes(LARGEST), id="as much as is scanned"),
        pytest.param(eicar()[:-1], id="all of the virus but one byte"),
        pytest.param(b"nstream: x FOUND\0" * 9, id="what looks like an answer"),
    ],
)
def test_nothing_is_found(scanner: Clamd, data: bytes) -> None:
    """What is clean is called so."""
    assert scanner.scan(BytesIO(data)) == Clean()


@pytest.mark.requirement("FP-13")
@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(eicar() + bytes(LARGEST), "the most that is scanned", id="too large"),
        pytest.param(gzip.compress(bytes(2 * FILE)), "Limits.Exceeded", id="too large inside"),
        pytest.param(zipped(bytes(FILE + 1)), "Limits.Exceeded.MaxScanSize", id="too large in a zip file"),
        pytest.param(packed(zipped(bytes(2 * FILE)), 2), "Limits.Exceeded", id="too large, deep inside"),
        pytest.param(packed(eicar(), 40), "Limits.Exceeded.MaxRecursion", id="packed too often"),
        pytest.param(locked(eicar()), "Heuristics.Encrypted.Zip", id="encrypted"),
    ],
)
def test_what_was_not_looked_into_is_not_clean(scanner: Clamd, data: bytes, why: str) -> None:
    """Nor is it infected, and to scan it again is no use."""
    said = scanner.scan(BytesIO(data))

    assert isinstance(said, Unscanned)
    assert why in said.reason
    assert not said.may_pass


@pytest.mark.parametrize("size", [STREAM + 1, 9 * STREAM], ids=["by a byte", "by far"])
def test_a_stream_too_long_for_the_daemon(running: Daemon, size: int) -> None:
    """Its answer is read though it hangs up in mid-sending."""
    said = scanned(address(running.address), BytesIO(bytes(size)), 10**9, 60)

    assert said == Unscanned("the scanner takes no stream of that size", may_pass=False)


@pytest.mark.requirement("FP-13")
@pytest.mark.parametrize(
    ("asked", "seen"), [(3_500_000, 3_500_000), (25_000_000, 25_000_000 // 8)], ids=["as asked", "less"]
)
def test_the_limit_is_tried(running: Daemon, asked: int, seen: int) -> None:
    """As many bytes are scanned as asked for, or as a virus was found at the end of."""
    assert clamd(running.address, asked).largest == seen


@pytest.mark.parametrize("size", [99_999, 1_000_000])
def test_the_archive_of_a_trial(size: int) -> None:
    """It is as large as said, but for less than one block."""
    made = VirusAtTheEnd(size)

    assert size - 512 < len(b"".join(iter(lambda: made.read(1000), b""))) <= size


def test_the_zeros_of_a_trial() -> None:
    """They are in both, and nothing else."""
    with zipfile.ZipFile(BytesIO(zeros_in_zip(1_500_000))) as archive:
        assert archive.read("0") == gzip.decompress(zeros_in_gzip(1_500_000)) == bytes(2 * 1024 * 1024)


@pytest.mark.requirement("FP-13")
def test_a_daemon_that_calls_clean_what_it_leaves_out() -> None:
    """As it does by default: it is not used."""
    with daemon(AlertExceedsMax="no") as running, pytest.raises(Misconfigured, match="AlertExceedsMax yes"):
        clamd(running.address)


@pytest.mark.requirement("FP-13")
@pytest.mark.parametrize("scans", [FILE * 5 // 4, 8 * FILE], ids=["a little more", "far more"])
def test_a_daemon_that_looks_into_parts_of_zip_files(scans: int) -> None:
    """It stops at its limit of a file and says nothing: only its limit of a scan would make it."""
    with daemon(MaxScanSize=scans) as running, pytest.raises(Misconfigured, match="value of MaxFileSize"):
        clamd(running.address, LARGEST)


def test_a_daemon_that_finds_something_everywhere() -> None:
    """Nor is one that would have every upload deleted."""
    with scripted(b"stream: Some.Virus FOUND\0") as where, pytest.raises(Misconfigured, match="harmless"):
        clamd(where)


def test_a_daemon_without_signatures() -> None:
    """It is not used either."""
    with daemon(b"another file") as running, pytest.raises(Misconfigured, match="signatures been loaded"):
        clamd(running.address)


def test_a_daemon_that_looks_into_almost_nothing() -> None:
    """Nor is one whose limits no upload would keep."""
    with daemon(MaxFileSize=9_000) as running, pytest.raises(Misconfigured, match="end of an archive"):
        clamd(running.address, LARGEST)


def test_too_little_to_be_tried() -> None:
    """Nobody is asked."""
    with pytest.raises(Misconfigured, match="3,000,000 are the least"):
        clamd("unix:/nowhere", 2_999_999)


@pytest.mark.requirement("FP-13")
@pytest.mark.parametrize(
    ("answer", "says", "may_pass"),
    [
        pytest.param(b"", "without an answer", True, id="nothing"),
        pytest.param(b"stream: OK", "without an answer", True, id="half of one"),
        pytest.param(b"stream: OK \0", "'stream: OK '", True, id="one that is not quite it"),
        pytest.param(b"stream: OK\nstream: x FOUND\0", "answered", True, id="two"),
        pytest.param(b"stream: Can't allocate memory ERROR\0", "allocate memory", True, id="an error"),
        pytest.param(b"stream: Heuristics.Encrypted.PDF FOUND\0", "Encrypted.PDF", False, id="encrypted"),
        pytest.param(b"INSTREAM size limit exceeded. ERROR\0", "of that size", False, id="too large"),
        pytest.param(b"UNKNOWN COMMAND\0", "UNKNOWN COMMAND", True, id="not understood"),
        pytest.param(b"x" * 99_999, "without an answer", True, id="no end of it"),
        pytest.param(b"\xff\x1b[2J\0", "\\x1b", True, id="bytes that direct terminals"),
    ],
)
def test_what_is_no_answer(answer: bytes, says: str, may_pass: bool) -> None:
    """Only one word is: whatever else is said, nobody knows."""
    with scripted(answer) as where:
        said = scanned(address(where), BytesIO(b"data"), 10, 60)

    assert isinstance(said, Unscanned)
    assert says in said.reason
    assert said.may_pass is may_pass


def test_clean_before_all_was_read() -> None:
    """A daemon that hangs up in mid-sending has not scanned the file, whatever it says."""
    with scripted(b"stream: OK\0", reads=10) as where:
        said = scanned(address(where), BytesIO(bytes(10**8)), 10**9, 60)

    assert isinstance(said, Unscanned)


def test_names_of_viruses_are_shown_safely() -> None:
    """They come from outside."""
    with scripted(b"stream: \x1b[31mevil" + b"x" * 900 + b" FOUND\0") as where:
        said = scanned(address(where), BytesIO(b""), 10, 60)

    assert isinstance(said, Infected)
    assert said.signature.isprintable()
    assert len(said.signature) < 140


def test_over_tcp() -> None:
    """The same words through a port."""
    with scripted(b"stream: OK\0", tcp=True) as where:
        assert scanned(address(where), BytesIO(b"data"), 10, 60) == Clean()


@pytest.mark.requirement("FP-13")
def test_a_daemon_that_ends() -> None:
    """What it cannot say is not clean, and may be asked again."""
    with daemon() as running:
        tried = clamd(running.address, LARGEST)
        running.end()
        said = tried.scan(BytesIO(HARMLESS))

        assert isinstance(said, Unscanned)
        assert said.may_pass
        with pytest.raises(Unreachable, match="does not answer"):
            tried.keep_sound()


@pytest.mark.parametrize(
    "text", ["unix:/run/clamd.ctl", "/run/clamd.ctl", "127.0.0.1:3310", "[::1]:3310", "av:1"]
)
def test_addresses(text: str) -> None:
    """Sockets and ports."""
    known = {"[::1]:3310": Address(host="::1", port=3310), "av:1": Address(host="av", port=1)}

    assert address(text) == known.get(text, address(text))


@pytest.mark.parametrize(
    "text", ["", "clamd", ":3310", "a:0", "a:70000", "a:x", "unix:clamd.ctl", "unix:a:1", "/a\0b"]
)
def test_no_addresses(text: str) -> None:
    """Anything else is refused with an example."""
    with pytest.raises(Misconfigured, match=r"127\.0\.0\.1:3310"):
        address(text)


def test_the_virus_stands_in_no_file() -> None:
    """A scanner would take the checkout away."""
    kinds = {".py", ".md", ".sh", ".yaml", ".toml", ".txt", ".json"}
    folders = ("bucketwright", "tests", "docs", "tools", "cli", "examples")
    files = [one for folder in folders for one in (ROOT / folder).rglob("*") if one.suffix in kinds]

    assert [one for one in files if eicar()[28:60] in one.read_bytes()] == []
