"""What is asked of objects, versions and unfinished uploads, and what has one to be let do for that?"""

from typing import Final

from bucketwright.facets.reading import Read

OBJECTS: Final = Read(
    "s3",
    "ListObjectsV2",
    "s3:ListBucket",
    ("Bucket",),
    fixed={"FetchOwner": True, "OptionalObjectAttributes": ["RestoreStatus"]},
)
VERSIONS: Final = Read(
    "s3",
    "ListObjectVersions",
    "s3:ListBucketVersions",
    ("Bucket",),
    fixed={"OptionalObjectAttributes": ["RestoreStatus"]},
)
UPLOADS: Final = Read("s3", "ListMultipartUploads", "s3:ListBucketMultipartUploads", ("Bucket",))
PARTS: Final = Read("s3", "ListParts", "s3:ListMultipartUploadParts", ("Bucket",))
HEAD: Final = Read("s3", "HeadObject", "s3:GetObject", ("Bucket",))
ACL: Final = Read("s3", "GetObjectAcl", "s3:GetObjectAcl", ("Bucket",))
TAGGING: Final = Read("s3", "GetObjectTagging", "s3:GetObjectTagging", ("Bucket",))
_NOT_LOCKED: Final = frozenset({"NoSuchObjectLockConfiguration"})
RETENTION: Final = Read("s3", "GetObjectRetention", "s3:GetObjectRetention", ("Bucket",), _NOT_LOCKED)
LEGAL_HOLD: Final = Read("s3", "GetObjectLegalHold", "s3:GetObjectLegalHold", ("Bucket",), _NOT_LOCKED)
