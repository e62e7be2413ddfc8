"""Is one object changed only where that is due, and is it told exactly how far it came?"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest

from audits.fixing_apply import Hands, State
from audits.fixing_one import ContentDone, Told, made
from audits.fixing_record import Begun
from audits.fixing_things import MARKER, ContentFix
from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.facets.grants import ALL_USERS
from tests.audits.fixing_model import OWNER, Model, ground, thing

DENIED: Final = Failure("denied", "AccessDenied")
LOST: Final = Failure("unreachable", "", "the connection broke")
OWN: Final = ["owner", "FULL_CONTROL"]
TYPE: Final = ContentFix(
    1,
    "object:shop/a.png",
    "bucket:shop",
    thing(),
    {"ContentType": "text/html"},
    {"ContentType": "image/png"},
    (),
)
BOTH: Final = replace(
    TYPE,
    before={"Tags": {}, "Grants": [[ALL_USERS, "READ"], OWN]},
    after={"Tags": {"a": "b"}, "Grants": [OWN]},
)


class Server(Model):
    """S3, of which some answers are refused, lost, or a lie."""

    def __init__(self, lost: str = "", refused: str = "", deaf: str = "", **answers: Outcome) -> None:
        super().__init__()
        self.lost, self.refused, self.deaf, self.answers = lost, refused, deaf, answers
        self.told: list[tuple[int, int]] = []
        stored = self.put({"ContentType": "text/html", "CacheControl": "no-store"})
        stored.grants = frozenset({(ALL_USERS, "READ"), (f"id:{OWNER}", "FULL_CONTROL")})

    def __call__(self, call: Call) -> Outcome:
        if call.operation in (self.refused, self.deaf):
            return DENIED if call.operation == self.refused else Answer()
        outcome = super().__call__(call)
        return LOST if call.operation == self.lost else self.answers.get(call.operation, outcome)

    def fix(self, fix: ContentFix = TYPE, begun: Begun | None = None) -> ContentDone:
        """Make a change."""
        hands = Hands(self, self, lambda _: None)
        told = Told(lambda number, _: self.told.append((number, self.writes)), lambda *_: None)
        return made(fix, ground(), hands, told, begun or Begun())

    @property
    def writes(self) -> int:
        return sum(not call.operation.startswith(("Get", "Head", "List")) for call in self.sent)


def test_what_is_due_is_made_and_told_of_before() -> None:
    """One copy, announced before it is sent, and all else as it was."""
    server = Server()

    done = server.fix()

    assert (done.state, done.reason, server.told, server.writes) == ("made", "", [(1, 0)], 1)
    assert server.objects["a.png"].head["CacheControl"] == "no-store"


@pytest.mark.parametrize(
    ("content", "answer", "state"),
    [
        (MARKER, Answer({"ETag": '"theirs"'}), "changed meanwhile"),
        ('"old"', Answer({"ETag": '"theirs"'}), "changed meanwhile"),
        ('"old"', Failure("refused", "405"), "changed meanwhile"),
        (MARKER, Failure("refused", "405"), "not as wanted"),
        ('"old"', Answer({"ETag": '"old"'}), "not as wanted"),
    ],
    ids=[
        "an object where a marker was",
        "another object",
        "a marker where an object was",
        "the same marker",
        "the same object",
    ],
)
def test_only_what_was_looked_at_is_deleted(content: str, answer: Outcome, state: State) -> None:
    """Under the version `null` anybody may have put something else since; this server deletes nothing."""
    there = replace(TYPE, thing=thing(version="null"), before={"There": True}, after={"There": False})
    server = Server(HeadObject=answer, deaf="DeleteObject")

    done = server.fix(replace(there, etag=content))

    assert (done.state, bool(server.told)) == (state, state != "changed meanwhile")


def test_what_is_so_already_takes_no_call() -> None:
    """Nor is it announced."""
    server = Server()
    server.objects["a.png"].head["ContentType"] = "image/png"

    done = server.fix()

    assert (done.is_made, server.told, server.writes) == (True, [], 0)


@pytest.mark.parametrize(
    ("change", "fix", "state"),
    [
        ({"ContentType": "text/css"}, TYPE, "changed meanwhile"),
        ({"ETag": '"new"'}, replace(TYPE, etag='"a.png"'), "changed meanwhile"),
        ({"StorageClass": "GLACIER"}, TYPE, "not tried"),
        (None, TYPE, "changed meanwhile"),
    ],
    ids=["another type", "other content", "archived meanwhile", "deleted"],
)
def test_what_changed_meanwhile_is_left_alone(
    change: Mapping[str, object] | None, fix: ContentFix, state: State
) -> None:
    """A plan is of what was there when it was made."""
    server = Server()
    if change is None:
        server.objects.clear()
    else:
        server.objects["a.png"].head |= change

    done = server.fix(fix)

    assert (done.state, server.told, server.writes) == (state, [], 0)
    assert done.reason


@pytest.mark.parametrize(
    ("server", "fix", "state", "says"),
    [
        (Server(refused="CopyObject"), TYPE, "refused", "CopyObject: s3:PutObject is denied"),
        (Server(lost="CopyObject"), TYPE, "made", "it was carried out all the same"),
        (Server(CopyObject=LOST, deaf="CopyObject"), TYPE, "not as wanted", "something else is read back"),
        (Server(refused="PutObjectAcl"), BOTH, "half made", "as wanted: Tags; not: Grants"),
        (Server(refused="PutObjectTagging"), BOTH, "refused", "s3:PutObjectTagging is denied"),
        (Server(lost="PutObjectTagging"), BOTH, "half made", "as wanted: Tags; not: Grants"),
        (Server(deaf="PutObjectAcl"), BOTH, "not as wanted", "something else is read back"),
    ],
    ids=[
        "refused",
        "done, and the answer lost",
        "a server that lies",
        "the second call refused",
        "the first call refused",
        "the first answer lost",
        "a second call that does nothing",
    ],
)
def test_how_far_it_came(server: Server, fix: ContentFix, state: State, says: str) -> None:
    """Refused means that nothing happened; half made says which half."""
    done = server.fix(fix)

    assert done.state == state
    assert says in done.reason


def test_what_was_lost_by_it_is_named() -> None:
    """A server that forgets what it was told is not called right."""

    class Forgetful(Server):
        def __call__(self, call: Call) -> Outcome:
            outcome = super().__call__(call)
            if call.operation == "CopyObject":
                del self.objects["a.png"].head["CacheControl"]
            return outcome

    done = Forgetful().fix()

    assert (done.state, done.reason) == ("not as wanted", "made, and beside it another: CacheControl")


def test_a_change_that_was_cut_off_is_judged_by_what_is_there() -> None:
    """What was carried out is made, and where something beside it is another, that is said."""
    server = Server()
    digests: list[str] = []
    hands = Hands(server, server, lambda _: None)
    made(TYPE, ground(), hands, Told(lambda _, kept: digests.append(kept), lambda *_: None))

    same = server.fix(TYPE, Begun(digests[0]))
    server.objects["a.png"].head["CacheControl"] = "max-age=1"
    other = server.fix(TYPE, Begun(digests[0]))

    assert (same.state, other.state) == ("made", "not as wanted")
    assert server.writes == 1


def test_an_upload_that_was_cut_off_is_aborted() -> None:
    """Its parts are not paid for any longer."""
    server = Server()
    begun = server(Call("s3", "CreateMultipartUpload", {"Bucket": "shop", "Key": "a.png"}))
    assert isinstance(begun, Answer)

    done = server.fix(TYPE, Begun(upload=str(begun.values["UploadId"])))

    assert (done.state, server.uploads) == ("made", {})


def test_what_was_made_is_put_back() -> None:
    """And left alone where somebody changed it since."""
    server = Server()
    server.fix()
    back = server.fix(TYPE.back)
    server.objects["a.png"].head["ContentType"] = "text/css"

    assert (back.state, server.fix(TYPE.back).state) == ("made", "changed meanwhile")
