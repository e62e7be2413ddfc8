"""One storage contract for S3, and everything that follows from it."""

__version__ = "0.1.0"
