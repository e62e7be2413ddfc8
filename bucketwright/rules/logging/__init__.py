"""Rules on who learns of what happens to a bucket and its objects."""
