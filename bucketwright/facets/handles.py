"""Which parameters of calls name a thing of each kind?"""

from typing import Final

ACCESS_POINT: Final = ("AccountId", "Name")
"""Whose it is, and what it is called."""
ACCOUNT: Final = ("AccountId",)
BUCKET: Final = ("Bucket",)
DIRECTORY_BUCKET: Final = ("Bucket",)
DISTRIBUTION: Final = ("Id",)
FUNCTION: Final = ("FunctionName",)
"""Its name or its ARN, without a version."""
KEY: Final = ("KeyId",)
"""Its id or its ARN, no alias."""
QUEUE: Final = ("QueueUrl",)
ROLE: Final = ("RoleName",)
TOPIC: Final = ("TopicArn",)
TRAIL: Final = ("Name", "TrailName")
"""Both its ARN, asked in its own region."""
