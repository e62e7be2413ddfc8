"""What each S3 action touches: an object, the list of a bucket's keys, the whole bucket, or settings only."""

from functools import lru_cache
from typing import Final

from bucketwright.iam.documents import Names
from bucketwright.iam.patterns import matches, without_variables

_SERVICES: Final = ("s3:", "s3-object-lambda:", "s3-outposts:", "s3express:")
_SPELLED: dict[str, str] = {}


def _named(names: str, service: str = "s3") -> frozenset[str]:
    spelled = [f"{service}:{name}" for name in names.split()]
    _SPELLED.update((name.lower(), name) for name in spelled)
    return frozenset(name.lower() for name in spelled)


OBJECT: Final = (
    _named(
        "AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectTagging "
        "DeleteObjectVersion DeleteObjectVersionTagging GetObject GetObjectAcl GetObjectAttributes "
        "GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent GetObjectVersion "
        "GetObjectVersionAcl GetObjectVersionAttributes GetObjectVersionForReplication "
        "GetObjectVersionTagging GetObjectVersionTorrent InitiateReplication ListMultipartUploadParts "
        "ObjectOwnerOverrideToBucketOwner PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention "
        "PutObjectTagging PutObjectVersionAcl PutObjectVersionTagging ReplicateDelete ReplicateObject "
        "ReplicateTags RestoreObject UpdateObjectEncryption"
    )
    | _named(
        "AbortMultipartUpload DeleteObject DeleteObjectTagging DeleteObjectVersion "
        "DeleteObjectVersionTagging GetObject GetObjectAcl GetObjectLegalHold GetObjectRetention "
        "GetObjectTagging GetObjectVersion GetObjectVersionAcl GetObjectVersionTagging "
        "ListMultipartUploadParts PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention "
        "PutObjectTagging PutObjectVersionAcl PutObjectVersionTagging RestoreObject",
        "s3-object-lambda",
    )
    | _named(
        "AbortMultipartUpload DeleteObject DeleteObjectTagging DeleteObjectVersion "
        "DeleteObjectVersionTagging GetObject GetObjectTagging GetObjectVersion "
        "GetObjectVersionForReplication GetObjectVersionTagging ListMultipartUploadParts PutObject "
        "PutObjectAcl PutObjectTagging PutObjectVersionTagging ReplicateDelete ReplicateObject "
        "ReplicateTags",
        "s3-outposts",
    )
)
LISTING: Final = (
    _named("ListBucket ListBucketVersions")
    | _named("ListBucket ListBucketVersions", "s3-object-lambda")
    | _named("ListBucket ListBucketVersions", "s3-outposts")
)
# Lists the keys of uploads, and takes no s3:prefix condition.
UPLOADS: Final = (
    _named("ListBucketMultipartUploads")
    | _named("ListBucketMultipartUploads", "s3-object-lambda")
    | _named("ListBucketMultipartUploads", "s3-outposts")
)
# Whoever may do these can hand himself, or a bucket of his, keys beyond any prefix, or delete them all.
# Access logs, events, inventories and metadata tables hand out the names of keys.
TAKEOVER: Final = (
    _named(
        "CreateAccessGrant CreateAccessGrantsLocation CreateAccessPoint CreateAccessPointForObjectLambda "
        "CreateBucketMetadataConfiguration CreateBucketMetadataTableConfiguration "
        "CreateMultiRegionAccessPoint GetDataAccess PutAccessGrantsInstanceResourcePolicy "
        "PutAccessPointConfigurationForObjectLambda PutAccessPointPolicy "
        "PutAccessPointPolicyForObjectLambda PutBucketAcl PutBucketLogging PutBucketNotification "
        "PutBucketPolicy PutInventoryConfiguration PutLifecycleConfiguration "
        "PutMultiRegionAccessPointPolicy PutReplicationConfiguration UpdateAccessGrantsLocation "
        "UpdateBucketMetadataInventoryTableConfiguration"
    )
    | _named(
        "CreateAccessPoint CreateSession PutAccessPointPolicy PutAccessPointScope PutBucketPolicy "
        "PutInventoryConfiguration PutLifecycleConfiguration",
        "s3express",
    )
    | _named(
        "CreateAccessPoint PutAccessPointPolicy PutBucketPolicy PutLifecycleConfiguration "
        "PutReplicationConfiguration",
        "s3-outposts",
    )
)
BATCH_JOB: Final = ("s3:createjob", "iam:passrole")
"""Whoever may do both starts a job that does what some role may."""
_SETTINGS_OF_S3: Final = _named(
    "AssociateAccessGrantsIdentityCenter CreateAccessGrantsInstance CreateBucket "
    "CreateJob CreateStorageLensGroup DeleteAccessGrant "
    "DeleteAccessGrantsInstance DeleteAccessGrantsInstanceResourcePolicy DeleteAccessGrantsLocation "
    "DeleteAccessPoint DeleteAccessPointForObjectLambda DeleteAccessPointPolicy "
    "DeleteAccessPointPolicyForObjectLambda DeleteBucket DeleteBucketMetadataTableConfiguration "
    "DeleteBucketPolicy DeleteBucketWebsite DeleteJobTagging DeleteMultiRegionAccessPoint "
    "DeleteStorageLensConfiguration DeleteStorageLensConfigurationTagging DeleteStorageLensGroup "
    "DescribeJob DescribeMultiRegionAccessPointOperation DissociateAccessGrantsIdentityCenter "
    "GetAccelerateConfiguration GetAccessGrant GetAccessGrantsInstance GetAccessGrantsInstanceForPrefix "
    "GetAccessGrantsInstanceResourcePolicy GetAccessGrantsLocation GetAccessPoint "
    "GetAccessPointConfigurationForObjectLambda GetAccessPointForObjectLambda GetAccessPointPolicy "
    "GetAccessPointPolicyForObjectLambda GetAccessPointPolicyStatus "
    "GetAccessPointPolicyStatusForObjectLambda GetAccountPublicAccessBlock GetAnalyticsConfiguration "
    "GetBucketAbac GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging "
    "GetBucketMetadataTableConfiguration GetBucketNotification GetBucketObjectLockConfiguration "
    "GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketPublicAccessBlock "
    "GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite "
    "GetEncryptionConfiguration GetIntelligentTieringConfiguration GetInventoryConfiguration "
    "GetJobTagging GetLifecycleConfiguration GetMetricsConfiguration GetMultiRegionAccessPoint "
    "GetMultiRegionAccessPointPolicy GetMultiRegionAccessPointPolicyStatus "
    "GetMultiRegionAccessPointRoutes GetReplicationConfiguration GetStorageLensConfiguration "
    "GetStorageLensConfigurationTagging GetStorageLensDashboard GetStorageLensGroup HeadBucket "
    "ListAccessGrants ListAccessGrantsInstances ListAccessGrantsLocations ListAccessPoints "
    "ListAccessPointsForObjectLambda ListAllMyBuckets ListCallerAccessGrants ListJobs "
    "ListMultiRegionAccessPoints ListStorageLensConfigurations ListStorageLensGroups ListTagsForResource "
    "PauseReplication PutAccelerateConfiguration PutAccessPointPublicAccessBlock "
    "PutAccountPublicAccessBlock PutAnalyticsConfiguration PutBucketAbac PutBucketCORS "
    "PutBucketObjectLockConfiguration PutBucketOwnershipControls "
    "PutBucketPublicAccessBlock PutBucketRequestPayment PutBucketTagging PutBucketVersioning "
    "PutBucketWebsite PutEncryptionConfiguration PutIntelligentTieringConfiguration PutJobTagging "
    "PutMetricsConfiguration PutStorageLensConfiguration PutStorageLensConfigurationTagging "
    "SubmitMultiRegionAccessPointRoutes TagResource UntagResource "
    "UpdateBucketMetadataJournalTableConfiguration "
    "UpdateJobPriority UpdateJobStatus UpdateStorageLensGroup"
)
SETTINGS: Final = (
    _SETTINGS_OF_S3
    | _named("WriteGetObjectResponse", "s3-object-lambda")
    | _named(
        "CreateBucket CreateEndpoint DeleteAccessPoint DeleteAccessPointPolicy DeleteBucket "
        "DeleteBucketPolicy DeleteEndpoint GetAccessPoint GetAccessPointPolicy GetBucket GetBucketPolicy "
        "GetBucketTagging GetBucketVersioning GetLifecycleConfiguration GetReplicationConfiguration "
        "ListAccessPoints ListEndpoints ListOutpostsWithS3 ListRegionalBuckets ListSharedEndpoints "
        "PutBucketTagging PutBucketVersioning",
        "s3-outposts",
    )
    | _named(
        "CreateBucket DeleteAccessPoint DeleteAccessPointPolicy DeleteAccessPointScope DeleteBucket "
        "DeleteBucketPolicy GetAccessPoint GetAccessPointPolicy GetAccessPointScope GetBucketPolicy "
        "GetEncryptionConfiguration GetInventoryConfiguration GetLifecycleConfiguration "
        "GetMetricsConfiguration ListAccessPointsForDirectoryBuckets ListAllMyDirectoryBuckets "
        "ListTagsForResource PutEncryptionConfiguration PutMetricsConfiguration TagResource UntagResource",
        "s3express",
    )
)
_KNOWN: Final = OBJECT | LISTING | UPLOADS | TAKEOVER | SETTINGS


def spelled(action: str) -> str:
    """The action as IAM's pages write it."""
    return _SPELLED.get(action, action)


def covers(names: Names, action: str) -> bool:
    """Whether these names, or everything but them, include the action."""
    return any(_matches(name, action) for name in names.patterns) != names.negated


def unknown_actions(names: Names) -> frozenset[str]:
    """Actions of these services spelled out that no table here knows: they may touch anything."""
    spelled_out = {
        name for name in names.patterns if name.startswith(_SERVICES) and not {"*", "?"} & set(name)
    }
    return frozenset() if names.negated else frozenset(spelled_out - _KNOWN)


@lru_cache(maxsize=65_536)
def _matches(name: str, action: str) -> bool:
    return matches(without_variables(name), action)
