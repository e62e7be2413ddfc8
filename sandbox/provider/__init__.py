"""A double of the AWS provider: the engine's work becomes real calls, to an AWS on this machine only.

It proves orchestration, state, diffs and documents. It does not prove the real provider's own defaults, its
validation, or the eventual consistency of AWS.
"""
