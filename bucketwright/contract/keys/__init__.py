"""Path templates: one language for the keys of objects.

A template such as `{env}/cases/{case_id:int}/documents/` formats a key from values, reads a key back into
values, and yields the patterns that IAM, lifecycle rules and event notifications understand.
"""
