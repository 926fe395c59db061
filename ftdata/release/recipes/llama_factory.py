"""LLaMA-Factory's YAML: `llamafactory-cli train recipe.yaml`. Keys are those of 0.9.5."""

from __future__ import annotations

from collections.abc import Iterator

from ftdata.release.exports.dataset_info import dataset_key
from ftdata.release.recipes.recipe import Entry, Fit, Recipe, chosen, model_entry, yaml_file

_STAGES = {"sft": "Supervised training.", "dpo": "Direct preference optimisation on pairs."}


def llama_factory_sft(fit: Fit) -> dict[str, bytes]:
    """Supervised training on the replies, or on the last of each row where some are bad."""
    bad = fit.losses.get("weights", 0)
    if bad:
        why = (
            f"{bad:,} examples have replies that are not to be trained on, and LLaMA-Factory knows"
            " no weights: the last reply of each row, which always is to be, is trained on alone."
        )
    else:
        why = "Every reply is to be trained on."
    mask = Entry("mask_history", bool(bad), why)
    return _files(fit, "sft", [mask, *_packing(fit)])


def llama_factory_dpo(fit: Fit) -> dict[str, bytes]:
    """Direct preference optimisation."""
    beta = Entry("pref_beta", 0.1, "How much it holds to the model it starts from.")
    return _files(fit, "dpo", [beta, Entry("pref_loss", "sigmoid", "That of DPO.")])


def _packing(fit: Fit) -> Iterator[Entry]:
    packing = fit.sizing.packing
    yield chosen("packing", packing)
    if packing.value:
        yield Entry("neat_packing", True, "Packed examples must not see each other.")


def _files(fit: Fit, stage: str, own: list[Entry]) -> dict[str, bytes]:
    size = fit.sizing
    head = (
        f"LLaMA-Factory: run `llamafactory-cli train {fit.folder}/recipe.yaml` in the folder of"
        " this version. Each value has its reason above it."
    )
    template = (
        "Write the name that LLaMA-Factory has for the model's chat template: the table of models"
        " in its README holds it."
    )
    entries = [
        model_entry("model_name_or_path", fit),
        Entry("template", "REPLACE_WITH_TEMPLATE", template),
        Entry("stage", stage, _STAGES[stage]),
        Entry("do_train", True),
        Entry("dataset_dir", fit.folder, "Where dataset_info.json says what the rows are."),
        Entry("dataset", dataset_key(fit.name, "train")),
        *_looks(fit),
        Entry("output_dir", "out", "Where checkpoints go."),
        chosen("cutoff_len", size.max_length),
        *own,
        chosen("per_device_train_batch_size", size.batch),
        chosen("gradient_accumulation_steps", size.accumulation),
        chosen("num_train_epochs", size.epochs),
        chosen("learning_rate", size.learning_rate),
        chosen("warmup_steps", size.warmup_steps),
        Entry("finetuning_type", "lora", "Small adapters instead of the whole model."),
        chosen("lora_rank", size.rank),
        chosen("lora_alpha", size.alpha),
        Entry("lora_dropout", 0.0, "None (Unsloth's guide)."),
        Entry("lora_target", "all", "All linear layers (QLoRA, figure 2)."),
    ]
    return {"recipe.yaml": yaml_file(head, entries)}


def _looks(fit: Fit) -> Iterator[Entry]:
    if "validation" not in fit.files:
        yield Entry("eval_strategy", "no", "There is no row for validation.")
        return
    yield Entry("eval_dataset", dataset_key(fit.name, "validation"))
    yield Entry("eval_strategy", "steps", fit.sizing.look_steps.why)
    yield Entry("eval_steps", fit.sizing.look_steps.value)


LLAMA_FACTORY_SFT = Recipe("sft", llama_factory_sft)
LLAMA_FACTORY_DPO = Recipe("preference", llama_factory_dpo)
