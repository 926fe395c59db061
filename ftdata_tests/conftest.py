"""Settings of every test: Dagster sends nothing, Hypothesis is not hurried."""

import os

from hypothesis import settings

os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"

# Half of the usual number: there are hundreds of laws, and CI has fifteen minutes.
settings.register_profile("ftdata", deadline=None, max_examples=50)
settings.load_profile("ftdata")
