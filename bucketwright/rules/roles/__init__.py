"""Rules on what roles may do with buckets."""
