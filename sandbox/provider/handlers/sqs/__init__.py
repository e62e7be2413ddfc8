"""Queues and who may use them."""
