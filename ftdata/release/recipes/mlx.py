"""MLX-LM's YAML: `mlx_lm.lora --config recipe.yaml`. Keys are those of MLX-LM 0.32."""

from __future__ import annotations

from ftdata.release.recipes.recipe import Entry, Fit, Recipe, chosen, model_entry, yaml_file


def mlx_lora(fit: Fit) -> dict[str, bytes]:
    """LoRA on the last reply of each row.

    MLX-LM refuses a batch that is larger than a split, and counts single batches, not steps.
    """
    size = fit.sizing
    batches = int(size.accumulation.value)
    batch, why = int(size.batch.value), size.batch.why
    fewest = min(fit.rows.values())
    if batch > fewest:
        batch, why = fewest, f"The smallest split has {fewest:,} rows: no batch may be larger."
    iterations = max(1, round(fit.rows["train"] / batch * size.epochs.value))
    scale = size.alpha.value / size.rank.value
    head = (
        f"MLX-LM: run `mlx_lm.lora --config {fit.folder}/recipe.yaml` in the folder of this"
        " version. Each value has its reason above it."
    )
    entries = [
        model_entry("model", fit),
        Entry("train", True),
        Entry("data", fit.folder, "The folder with train.jsonl, valid.jsonl and test.jsonl."),
        Entry("adapter_path", "adapters", "Where the adapters go."),
        Entry("mask_prompt", True, "Each row is for its last message: the rest is not learnt."),
        chosen("max_seq_length", size.max_length),
        Entry("batch_size", batch, why),
        Entry("grad_accumulation_steps", batches, size.accumulation.why),
        Entry("iters", iterations, f"Batches in all: {size.epochs.why}"),
        Entry("learning_rate", size.learning_rate.value, size.learning_rate.why),
        *_looks(fit, iterations),
        Entry("fine_tune_type", "lora", "Small adapters instead of the whole model."),
        Entry("num_layers", -1, "Adapters in all layers."),
        Entry(
            "lora_parameters",
            {"rank": size.rank.value, "dropout": 0.0, "scale": scale},
            f"{size.rank.why} The scale is what others call alpha divided by the rank.",
        ),
    ]
    return {"recipe.yaml": yaml_file(head, entries)}


def _looks(fit: Fit, iterations: int) -> list[Entry]:
    if "validation" not in fit.files:
        return []
    steps = max(1, iterations // 10)
    why = "About ten looks at all of validation in a run."
    return [Entry("steps_per_eval", steps, why), Entry("val_batches", -1)]


MLX_LORA = Recipe("rows", mlx_lora)
