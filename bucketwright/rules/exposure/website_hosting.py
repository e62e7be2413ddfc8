from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.website import Website
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import HIGH, Verdict, fails, passes


@rule(
    "website-hosting",
    severity=HIGH,
    tier=BASELINE,
    reads=["website"],
    examples=lambda: [
        good(website=None),
        bad(website=Website(index="index.html", error="404.html")),
        bad(website=Website(redirects_to="www.example.com")),
        bad(website=Website()),
    ],
)
def website_hosting(bucket: BucketPosture, _: Estate) -> Verdict:
    """S3 does not serve the bucket as a web site.

    **Why.** S3's web site endpoints speak plain HTTP only, so that anybody on the way reads and changes what
    they serve, and they serve only what everybody may read.

    **Fix.** Remove the web site configuration; a contract declares none. Serve pages through CloudFront: say
    `delivery: cloudfront` of the prefix, and leave the bucket closed.

    **Exempt it when** the bucket holds nothing, and only sends requests on to another host.
    """
    site = bucket.website
    if site is None:
        return passes()
    if site.redirects_to is not None:
        return fails(f"S3 sends requests on to {shown(site.redirects_to)}", expected="no web site")
    return fails(f"S3 serves a web site with the index page {shown(site.index)}", expected="no web site")


@website_hosting.fix(is_safe=False)
def stop(bucket: BucketPosture, _: Estate) -> Change:
    """Removes the web site configuration, so that links to S3's web site endpoint end; objects stay."""
    return change(bucket, "website", None)
