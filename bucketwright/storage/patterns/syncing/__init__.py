"""How do a folder and a place, or two places, become the same by moving only what differs?

Names and filters are plain text (`names`, `filters`), each side is listed once (`folder_side`, `place_side`),
a plan is made of both (`planning`), and carried out (`carrying`). What was found equal is remembered, so that
nobody has to look at contents twice (`remembered`). `bucketwright.storage.patterns.sync` puts it together.
"""
