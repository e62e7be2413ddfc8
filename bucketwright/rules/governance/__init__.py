"""Rules on what a bucket is called, where it lies and what it carries."""
