from bucketwright.objects.layout import declared
from bucketwright.objects.postures import ObjectPosture
from bucketwright.objects.secret_names import secret_kind
from bucketwright.posture import Estate
from bucketwright.rules.by_key_alone import once
from bucketwright.rules.example_objects import bad, good, says_of_docs, says_of_two
from bucketwright.rules.rule import BASELINE, DEPLOYED, rule
from bucketwright.verdicts import HIGH, Verdict, fails, passes


@rule(
    "object-secret-name",
    severity=HIGH,
    tier=BASELINE,
    lenses=DEPLOYED,
    confidence="likely",
    reads=["key", "is_newest", "bucket"],
    examples=lambda: [
        good(key="docs/report.pdf"),
        good(key="docs/.env.example"),
        good(key="docs/id_rsa.pub"),
        good(key="docs/rds-ca-bundle.pem"),
        good(around=says_of_docs(extensions=[".tfstate"]), key="docs/Network.TFSTATE"),
        good(
            around=says_of_two({"extensions": ".sql.gz"}, {"extensions": ".sql.gz"}),
            key="docs/old/shop.sql.gz",
        ),
        good(key=".env", is_newest=False),
        bad(key=".env"),
        bad(key="docs/site/.git/config"),
        bad(key="docs/ID_RSA"),
        bad(around=says_of_docs(extensions=[".tfstate"]), key="docs/server.pem"),
        bad(around=says_of_docs(extensions=[".tfstate"]), key="elsewhere/network.tfstate"),
        bad(around=says_of_docs(), key="docs/network.tfstate"),
    ],
)
def object_secret_name(one: ObjectPosture, estate: Estate) -> Verdict:
    """No object is called as secrets are.

    **Why.** Folders are copied whole, with the passwords, private keys and database dumps in them. Whoever
    may read the bucket then has what they open, and versions and copies keep it after it was deleted.

    **Fix.** Take it for leaked: replace the secret first, then delete the object with all its versions. Keep
    secrets in a store made for them. Where such files are meant, as dumps in a prefix of backups, name their
    extension under `extensions` of the prefix.

    **Exempt it when** the name only sounds so and the object holds no secret.
    """
    kind = one.of_key(secret_kind)
    if kind is None:
        return passes()
    meant = declared(one, estate, lambda place: place.prefix.extensions) or ()
    if one.key.lower().endswith(meant):
        return passes("the contract names its extension on purpose")
    return once(one, fails(f"it is called as {kind} is", expected="no secret in a bucket"))
