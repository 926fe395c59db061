"""The body of a request for a fine-tuning job, as OpenAI and those compatible with it take it."""

from __future__ import annotations

from ftdata import jsonl
from ftdata.release.recipes.recipe import Fit, Recipe, model_entry

_FILE = "REPLACE_WITH_FILE_ID"
_KEYS = {"train": "training_file", "validation": "validation_file"}


def openai_sft(fit: Fit) -> dict[str, bytes]:
    """`POST /v1/fine_tuning/jobs` with the method supervised."""
    return _files(fit, "supervised", {})


def openai_dpo(fit: Fit) -> dict[str, bytes]:
    """`POST /v1/fine_tuning/jobs` with the method dpo."""
    return _files(fit, "dpo", {"beta": "auto"})


def _files(fit: Fit, method: str, own: dict[str, object]) -> dict[str, bytes]:
    size = fit.sizing
    batch = int(size.batch.value * size.accumulation.value)
    parameters = {"n_epochs": size.epochs.value, "batch_size": batch, **own}
    body: dict[str, object] = {
        "model": fit.model,
        "training_file": _FILE,
        "method": {"type": method, method: {"hyperparameters": parameters}},
    }
    if "validation" in fit.files:
        body["validation_file"] = _FILE
    return {"job.json": jsonl.pretty(body), "job.md": _reasons(fit, batch).encode()}


def _reasons(fit: Fit, batch: int) -> str:
    size = fit.sizing
    used = [split for split in _KEYS if split in fit.files]  # a job takes no test file
    uploads = "\n".join(f"- `{fit.files[split]}` → `{_KEYS[split]}`" for split in used)
    return (
        "# The job in `job.json`\n\n"
        "Upload these files with the purpose `fine-tune`, and write the id that each is given into"
        f" its field of `job.json`:\n\n{uploads}\n\n"
        "Then post `job.json` to `/v1/fine_tuning/jobs`.\n\n"
        f"- model: {model_entry('model', fit).why}\n"
        f"- n_epochs: {size.epochs.why}\n"
        f"- batch_size {batch}: {size.accumulation.why}\n"
        "- learning rate: the provider's choice.\n"
        f"- lengths: {size.max_length.why.split(' Rounded')[0]}\n"
    )


OPENAI_SFT = Recipe("rows", openai_sft)
OPENAI_DPO = Recipe("preference", openai_dpo)
