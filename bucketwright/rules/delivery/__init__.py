"""Rules on what S3 sends out, and on what tells of its objects."""
