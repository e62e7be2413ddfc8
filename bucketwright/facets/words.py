"""Which words has S3 for what buckets and their objects have in common?"""

from typing import Literal

Algorithm = Literal["AES256", "aws:kms", "aws:kms:dsse"]
Mode = Literal["GOVERNANCE", "COMPLIANCE"]
"""How firmly an object is locked."""
