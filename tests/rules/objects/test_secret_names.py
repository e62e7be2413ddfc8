"""Which names promise a secret, and which only sound so?"""

import time
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.objects.secret_names import secret_kind

SECRETS: Final = {
    "a private key": [
        "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ed25519_sk", "id_rsa_old", "deploy-id_rsa",
        "id_rsa.bak", "server.pem", "web.ppk", "all.p12", "all.pfx", "release.jks", "app.keystore",
        "passwords.kdbx", "office.ovpn", "ca.key", "client.key", "host.key", "privkey.key", "private.key",
        "root.key", "server.key", "signing.key", "ssl.key", "tls.key", "my-private-2.key",
        "ssh_host_rsa_key", "ssh_host_ed25519_key", "secring.gpg", "privkey.pem",
    ],
    "credentials": [
        "credentials", ".aws/credentials", "credentials.json", "credentials.csv", "credentials.db",
        "credentials.ini", "credentials.properties", "credentials.txt", "credentials.xml", "credentials.yml",
        "credentials.yaml", "bob_accessKeys.csv", "accessKey.csv", "new_user_credentials.csv", "rootkey.csv",
        "client_secret.json", "client_secrets-web.json", "service-account.json", "service_account.json",
        "ci-serviceaccount-2.json", ".git-credentials", ".netrc", "_netrc", ".npmrc", ".pypirc", ".pgpass",
        ".my.cnf", ".htpasswd", ".s3cfg", ".boto", ".dockercfg", ".vault-token", "rclone.conf", "kubeconfig",
        ".kube/config", ".docker/config.json", "etc/shadow",
    ],
    "settings with passwords": [
        ".env", ".env.production", "shop.env", ".envrc", "secret.json", "secrets.yml", "secrets.yaml",
        "secrets.toml", "secrets.txt", "secrets.ini", "secrets.env", "secrets.properties", "password.txt",
        "passwords.csv", "passwords.xlsx", "passwords.xls", "passwords.doc", "passwords.docx",
        "passwords.json", "prod.tfvars", "prod.auto.tfvars.json", "wp-config.php",
    ],
    "the state of a Terraform program": ["terraform.tfstate", "x.tfstate.backup", ".tfstate"],
    "the settings of a Git repository": [".git/config"],
    "a history of commands": [
        ".bash_history", ".mysql_history", ".psql_history", ".sh_history", ".zsh_history",
    ],
    "a dump of a database": [
        "shop.sql.gz", "shop.sql.bz2", "shop.sql.xz", "shop.sql.zst", "shop.sql.zip", "shop.sql.7z",
        "dump.sql", "shop-backup-2026.sql", "shop.dump", "shop.mysqldump", "shop.pgdump.gz", "dump.rdb",
        "dump.rdb.gz", "database.bak", "shop_db.bak", "mssql.bak", "backup.sql.gz",
    ],
}  # fmt: skip
HARMLESS: Final = [
    "report.pdf", "env", "environment", "a.env.d/readme", ".env.example", ".env.sample", ".env.template",
    ".env.tmpl", ".env.dist", ".env.defaults", "credentials.example.json", "secrets.sample.yaml",
    "id_rsa.pub", "id_rsa_old.pub", "grid_rsa", "id_rsax", "credentials-guide.md", "credentials/readme",
    "credentials.md", "ca-bundle.pem", "fullchain.pem", "public.pem", "my-public-key.pem", "ca.pem",
    "cacert.pem", "cert.pem", "certificate.pem", "Q3 review.key", "monkey", "keys.txt", "git/config",
    ".git/HEAD", "config", ".github/config.yml", "kube/config", "docker/config.json", "shadow", "schema.sql",
    "0001_users.sql", "dump.txt", "site.bak", "tfstate", "terraform.tf", "secretary.json", "password.html",
    "history", "service-account.md", "", "shop.sqlite", "customer.xml", ".env/readme.txt",
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in SECRETS.items() for name in names]
)
@pytest.mark.requirement("CS-13")
def test_a_secret_is_known_by_its_name(kind: str, name: str) -> None:
    """Wherever it lies, however its letters are, and by what it is."""
    assert secret_kind(name) == kind
    assert secret_kind(f"prod/cases/7/{name}") == kind
    assert secret_kind(f"prod/{name.upper()}") == kind


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_sounds_so_is_left_alone(name: str) -> None:
    """Patterns to be filled in, public halves, and names that merely begin or end like one."""
    assert secret_kind(name) is None
    assert secret_kind(f"prod/{name}") is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30), st.sampled_from([name for names in SECRETS.values() for name in names]))
def test_only_the_end_of_a_key_counts(folder: str, name: str) -> None:
    """No folder hides a secret, not one with line breaks either."""
    assert secret_kind(f"{folder}/x/{name}") is not None


@pytest.mark.timed
@pytest.mark.parametrize(
    "part", ["dump", "private", ".sql", "/", "database.", "service-account", "public", ".env."]
)
def test_no_key_takes_long(part: str) -> None:
    """The longest keys, made of what the patterns look for."""
    key = (part * 1024)[:1023]
    started = time.process_time()
    for ending in ("", "x", "/"):
        secret_kind(key + ending)

    assert time.process_time() - started < 2
