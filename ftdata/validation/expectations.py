"""Great Expectations behind one function. Nothing else imports it, and this module only when asked.

The import costs two to three seconds of CPU time. One context, one data source and one batch
definition serve a whole process: they hold no data from one call to the next but the last frame.
"""

from __future__ import annotations

import functools
import gc
import importlib
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ftdata.tables import Stage
from ftdata.validation.rules import Rule

_FORMAT = {"result_format": "COMPLETE", "return_unexpected_index_query": False}


@dataclass(frozen=True)
class Verdict:
    """What an expectation found in a frame: the places of unexpected rows, or why it cannot say."""

    unexpected: npt.NDArray[np.int64]  # sorted positions in the frame
    error: str | None = None


def judge(stage: Stage, frame: pd.DataFrame, rules: Sequence[Rule]) -> dict[str, Verdict]:
    """Each rule's verdict on a frame with rows, by the rule's name.

    The frame's index must be 0, 1, 2, …: Great Expectations names rows by it. `mostly` plays no
    part here, for unexpected rows are reported either way.
    """
    batch = _batch_definition().get_batch({"dataframe": frame})
    suite = _load().ExpectationSuite(name=stage, expectations=[_expectation(r) for r in rules])
    results = batch.validate(suite, result_format=_FORMAT).results
    return {result.expectation_config.meta["rule"]: _verdict(result) for result in results}


@functools.cache
def _load() -> Any:  # noqa: ANN401  (a module; mypy would follow all of it)
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    with warnings.catch_warnings(), _collector_paused():
        # It imports modules of the standard library (sre_constants) that are deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        return importlib.import_module("great_expectations")


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A quarter of the import's time would go into looking for garbage that is not there."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@functools.cache
def _batch_definition() -> Any:  # noqa: ANN401  (Great Expectations' own type)
    gx = _load()
    context = gx.get_context(mode="ephemeral")
    bars = gx.data_context.types.base.ProgressBarsConfig(globally=False)
    context.variables.progress_bars = bars
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("rows")
    return asset.add_batch_definition_whole_dataframe("all")


def _expectation(rule: Rule) -> Any:  # noqa: ANN401  (Great Expectations' own type)
    make = getattr(_load().expectations, rule.claim.expectation)
    return make(**rule.claim.kwargs, severity=rule.severity, meta={"rule": rule.name})


def _verdict(result: Any) -> Verdict:  # noqa: ANN401  (Great Expectations' own type)
    error = _raised(result.exception_info)
    places = result.result.get("unexpected_index_list") or []
    if error is None and not result.success and not places:
        error = f"{result.expectation_config.type} failed and named no row"
    elif error is None and "unexpected_index_list" not in result.result:
        error = f"{result.expectation_config.type} does not judge row by row"
    return Verdict(np.unique(np.asarray(places, dtype=np.int64)), error)


def _raised(info: dict[str, Any]) -> str | None:
    """The message of an exception inside an expectation, which is reported in two shapes."""
    entries = [info] if "raised_exception" in info else list(info.values())
    raised = [entry for entry in entries if entry["raised_exception"]]
    return str(raised[0]["exception_message"]) if raised else None
