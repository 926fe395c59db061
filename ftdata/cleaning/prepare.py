"""What `cleaned` does to each row by itself: normalise, screen, filter, score, redact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ftdata.cleaning.control_tokens import break_tokens, neutralise_tokens, show_token
from ftdata.cleaning.conversation_language import conversation_languages
from ftdata.cleaning.conversations import (
    Conversations,
    one_array,
    read_conversations,
    with_message_fields,
)
from ftdata.cleaning.filters.apply import apply_filters
from ftdata.cleaning.filters.finding import Finding
from ftdata.cleaning.filters.refusals import refusal_kinds
from ftdata.cleaning.normalize import normalize_column
from ftdata.cleaning.pii.presidio import presidio_identity
from ftdata.cleaning.pii.rows import RedactedRows, Redactor
from ftdata.cleaning.scores import score_conversations
from ftdata.cleaning.screening import Excerpt
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_pii import Pii
from ftdata.tables import column_type

Mask = npt.NDArray[np.bool_]
FIXED = "fixed_encoding"
CONTROL = "control_tokens"
MARKS = "role_marks"
_redactors: dict[tuple[str, str, bytes | None], Redactor] = {}  # the one of the last settings

_LANGUAGE = "language"
_REFUSAL = "refusal"
_FLAGS = "flags"
_SCORES = "scores"


@dataclass(frozen=True)
class Prepared:
    """Rows that are ready to be compared, and those that were dropped on the way.

    `table` has the columns of `raw_logs` and those that `cleaned` adds; `drops` the id of each
    row that went, in order, and why.
    """

    table: pa.Table
    drops: list[tuple[str, Finding]]
    redactions: Counter[str]
    excerpts: Mapping[str, Sequence[Excerpt]]


def prepare_rows(raw: pa.Table, options: Cleaning, key: bytes | None = None) -> Prepared:
    """Prepare n rows of `raw_logs`, in their order. `key` is that of surrogates and hashes.

    Raises SettingsError where a package that the settings ask for is not installed, or a custom
    filter cannot be used, FilterError where one fails on a row.
    """
    table, mended = _screen(raw, options)
    ids = table.column("id").to_pylist()
    conversations = read_conversations(table.column("messages"), ids)
    told = conversation_languages(conversations, options.language)
    conversations = replace(conversations, languages=told)
    drops, flags = _judge(conversations, options, mended)
    _name_tokens(drops, raw, options)
    kinds = refusal_kinds(conversations)
    scores = score_conversations(conversations, flags, kinds)
    columns = {
        _LANGUAGE: told.prompts,
        _REFUSAL: kinds,
        _FLAGS: [sorted({*own, *more}) for own, more in zip(flags, scores.flags, strict=True)],
    }
    for name, values in columns.items():
        table = table.append_column(name, pa.array(values, column_type("cleaned", name)))
    table = table.append_column(_SCORES, scores.column())
    stays = np.asarray([drop is None for drop in drops], dtype=np.bool_)
    gone = [(id_, drop) for id_, drop in zip(ids, drops, strict=True) if drop]
    redacted, more = _redact(table.filter(pa.array(stays)), options.pii, key)
    counts: Counter[str] = sum(redacted.counts, Counter())
    ready = _without_tokens(redacted.table, options) if counts else redacted.table
    return Prepared(ready, [*gone, *more], counts, redacted.excerpts)


def _screen(raw: pa.Table, options: Cleaning) -> tuple[pa.Table, dict[str, Mask]]:
    """Texts in normal form without control tokens; by flag, the rows of which a text was mended."""
    messages = raw.column("messages")
    conversations = read_conversations(messages)
    normal = normalize_column(conversations.contents)
    control = options.control_tokens
    said = neutralise_tokens(normal.texts, conversations.roles, control)
    called = neutralise_tokens(conversations.tool_calls, conversations.roles, control)
    offered = raw.column("tools").to_pylist()
    tools = neutralise_tokens(offered, ["tool"] * len(offered), control)
    known = one_array(messages).flatten().field("name").to_pylist()
    names = neutralise_tokens(known, ["tool"] * len(known), control)
    fields = {"content": said.texts, "tool_calls": called.texts, "name": names.texts}
    old = {"content": conversations.contents, "tool_calls": conversations.tool_calls, "name": known}
    if fields != old:
        raw = _replace(raw, "messages", with_message_fields(messages, fields))
    if tools.texts != offered:
        raw = _replace(raw, "tools", pa.array(tools.texts, pa.string()))
    mended = {
        FIXED: normal.fixed_encoding,
        CONTROL: said.had_token | called.had_token | names.had_token,
        MARKS: said.had_mark | called.had_mark,
    }
    rows = {
        flag: conversations.per_conversation(hits.astype(np.int64)) > 0
        for flag, hits in mended.items()
    }
    rows[CONTROL] |= tools.had_token
    return raw, rows


def _without_tokens(table: pa.Table, options: Cleaning) -> pa.Table:
    """The rows without the tokens that placeholders made of `<|Jane Doe|>` and its like."""
    flat = one_array(table.column("messages")).flatten()
    old = {name: flat.field(name).to_pylist() for name in ("content", "tool_calls", "name")}
    new = {name: break_tokens(texts, options.control_tokens) for name, texts in old.items()}
    if new != old:
        table = _replace(table, "messages", with_message_fields(table.column("messages"), new))
    tools = break_tokens(table.column("tools").to_pylist(), options.control_tokens)
    return _replace(table, "tools", pa.array(tools, pa.string()))


def _replace(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), name, values)


def _judge(
    conversations: Conversations, options: Cleaning, mended: Mapping[str, Mask]
) -> tuple[list[Finding | None], list[list[str]]]:
    """Why each row is dropped, or None, and its flags."""
    verdicts = apply_filters(conversations, options)
    for flag, hits in mended.items():
        goes = flag != FIXED and options.control_tokens.action == "drop"
        for row in np.flatnonzero(hits).tolist():
            verdicts.flags[row].append(flag)
            if goes and verdicts.drops[row] is None:
                verdicts.drops[row] = Finding(flag)
    return verdicts.drops, verdicts.flags


def _name_tokens(drops: list[Finding | None], raw: pa.Table, options: Cleaning) -> None:
    """Put into the detail of each drop for a control token which one it was."""
    for row, drop in enumerate(drops):
        if drop is not None and drop.reason == CONTROL:
            conversation = read_conversations(raw.column("messages").slice(row, 1))
            texts = [*conversation.contents, *conversation.tool_calls]
            texts += raw.column("tools").slice(row, 1).to_pylist()
            known = normalize_column(texts).texts
            drops[row] = Finding(CONTROL, show_token(known, options.control_tokens))


def _redact(
    table: pa.Table, options: Pii, key: bytes | None
) -> tuple[RedactedRows, list[tuple[str, Finding]]]:
    """The rows with placeholders, without those that hold what `drop` is set for; those, by id."""
    if options.enabled:
        redacted = _redactor(options, key).redact(table)
    else:
        redacted = RedactedRows(table, [Counter() for _ in range(table.num_rows)], {})
    kinds = {*options.entities, *options.deny}
    banned = {kind for kind in kinds if options.mode_of(kind) == "drop"}
    goes = [sorted(banned & found.keys()) for found in redacted.counts]
    ids = table.column("id").to_pylist()
    drops = [
        (id_, Finding("personal_data", ", ".join(names)))
        for id_, names in zip(ids, goes, strict=True)
        if names
    ]
    column = _as_maps(redacted.counts)
    stays = pa.array([not names for names in goes], pa.bool_())
    kept = redacted.table.append_column("redactions", column).filter(stays)
    return replace(redacted, table=kept), drops


def _as_maps(counts: Sequence[Counter[str]]) -> pa.MapArray:
    """One map a row, its keys in order; built flat, which is several times as fast."""
    pairs = [pair for found in counts for pair in sorted(found.items())]
    offsets = np.concatenate(([0], np.cumsum([len(found) for found in counts], dtype=np.int64)))
    return pa.MapArray.from_arrays(
        pa.array(offsets, pa.int32()),
        pa.array([name for name, _ in pairs], pa.string()),
        pa.array([count for _, count in pairs], pa.int32()),
    )


def _redactor(options: Pii, key: bytes | None) -> Redactor:
    """One for all blocks, and for partition after partition: what it opens may take seconds."""
    engine = presidio_identity(options) if options.engine == "presidio" else ""
    named = options.model_dump_json(), engine, key
    redactor = _redactors.get(named)
    if redactor is None:
        redactor = Redactor(options, key)
        _redactors.clear()
        _redactors[named] = redactor
    return redactor


def forget_texts() -> None:
    """Let go of the texts that were searched: they are private, and a server lives long."""
    for redactor in list(_redactors.values()):
        redactor.forget()
