"""IAM policy documents of S3: one normal form, exact patterns, public or not, who reaches what."""
