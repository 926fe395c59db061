"""Settings of every test: Dagster sends nothing, Hypothesis is not hurried."""

import os

from hypothesis import settings

os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"

settings.register_profile("ftdata", deadline=None)
settings.load_profile("ftdata")
