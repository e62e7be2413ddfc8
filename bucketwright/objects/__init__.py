"""What is known of what lies in buckets, and what a contract says of it."""
