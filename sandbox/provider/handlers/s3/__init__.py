"""Buckets, their settings, and what stands beside them."""
