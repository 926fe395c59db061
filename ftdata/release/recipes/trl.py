"""Arguments of TRL's command line: `trl sft --config recipe.yaml`, and the same for dpo and kto.

Keys are those of TRL 1.16's ScriptArguments, ModelConfig, SFTConfig, DPOConfig and KTOConfig.
"""

from __future__ import annotations

from collections.abc import Iterator

from ftdata.release.recipes.recipe import Entry, Fit, Recipe, chosen, model_entry, yaml_file


def trl_sft(fit: Fit) -> dict[str, bytes]:
    """Supervised training on `messages`, with the loss on the replies alone."""
    why = (
        "TRL trains on every token of `messages` without this. It needs a chat template that marks"
        " the replies with {% generation %}; TRL brings such ones for common models."
    )
    if fit.losses.get("weights"):
        why += (
            f" {fit.losses['weights']:,} examples have replies that are not to be trained on, and"
            " TRL knows no weights: take exports/trl_prompt_completion instead."
        )
    return _files(fit, "sft", [*_packing(fit), Entry("assistant_only_loss", True, why)])


def trl_prompt_completion(fit: Fit) -> dict[str, bytes]:
    """Supervised training on completions."""
    why = "The prompt is left out of the loss: the trained replies alone are in `completion`."
    return _files(fit, "sft", [*_packing(fit), Entry("completion_only_loss", True, why)])


def trl_dpo(fit: Fit) -> dict[str, bytes]:
    """Direct preference optimisation."""
    return _files(fit, "dpo", [_beta()])


def trl_kto(fit: Fit) -> dict[str, bytes]:
    """KTO, whose batches hold two rows at least: each is compared with another's reply."""
    size = fit.sizing
    batch = max(2, int(size.batch.value))
    beta = _beta()
    return _files(fit, "kto", [beta], Entry("per_device_train_batch_size", batch, size.batch.why))


def _beta() -> Entry:
    return Entry("beta", 0.1, "How much it holds to the model it starts from: TRL's default.")


def _packing(fit: Fit) -> Iterator[Entry]:
    packing = fit.sizing.packing
    if not packing.value:
        yield chosen("packing", packing)
        return
    why = "Without flash attention, packed examples would see each other: set packing to false."
    yield chosen("packing", packing)
    yield Entry("attn_implementation", "flash_attention_2", why)


def _files(
    fit: Fit, command: str, own: list[Entry], batch: Entry | None = None
) -> dict[str, bytes]:
    size = fit.sizing
    head = (
        f"TRL: run `trl {command} --config {fit.folder}/recipe.yaml` in the folder of this version."
        " Each value has its reason above it."
    )
    entries = [
        model_entry("model_name_or_path", fit),
        Entry("dataset_name", fit.folder, "The folder of this target: its files are the splits."),
        Entry("dataset_train_split", "train"),
        *_looks(fit),
        Entry("output_dir", f"{command}-out", "Where checkpoints go."),
        chosen("max_length", size.max_length),
        *own,
        batch or chosen("per_device_train_batch_size", size.batch),
        chosen("gradient_accumulation_steps", size.accumulation),
        chosen("num_train_epochs", size.epochs),
        chosen("learning_rate", size.learning_rate),
        chosen("warmup_steps", size.warmup_steps),
        Entry("use_peft", True, "LoRA: small adapters instead of the whole model."),
        chosen("lora_r", size.rank),
        chosen("lora_alpha", size.alpha),
        Entry("lora_dropout", 0.0, "None (Unsloth's guide)."),
        Entry("lora_target_modules", "all-linear", "All linear layers (QLoRA, figure 2)."),
    ]
    return {"recipe.yaml": yaml_file(head, entries)}


def _looks(fit: Fit) -> Iterator[Entry]:
    if "validation" not in fit.files:
        yield Entry("eval_strategy", "no", "There is no row for validation.")
        return
    yield Entry("dataset_test_split", "validation", "The test split stays unseen until the end.")
    yield Entry("eval_strategy", "steps")
    yield chosen("eval_steps", fit.sizing.look_steps)


TRL_SFT = Recipe("sft", trl_sft)
TRL_PROMPT_COMPLETION = Recipe("sft", trl_prompt_completion)
TRL_DPO = Recipe("preference", trl_dpo)
TRL_KTO = Recipe("preference", trl_kto)
