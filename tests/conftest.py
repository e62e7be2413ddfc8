"""Which examples do the laws try? The same on every machine; `make laws` tries others each time."""

from hypothesis import settings

settings.register_profile("steady", derandomize=True, database=None)
settings.register_profile("searching", print_blob=True)
settings.load_profile("steady")
