"""Signed access: what somebody outside may do without credentials of their own, and until when."""
