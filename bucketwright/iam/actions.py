"""What each S3 action touches: an object, the list of a bucket's keys, the whole bucket, or settings only."""

from functools import lru_cache
from typing import Final

from bucketwright.iam.documents import Names
from bucketwright.iam.patterns import matches, without_variables

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
    | _named("DeleteObject GetObject PutObject", "s3-object-lambda")
    | _named("DeleteObject GetObject PutObject", "s3-outposts")
)
LISTING: Final = (
    _named("ListBucket ListBucketVersions")
    | _named("ListBucket", "s3-object-lambda")
    | _named("ListBucket", "s3-outposts")
)
# Lists the keys of uploads, and takes no s3:prefix condition.
UPLOADS: Final = _named("ListBucketMultipartUploads")
# Whoever may do these can hand himself, or a bucket of his, keys beyond any prefix, or delete them all.
TAKEOVER: Final = (
    _named(
        "CreateAccessGrant CreateAccessGrantsLocation CreateAccessPoint CreateAccessPointForObjectLambda "
        "CreateMultiRegionAccessPoint GetDataAccess PutAccessGrantsInstanceResourcePolicy "
        "PutAccessPointConfigurationForObjectLambda PutAccessPointPolicy "
        "PutAccessPointPolicyForObjectLambda PutBucketAcl PutBucketPolicy PutInventoryConfiguration "
        "PutLifecycleConfiguration PutMultiRegionAccessPointPolicy PutReplicationConfiguration "
        "UpdateAccessGrantsLocation"
    )
    | _named("CreateAccessPoint CreateSession PutAccessPointPolicy PutBucketPolicy", "s3express")
    | _named("PutAccessPointPolicy PutBucketPolicy", "s3-outposts")
)
SETTINGS: Final = _named(
    "AssociateAccessGrantsIdentityCenter CreateAccessGrantsInstance CreateBucket "
    "CreateBucketMetadataTableConfiguration CreateJob CreateStorageLensGroup DeleteAccessGrant "
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
    "PutAccountPublicAccessBlock PutAnalyticsConfiguration PutBucketAbac PutBucketCORS PutBucketLogging "
    "PutBucketNotification PutBucketObjectLockConfiguration PutBucketOwnershipControls "
    "PutBucketPublicAccessBlock PutBucketRequestPayment PutBucketTagging PutBucketVersioning "
    "PutBucketWebsite PutEncryptionConfiguration PutIntelligentTieringConfiguration PutJobTagging "
    "PutMetricsConfiguration PutStorageLensConfiguration PutStorageLensConfigurationTagging "
    "SubmitMultiRegionAccessPointRoutes TagResource UntagResource "
    "UpdateBucketMetadataInventoryTableConfiguration UpdateBucketMetadataJournalTableConfiguration "
    "UpdateJobPriority UpdateJobStatus UpdateStorageLensGroup"
)
_KNOWN: Final = OBJECT | LISTING | UPLOADS | TAKEOVER | SETTINGS


def spelled(action: str) -> str:
    """The action as IAM's pages write it."""
    return _SPELLED.get(action, action)


def covers(names: Names, action: str) -> bool:
    """Whether these names, or everything but them, include the action."""
    return any(_matches(name, action) for name in names.patterns) != names.negated


def unknown_actions(names: Names) -> frozenset[str]:
    """S3 actions spelled out that no table here knows: taken for object actions, to be safe."""
    spelled_out = {name for name in names.patterns if name.startswith("s3:") and not {"*", "?"} & set(name)}
    return frozenset() if names.negated else frozenset(spelled_out - _KNOWN)


@lru_cache(maxsize=65_536)
def _matches(name: str, action: str) -> bool:
    return matches(without_variables(name), action)
