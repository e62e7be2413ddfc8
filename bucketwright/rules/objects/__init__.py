"""Rules on what lies in buckets: objects, unfinished uploads, delete markers."""
