import re
from typing import Final

from bucketwright.facets.bucket.website import Website
from bucketwright.objects.postures import ObjectPosture
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import bad, bucket, good
from bucketwright.rules.examples import declares
from bucketwright.rules.home_bucket import home
from bucketwright.rules.rule import BASELINE, LIVE, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails_if, not_applicable

_SITE: Final = bucket(website=Website("index.html"))
_PEM: Final = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"
_FRONT: Final = {"signing_keys": {"first": _PEM}, "domains": ["files.example.com"]}
_OTHER: Final = {**_FRONT, "domains": ["other.example.com"]}
_OURS: Final = declares(buckets={"logs": {}, "media": {"cloudfront": _FRONT}, "b": {"cloudfront": _OTHER}})
_WITHIN: Final = re.compile(r"/([^/\\\x00-\x1f][^\x00-\x1f]*)?")
"""A path; browsers take two slashes of whatever kind for the beginning of a host, and leave out tabs."""
_ABROAD: Final = re.compile(r"https?://([a-z0-9.-]+)(:[0-9]+)?([/?#].*)?", re.DOTALL | re.IGNORECASE)


@rule(
    "object-external-redirect",
    severity=MEDIUM,
    tier=BASELINE,
    lenses=LIVE,
    reads=["website_redirect", "bucket", "bucket.website"],
    examples=lambda: [
        good(_SITE, website_redirect=None),
        good(_SITE, website_redirect="/new.html"),
        good(_SITE, website_redirect="/"),
        good(_SITE, around=_OURS, website_redirect="https://files.example.com/a"),
        good(_SITE, around=_OURS, website_redirect="HTTP://Files.Example.com:8443"),
        good(bucket(website=None), website_redirect="https://evil.example"),
        bad(_SITE, website_redirect="https://evil.example/"),
        bad(_SITE, website_redirect="https://files.example.com/a"),
        bad(_SITE, website_redirect="//evil.example/"),
        bad(_SITE, website_redirect="/\\evil.example/"),
        bad(_SITE, website_redirect="/\t/evil.example/"),
        bad(_SITE, website_redirect="/a\n/evil.example/"),
        bad(_SITE, website_redirect=""),
        bad(_SITE, around=_OURS, website_redirect="https://evil.example"),
        bad(_SITE, around=_OURS, website_redirect="https://files.example.com@evil.example/"),
        bad(_SITE, around=_OURS, website_redirect="https://files.example.com.evil.example/"),
        bad(_SITE, around=_OURS, website_redirect="https://evil.example\\@files.example.com/"),
    ],
)
def object_external_redirect(one: ObjectPosture, estate: Estate) -> Verdict:
    """No page of a bucket's website sends its readers elsewhere.

    **Why.** An object can carry an address to which the website sends whoever asks for it. Whoever may write
    one object can thus lead readers from an address they trust to any other.

    **Fix.** Copy the object onto itself without the redirect, or with a path on the same site. Addresses of
    the contract's own `cloudfront` `domains` count as the site.

    **Exempt it when** the page moved to a site of somebody else, who is trusted.
    """
    if home(one, estate).website is None:
        return not_applicable("the bucket serves no website")
    target = one.website_redirect
    return fails_if(
        target is not None
        and not _WITHIN.fullmatch(target)
        and not _is_ours(target, estate)
        and f"it sends readers to {shown(target, 120)}",
        expected="a path on the same site",
    )


@object_external_redirect.fix(is_safe=False)
def stay(one: ObjectPosture, _: Estate) -> Change:
    """Copies the object onto itself without the redirect; its age begins anew."""
    return change(one, "website_redirect", None)


def _is_ours(target: str, estate: Estate) -> bool:
    """Whether the address is certainly that of a domain the contract names."""
    address = _ABROAD.fullmatch(target)
    if address is None or estate.environment is None:
        return False
    fronts = (one.cloudfront for one in estate.environment.buckets.values() if one.cloudfront is not None)
    return any(address[1].lower() in front.domains for front in fronts)
