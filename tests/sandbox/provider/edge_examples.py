"""What stands before a bucket: distributions, and what they refer to."""

from tests.sandbox.provider.examples import Example

PEM = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEVs/o5+uQbTjL3chynL4wXgUg2R9
q9UU8I5mEovUf86QZ7kOBIjJwqnzD1omageEHWwHdBO6B+dFabmdT9POxg==
-----END PUBLIC KEY-----
"""
BEHAVIOUR = {
    "targetOriginId": "files",
    "viewerProtocolPolicy": "redirect-to-https",
    "allowedMethods": ["GET", "HEAD"],
    "cachedMethods": ["GET", "HEAD"],
    "cachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
}
ORIGIN = {
    "originId": "files",
    "domainName": "files.s3.us-west-2.amazonaws.com",
    "originAccessControlId": "E2QWRUHAPOMQZL",
}
LEAST = {
    "enabled": True,
    "origins": [ORIGIN],
    "defaultCacheBehavior": BEHAVIOUR,
    "restrictions": {"geoRestriction": {"restrictionType": "none"}},
    "viewerCertificate": {"cloudfrontDefaultCertificate": True},
}
BY_PATH = {
    "pathPattern": "/thumbnails/*",
    "targetOriginId": "files",
    "viewerProtocolPolicy": "https-only",
    "allowedMethods": ["GET", "HEAD", "OPTIONS"],
    "cachedMethods": ["GET", "HEAD", "OPTIONS"],
    "forwardedValues": {
        "queryString": True,
        "queryStringCacheKeys": ["size"],
        "headers": ["Origin"],
        "cookies": {"forward": "whitelist", "whitelistedNames": ["session"]},
    },
    "minTtl": 0,
    "defaultTtl": 60,
    "maxTtl": 120,
}
WEB_SERVER = {
    "originId": "pages",
    "domainName": "pages.example.com",
    "customOriginConfig": {
        "httpPort": 80,
        "httpsPort": 443,
        "originProtocolPolicy": "https-only",
        "originSslProtocols": ["TLSv1.2"],
        "originReadTimeout": 30,
        "originKeepaliveTimeout": 5,
    },
}
FIXED = {"continuousDeploymentPolicyId": "policy", "staging": True}
FULL = {
    **LEAST,
    **FIXED,
    "aliases": ["files.example.com", "images.example.com"],
    "anycastIpListId": "aip_1",
    "comment": "files",
    "customErrorResponses": [
        {"errorCode": 404, "responseCode": 200, "responsePagePath": "/index.html", "errorCachingMinTtl": 10}
    ],
    "defaultCacheBehavior": {
        **BEHAVIOUR,
        "compress": True,
        "originRequestPolicyId": "origin-request",
        "responseHeadersPolicyId": "headers",
        "trustedKeyGroups": ["group"],
        "functionAssociations": [
            {"eventType": "viewer-request", "functionArn": "arn:aws:cloudfront::{account}:function/index"}
        ],
        "lambdaFunctionAssociations": [
            {
                "eventType": "origin-request",
                "lambdaArn": "arn:aws:lambda:us-east-1:{account}:function:resize:1",
                "includeBody": True,
            }
        ],
    },
    "defaultRootObject": "index.html",
    "httpVersion": "http2and3",
    "isIpv6Enabled": True,
    "loggingConfig": {"bucket": "logs.s3.amazonaws.com", "prefix": "cdn/", "includeCookies": True},
    "orderedCacheBehaviors": [BY_PATH],
    "originGroups": [
        {
            "originId": "either",
            "failoverCriteria": {"statusCodes": [500, 502]},
            "members": [{"originId": "files"}, {"originId": "pages"}],
        }
    ],
    "origins": [
        {
            **ORIGIN,
            "originPath": "/public",
            "customHeaders": [{"name": "x-origin", "value": "cdn"}],
            "connectionAttempts": 2,
            "connectionTimeout": 5,
            "originShield": {"enabled": True, "originShieldRegion": "us-west-2"},
        },
        WEB_SERVER,
    ],
    "priceClass": "PriceClass_100",
    "restrictions": {"geoRestriction": {"restrictionType": "whitelist", "locations": ["US", "CA"]}},
    "retainOnDelete": False,
    "tags": {"bucketwright:address": "distribution:files"},
    "viewerCertificate": {
        "acmCertificateArn": "arn:aws:acm:us-east-1:{account}:certificate/1",
        "sslSupportMethod": "sni-only",
        "minimumProtocolVersion": "TLSv1.2_2021",
    },
    "waitForDeployment": False,
    "webAclId": "arn:aws:wafv2:us-east-1:{account}:global/webacl/files/1",
}
SECURITY = {
    "contentSecurityPolicy": {"contentSecurityPolicy": "default-src 'none'", "override": True},
    "contentTypeOptions": {"override": True},
    "frameOptions": {"frameOption": "DENY", "override": True},
    "referrerPolicy": {"override": True, "referrerPolicy": "no-referrer"},
    "strictTransportSecurity": {
        "accessControlMaxAgeSec": 31_536_000,
        "includeSubdomains": True,
        "override": True,
        "preload": True,
    },
    "xssProtection": {"modeBlock": True, "override": True, "protection": True},
}
CORS = {
    "accessControlAllowCredentials": False,
    "accessControlAllowHeaders": {"items": ["*"]},
    "accessControlAllowMethods": {"items": ["GET"]},
    "accessControlAllowOrigins": {"items": ["https://app.example.com"]},
    "accessControlExposeHeaders": {"items": ["ETag"]},
    "accessControlMaxAgeSec": 60,
    "originOverride": True,
}

EXAMPLES = (
    Example(
        "aws:cloudfront/originAccessControl:OriginAccessControl",
        tuple(
            {
                "name": "files",
                "description": said,
                "originAccessControlOriginType": "s3",
                "signingBehavior": signing,
                "signingProtocol": "sigv4",
            }
            for said, signing in (("first", "always"), ("then", "no-override"))
        ),
    ),
    Example(
        "aws:cloudfront/publicKey:PublicKey",
        (
            {"name": "first", "encodedKey": PEM, "comment": "first"},
            {"name": "first", "encodedKey": PEM},
        ),
    ),
    Example(
        "aws:cloudfront/keyGroup:KeyGroup",
        (
            {"name": "signers", "items": ["K1"], "comment": "first"},
            {"name": "signers", "items": ["K1", "K2"]},
        ),
    ),
    Example(
        "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
        (
            {
                "name": "headers",
                "comment": "first",
                "corsConfig": CORS,
                "customHeadersConfig": {"items": [{"header": "x-made-by", "override": True, "value": "us"}]},
                "removeHeadersConfig": {"items": [{"header": "server"}]},
                "securityHeadersConfig": SECURITY,
                "serverTimingHeadersConfig": {"enabled": True, "samplingRate": 12.5},
            },
            {"name": "headers", "securityHeadersConfig": {"contentTypeOptions": {"override": False}}},
        ),
    ),
    Example(
        "aws:cloudfront/distribution:Distribution",
        (FULL, {**LEAST, **FIXED, "enabled": False, "tags": {"c": "d"}}, {**LEAST, **FIXED}),
    ),
)
