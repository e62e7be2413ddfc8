"""Grants as IAM documents, and the proof that no grant reaches beyond its prefixes."""
