"""How is a server with S3's protocol reached, as the settings say?"""

from collections.abc import Mapping

from bucketwright.s3.addresses import AccessError, is_amazon
from bucketwright.s3.sessions import Access, Keys, Sessions
from bucketwright.storage.backends.s3 import S3
from bucketwright.storage.backends.s3_requests import Asking
from bucketwright.storage.errors import Misconfigured
from bucketwright.storage.settings import Settings
from bucketwright.storage.signing.edge import Edge


def s3(settings: Settings, regions: Mapping[str, str], account: str) -> S3:
    """The backend; Misconfigured where the settings cannot be. No request is sent yet."""
    try:
        named = Keys(settings.access_key, settings.secret_key, settings.session_token)
        access = Access(
            profile=settings.profile,
            region=settings.region,
            endpoint_url=settings.endpoint_url,
            plain_http=settings.plain_http,
            keys=named if settings.access_key else None,
            verify=settings.verify,
        )
        sessions = Sessions(access)
    except AccessError as error:
        raise Misconfigured(str(error)) from None
    asking = Asking(sessions, regions, account if is_amazon(sessions.endpoint_url) else "")
    return S3(asking, Edge(settings.deliveries, settings.signing_key))
