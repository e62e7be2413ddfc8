"""Is an object called as secrets are?

Told by the last two parts of its key, in lower case. The patterns keep to what every engine of regular
expressions knows, so that they hold over columns too.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

_PACKED: Final = r"(\.(gz|bz2|xz|zst|zip|7z))"
_PATTERNS: Final[Mapping[str, tuple[str, ...]]] = {
    "a private key": (
        r"([^/]*[._-])?id_(rsa|dsa|ecdsa|ed25519)([._-][^/]*)?",
        r"[^/]*\.(pem|ppk|p12|pfx|jks|keystore|kdbx|ovpn)",
        r"(ca|client|host|privkey|private|root|server|signing|ssl|tls)\.key",
        r"[^/]*private[^/]*\.key",
        r"ssh_host_[a-z0-9]+_key",
        r"secring\.gpg",
    ),
    "credentials": (
        r"credentials(\.(json|csv|db|ini|properties|txt|xml|ya?ml))?",
        r"([^/]*_)?(accesskeys?|credentials)\.csv",
        r"rootkey\.csv",
        r"client_secrets?[^/]*\.json",
        r"[^/]*service[-_]?account[^/]*\.json",
        r"\.(git-credentials|netrc|npmrc|pypirc|pgpass|my\.cnf|htpasswd|s3cfg|boto|dockercfg|vault-token)",
        r"_netrc|rclone\.conf|kubeconfig",
        r"\.kube/config|\.docker/config\.json|etc/shadow",
    ),
    "settings with passwords": (
        r"\.env(\.[^/]*)?|[^/]*\.env|\.envrc",
        r"secrets?\.(env|ini|json|properties|toml|txt|ya?ml)",
        r"passwords?\.(csv|docx?|json|txt|xlsx?)",
        r"[^/]*\.tfvars(\.json)?",
        r"wp-config\.php",
    ),
    "the state of a Terraform program": (r"[^/]*\.tfstate(\.[^/]*)?",),
    "the settings of a Git repository": (r"\.git/config",),
    "a history of commands": (r"\.(bash|mysql|psql|sh|zsh)_history",),
    "a dump of a database": (
        rf"[^/]*\.sql{_PACKED}",
        rf"[^/]*(backup|dump)[^/]*\.sql{_PACKED}?",
        rf"[^/]*\.(dump|mysqldump|pgdump){_PACKED}?",
        rf"dump\.rdb{_PACKED}?",
        r"[^/]*(database|db|sql)[^/]*\.bak",
    ),
}
_HARMLESS: Final = (
    r"[^/]*\.pub|[^/]*\.(defaults|dist|example|sample|template|tmpl)(\.(env|ini|json|php|toml|txt|ya?ml))?"
    r"|[^/]*(bundle|chain|public)[^/]*\.pem|(ca|cacert|cert|certificate)\.pem"
)
"""Patterns to be filled in, and certificates, which everybody may see."""


def secret_kind(key: str) -> str | None:
    """What the name promises; None where it promises no secret."""
    tail = "/".join(key.rsplit("/", 2)[-2:]).lower()
    if not _any().fullmatch(tail) or _harmless().fullmatch(tail.rpartition("/")[2]):
        return None
    return next(kind for kind, pattern in _kinds() if pattern.fullmatch(tail))


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Not before they are needed: to read them all takes as long as to load most of the rules."""
    return tuple((kind, re.compile(_anywhere(patterns))) for kind, patterns in _PATTERNS.items())


@cache
def _any() -> re.Pattern[str]:
    """All of them at once, for most names promise none."""
    return re.compile(_anywhere(pattern for patterns in _PATTERNS.values() for pattern in patterns))


def _anywhere(patterns: Iterable[str]) -> str:
    return rf"([^/]*/)?({'|'.join(patterns)})"


@cache
def _harmless() -> re.Pattern[str]:
    return re.compile(_HARMLESS)
