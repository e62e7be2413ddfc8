"""The double speaks the engine's protocol: checked, previewed, made, read, changed, deleted, over gRPC."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as pb

from bucketwright.plan import UNKNOWN_INPUT
from sandbox.provider.double import serving_double
from sandbox.provider.schema import VERSION
from sandbox.provider.wire import packed, plain
from sandbox.server import Server, serving
from sandbox.server.addresses import NotLoopbackError

URN = "urn:pulumi:dev::project::bucketwright:index:Storage$aws:s3/bucket:Bucket::files"
KNOWN = "it knows allowedAccountIds, assumeRoles, region"
TAGGED = {"bucket": "double-files", "tags": {"a": "b"}}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A sandbox."""
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def port(server: Server) -> Iterator[int]:
    """A double before it."""
    with serving_double(server, account="000000000000", region="us-east-1") as running:
        yield running


@contextmanager
def connected(port: int, **configured: object) -> Iterator[Any]:
    """A provider of a program: one connection, configured."""
    with grpc.insecure_channel(f"127.0.0.1:{port}", [("grpc.use_local_subchannel_pool", 1)]) as channel:
        stub = provider_pb2_grpc.ResourceProviderStub(channel)
        stub.Handshake(pb.ProviderHandshakeRequest(engine_address="127.0.0.1:1"))
        stub.Configure(pb.ConfigureRequest(args=packed(configured)))
        yield stub


@pytest.fixture
def stub(port: int) -> Iterator[Any]:
    """The provider of most tests."""
    with connected(port, region="us-west-2", allowedAccountIds='["610000000006"]') as configured:
        yield configured


def who(stub: Any) -> object:
    """Whose provider it is."""
    request = pb.InvokeRequest(tok="aws:index/getCallerIdentity:getCallerIdentity")
    return plain(getattr(stub.Invoke(request), "return"))["accountId"]


def test_it_names_its_version_and_lets_itself_be_attached(stub: Any) -> None:
    """The engine asks before anything else; what it ends with needs no work."""
    assert stub.GetPluginInfo(Empty()).version == VERSION
    assert stub.Attach(plugin_pb2.PluginAttach(address="127.0.0.1:1")) == Empty()
    assert stub.Cancel(Empty()) == Empty()


def test_every_connection_has_an_account_of_its_own(port: int, stub: Any) -> None:
    """Two providers of one program do not mix, whichever was configured last."""
    with connected(port, allowedAccountIds='["610000000007"]') as other, connected(port) as third:
        assert [who(one) for one in (stub, other, third, stub)] == [
            "610000000006",
            "610000000007",
            "000000000000",
            "610000000006",
        ]


def test_a_connection_that_was_never_configured_is_refused(port: int) -> None:
    """Nobody's account is guessed."""
    with grpc.insecure_channel(f"127.0.0.1:{port}", [("grpc.use_local_subchannel_pool", 1)]) as channel:
        fresh = provider_pb2_grpc.ResourceProviderStub(channel)

        with pytest.raises(grpc.RpcError, match="a provider calls that was never configured"):
            who(fresh)


def test_a_whole_life(stub: Any) -> None:
    """Checked, foreseen, made, read, compared, changed, deleted, gone."""
    checked = stub.Check(pb.CheckRequest(urn=URN, news=packed(TAGGED), randomSeed=b"seed"))
    foreseen = stub.Create(pb.CreateRequest(urn=URN, properties=checked.inputs, preview=True))
    made = stub.Create(pb.CreateRequest(urn=URN, properties=checked.inputs))
    seen = stub.Read(pb.ReadRequest(urn=URN, id=made.id, properties=made.properties, inputs=checked.inputs))
    assert plain(foreseen.properties)["arn"] == UNKNOWN_INPUT
    assert (foreseen.id, made.id, plain(made.properties)["arn"]) == (
        "",
        "double-files",
        "arn:aws:s3:::double-files",
    )
    assert (plain(seen.inputs), plain(seen.properties)) == (TAGGED, plain(made.properties))

    change = {
        "urn": URN,
        "id": made.id,
        "olds": made.properties,
        "old_inputs": checked.inputs,
        "news": packed({"bucket": "double-files"}),
    }
    expected = stub.Update(pb.UpdateRequest(**change, preview=True))
    changed = stub.Update(pb.UpdateRequest(**change))
    assert plain(expected.properties)["arn"] == "arn:aws:s3:::double-files"
    assert "tags" not in plain(changed.properties)

    stub.Delete(pb.DeleteRequest(urn=URN, id=made.id, properties=changed.properties))
    gone = stub.Read(pb.ReadRequest(urn=URN, id=made.id))
    assert (gone.id, plain(gone.properties)) == ("", {})


def test_an_import_reads_without_inputs(stub: Any) -> None:
    """The inputs of what was made by others are those that a program would need, and where it lies."""
    inputs = {"bucket": "double-imported", "tags": {"a": "b"}}
    stub.Create(pb.CreateRequest(urn=URN, properties=packed(inputs)))

    assert plain(stub.Read(pb.ReadRequest(urn=URN, id="double-imported")).inputs) == inputs | {
        "region": "us-west-2"
    }


@pytest.mark.parametrize(
    ("old", "new", "expected", "replaced"),
    [
        pytest.param(TAGGED, TAGGED, {}, [], id="nothing"),
        pytest.param(TAGGED, {"bucket": "double-files"}, {"tags": pb.PropertyDiff.DELETE}, [], id="in place"),
        pytest.param(
            TAGGED,
            {**TAGGED, "tags": {"a": "c", "d": "e"}},
            {"tags.a": pb.PropertyDiff.UPDATE, "tags.d": pb.PropertyDiff.ADD},
            [],
            id="in place, deep inside",
        ),
        pytest.param(
            TAGGED,
            {**TAGGED, "bucket": "other", "region": "eu-west-1"},
            {"bucket": pb.PropertyDiff.UPDATE_REPLACE, "region": pb.PropertyDiff.ADD_REPLACE},
            ["bucket", "region"],
            id="a new resource",
        ),
    ],
)
def test_differences_say_what_they_need(
    stub: Any, old: dict[str, object], new: dict[str, object], expected: dict[str, int], replaced: list[str]
) -> None:
    """Property by property, and whether a new resource is needed, which then follows the old one."""
    answer = stub.Diff(pb.DiffRequest(urn=URN, id="files", old_inputs=packed(old), news=packed(new)))

    assert {path: one.kind for path, one in answer.detailedDiff.items()} == expected
    assert (list(answer.replaces), answer.deleteBeforeReplace) == (replaced, bool(replaced))
    assert answer.changes == (pb.DiffResponse.DIFF_SOME if expected else pb.DiffResponse.DIFF_NONE)
    assert answer.hasDetailedDiff


def test_inputs_of_the_wrong_form_fail_the_check(stub: Any) -> None:
    """Each reason is told, and nothing is made."""
    answer = stub.Check(pb.CheckRequest(urn=URN, news=packed({"buckt": "b", "acl": "private"})))

    assert [failure.reason for failure in answer.failures] == [
        "buckt is no property here; did you mean bucket?",
        "acl is a property the double does not carry",
    ]


def test_a_name_is_made_up_from_the_urn(stub: Any) -> None:
    """And kept once there is one."""
    first = plain(stub.Check(pb.CheckRequest(urn=URN, news=packed({}), randomSeed=b"seed")).inputs)
    again = pb.CheckRequest(urn=URN, news=packed({}), olds=packed(first), randomSeed=b"other")

    assert str(first["bucket"]).startswith("files-")
    assert plain(stub.Check(again).inputs) == first


def test_what_aws_refuses_is_told_in_its_words(stub: Any) -> None:
    """One line, no traceback."""
    with pytest.raises(grpc.RpcError, match=r"InvalidBucketName.*CreateBucket"):
        stub.Create(pb.CreateRequest(urn=URN, properties=packed({"bucket": "NO"})))


@pytest.mark.parametrize(
    ("configured", "failures"),
    [
        pytest.param({"region": "eu-west-1"}, [], id="fine"),
        pytest.param(
            {"profile": "mine"},
            [f"the double does not carry the provider's profile; {KNOWN}"],
            id="not carried",
        ),
    ],
)
def test_configuration_is_checked(stub: Any, configured: dict[str, object], failures: list[str]) -> None:
    """What the double would drop is refused."""
    answer = stub.CheckConfig(pb.CheckRequest(news=packed(configured)))

    assert [failure.reason for failure in answer.failures] == failures


@pytest.mark.parametrize(
    ("old", "new", "replaced"),
    [
        pytest.param(
            {"region": "eu-west-1"}, {"region": "eu-west-1", "version": "8"}, [], id="the same place"
        ),
        pytest.param({}, {"region": "eu-west-1"}, ["region"], id="another region"),
        pytest.param(
            {}, {"allowedAccountIds": ["610000000007"]}, ["allowedAccountIds"], id="another account"
        ),
        pytest.param({}, {"allowedAccountIds": ["000000000000"]}, [], id="the same account, named"),
    ],
)
def test_another_place_is_another_provider(
    stub: Any, old: dict[str, object], new: dict[str, object], replaced: list[str]
) -> None:
    """All it made must be made anew there."""
    answer = stub.DiffConfig(pb.DiffRequest(olds=packed(old), news=packed(new)))

    assert list(answer.replaces) == replaced


def test_configuration_that_cannot_be_carried_is_refused_wherever_it_comes(port: int, stub: Any) -> None:
    """Also by who skips the check."""
    strange = packed({"profile": "mine"})

    with pytest.raises(grpc.RpcError, match="does not carry the provider's profile"):
        stub.DiffConfig(pb.DiffRequest(olds=packed({}), news=strange))
    with pytest.raises(grpc.RpcError, match="does not carry the provider's profile"):
        stub.Configure(pb.ConfigureRequest(args=strange))


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://s3.amazonaws.com", id="AWS itself"),
        pytest.param("http://192.0.2.1:5000", id="another machine"),
        pytest.param("http://localhost:5000", id="a name, which may be anywhere"),
        pytest.param("", id="nothing"),
    ],
)
def test_it_serves_no_other_server_than_one_here(url: str) -> None:
    """A test can never reach real AWS."""
    with (
        pytest.raises(NotLoopbackError),
        serving_double(Server(url, "token"), account="000000000000", region="us-east-1"),
    ):
        pytest.fail("it serves")
