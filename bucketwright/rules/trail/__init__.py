"""Rules on trails, and on the buckets they deliver into."""
