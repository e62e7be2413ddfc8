"""The lifecycle of S3: what its rules say, which it refuses, and what becomes of an object under them."""
