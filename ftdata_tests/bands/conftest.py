"""Small partitions make several runs, so that tests reach them."""

import pytest


@pytest.fixture(autouse=True, scope="session")
def _small_limits():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ftdata.bands.plan._SMALL", 1)
        patch.setattr("ftdata.bands.plan._TIMES", 2)
        yield
