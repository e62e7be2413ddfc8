"""Encryption keys and their names."""
