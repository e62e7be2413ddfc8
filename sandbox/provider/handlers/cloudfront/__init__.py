"""Distributions, and what they refer to."""
