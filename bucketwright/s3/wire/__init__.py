"""S3's own protocol without the SDK's client on the way: for lists, heads and the reads of buckets.

async with Wire(sessions, deadline) as wire:                 # wire.py
    place = await wire.bucket(name, region, account)
    async for page in place.keys():                          # rows.py says what a page is
        ...                                                  # page.failure: why its range is unknown
    outcome = await place.head(key)                          # headers by lower-case names, or a Failure
    place.begin_head(key, version, told)                     # the same, told, for very many objects

What only sends calls takes `send_by("fast" or "sdk", sessions, deadline, server)` (sending.py): it gives a
Send, and why it is the SDK's where the fast one was wished for and cannot get through.
"""
