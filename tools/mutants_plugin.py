"""How do the tests run while mutmut tries a mutant? As fast as a yes or no allows, and never without one."""

import pytest
from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "mutants",
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """A test file that a mutant keeps from loading has noticed it; pytest would call the run misused."""
    if report.failed:
        pytest.exit(f"{report.nodeid} does not load: {report.longrepr}", returncode=1)
