"""Law 7: does any grantee reach a key, or a list of keys, that it was not granted? Over generated contracts."""

from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import given, settings

from bucketwright.contract.access import Escape, Unusable, access_matrix, check_isolation
from bucketwright.contract.model import Environment
from bucketwright.contract.placement import Place, places
from bucketwright.contract.roles import Access, Verb
from bucketwright.iam.actions import LISTING, TAKEOVER, UPLOADS
from bucketwright.iam.charset import Repeat
from bucketwright.iam.languages import And, Formula, Leaf, Or, exactly, member
from bucketwright.iam.reach import Containers, Listings, Objects, View, reached
from tests.contract.access.environments import environments
from tests.contract.access.holders import ARN, Holder, holders
from tests.contract.access.oracle import allows, beginnings, keys_of, owner_pattern

BUDGET = 2_000_000
OBJECT_ACTIONS: dict[Verb, tuple[str, ...]] = {
    "read": ("s3:GetObject", "s3:GetObjectVersion"),
    "write": ("s3:PutObject", "s3:PutObjectTagging", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"),
    "delete": ("s3:DeleteObject",),
}
