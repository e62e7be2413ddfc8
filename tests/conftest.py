"""Which examples do the laws try? The same on every machine; `make laws` tries others each time."""

from hypothesis import HealthCheck, settings

HOWEVER_BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How long an example takes says nothing about what it shows."""

settings.register_profile("steady", HOWEVER_BUSY, derandomize=True, database=None)
settings.register_profile("searching", HOWEVER_BUSY, print_blob=True)
settings.load_profile("steady")
