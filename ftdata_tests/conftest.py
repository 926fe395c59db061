"""Settings of every test: Dagster sends nothing, Hypothesis is not hurried, long tests go first."""

import os

import pytest
from hypothesis import settings

os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"

# Fewer than usual: there are hundreds of laws, and CI has fifteen minutes.
settings.register_profile("ftdata", deadline=None, max_examples=30)
settings.load_profile("ftdata")

# They start servers and builds of their own: at the end one process would wait for the other.
_LONG = ("test_readme.py", "test_commands.py", "test_shared_logs.py", "test_hostile_records.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first, all others in their order."""
    items.sort(key=lambda item: item.path.name not in _LONG)
