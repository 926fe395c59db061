"""Figures on personal data in labelled texts, and in texts that hold none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from ftdata_tests.benchmarks.cleaning_baselines import find_naively, open_presidio_baseline
from ftdata_tests.benchmarks.cleaning_figures import Figure, absent
from ftdata_tests.benchmarks.cleaning_truth import (
    Find,
    Place,
    Score,
    matching,
    read_jsonl,
    read_labelled,
    score_places,
)

SPAN_FILES = ("pii/presidio_synth_v2.jsonl", "pii/presidio_generated_large.jsonl")
CASE_FILES = ("pii/presidio_recognizer_cases.jsonl", "pii/regex_suite_cases.jsonl")
RECALL_FILES = ("lifebench_*.jsonl*", "echr_*.jsonl*")  # in pii/; labels that are not complete
TARGETS = {
    "EMAIL": 0.985, "CREDIT_CARD": 0.985, "IBAN": 0.985, "IP": 0.985, "SSN": 0.92, "PHONE": 0.90,
    "PERSON": 0.65, "MAC": None, "URL": None, "ADDRESS": None,
}  # fmt: skip
NUMBERS = ("PHONE", "CREDIT_CARD", "SSN")
# The states whose numbers are looked for, by the truth's names of them.
NATIONAL = (
    "ES_NIF", "ES_NIE", "FI_PERSONAL_IDENTITY_CODE", "IT_FISCAL_CODE", "IN_AADHAAR", "IN_PAN",
    "KR_RRN", "PL_PESEL", "SE_PERSONNUMMER", "SG_NRIC_FIN", "TH_TNIN", "TR_NATIONAL_ID", "UK_NHS",
    "UK_NINO", "US_ITIN", "ZA_ID_NUMBER", "CA_SIN", "AU_TFN", "DE_TAX_ID",
)  # fmt: skip


@cache
def finders() -> dict[str, Find]:
    """The ways that are compared, by column."""
    from ftdata.cleaning.pii.finder import open_finder
    from ftdata.settings_pii import Pii

    usual = open_finder(Pii(keep_reserved=False))
    addresses = open_finder(Pii(entities=("URL",), keep_reserved=False))  # kept by default

    def ours(text: str) -> list[Place]:
        return [*usual(text), *addresses(text)]

    found: dict[str, Find] = {"ours": ours, "naive": find_naively}
    presidio = open_presidio_baseline()
    return found | ({"presidio": presidio} if presidio else {})


def compare(name: str, measure: Callable[[Find], float | None], **more: object) -> Figure:
    """One metric of every way."""
    return Figure(name, **{way: measure(find) for way, find in finders().items()}, **more)  # type: ignore[arg-type]


def pii_figures(data: Path) -> Iterator[Figure]:
    """F1, precision and recall by entity; the span files by themselves; recall elsewhere."""
    paths = [data / name for name in (*SPAN_FILES, *CASE_FILES)]
    if not any(path.exists() for path in paths):
        yield absent("PII", "pii/*.jsonl")
        yield from _recall(data)
        return
    for path in paths:
        if not path.exists():
            yield absent(f"PII, {path.stem}", str(path.relative_to(data)))
    texts = read_labelled(paths)
    scored = {way: score_places(texts, find, list(TARGETS)) for way, find in finders().items()}
    for entity, target in TARGETS.items():
        scores = {way: found.of(entity) for way, found in scored.items()}
        count = scores["ours"].labelled
        if not count:
            yield absent(f"{entity} F1", "a labelled place of it")
            continue
        yield _by(scores, f"{entity} F1, of {count}", lambda score: score.f1, target=target)
        yield _by(scores, f"{entity} precision", lambda score: score.precision)
        yield _by(scores, f"{entity} recall", lambda score: score.recall)
        yield _by(scores, f"{entity} F1, exact borders", lambda score: score.exact_f1)
    yield from _each_span_file(data)
    yield from _national(data)
    yield from _recall(data)


def _by(
    scores: dict[str, Score], name: str, measure: Callable[[Score], float], **more: object
) -> Figure:
    return Figure(name, **{way: measure(score) for way, score in scores.items()}, **more)  # type: ignore[arg-type]


def _each_span_file(data: Path) -> Iterator[Figure]:
    for name in SPAN_FILES:
        texts = read_labelled([data / name])
        label = f"PERSON F1 per text, {Path(name).stem}"
        if not texts:
            yield absent(label, name)
            continue
        yield compare(
            label,
            lambda find, t=texts: score_places(t, find, ["PERSON"]).of("PERSON").f1,
            target=TARGETS["PERSON"],
        )


def _national(data: Path) -> Iterator[Figure]:
    path = data / CASE_FILES[0]
    if not path.exists():
        yield absent("NATIONAL_ID", CASE_FILES[0])
        return
    rows = [row for row in read_jsonl(path) if row["target"] in NATIONAL]
    if not rows:
        yield absent("NATIONAL_ID", "a case of a state's numbers")
        return
    spans = [
        (row["text"], (span["start"], span["end"], "NATIONAL_ID"))
        for row in rows
        for span in row["spans"]
    ]
    negatives = [row["text"] for row in rows if not row["spans"]]

    def recall(find: Find) -> float:
        hits = [any(tuple(place) == true for place in find(text)) for text, true in spans]
        return sum(hits) / max(len(hits), 1)

    def alarms(find: Find) -> float:
        hits = [any(place[2] == "NATIONAL_ID" for place in find(text)) for text in negatives]
        return sum(hits) / max(len(hits), 1)

    yield compare(f"NATIONAL_ID, recall of {len(spans)} bare cases", recall)
    yield compare(f"NATIONAL_ID, false alarms on {len(negatives)} listed negatives", alarms)


def _recall(data: Path) -> Iterator[Figure]:
    for pattern in RECALL_FILES:
        paths = matching(data / "pii", pattern)
        if not paths:
            yield absent(f"recall, {pattern.split('_')[0]}", f"pii/{pattern}")
        for path in paths:
            texts = read_labelled([path])
            for entity in ("PERSON", "PHONE"):
                labelled = sum(place[2] == entity for text in texts for place in text.places)
                name = f"{entity} recall, {path.name.split('.')[0]} ({labelled})"
                if labelled:
                    yield compare(name, lambda find, t=texts, e=entity: score_places(
                        t, find, [e]).of(e).recall)  # fmt: skip


def per_thousand(texts: Sequence[str], find: Find, entities: Sequence[str] = NUMBERS) -> float:
    """Places of numbers found in texts that hold none, for each thousand texts."""
    hits = sum(place[2] in entities for text in texts for place in find(text))
    return 1_000 * hits / max(len(texts), 1)


def clean_text_figures(data: Path) -> Iterator[Figure]:
    """False hits on code and mathematics."""
    solutions = data / "quality/gsm8k_solutions_correct.jsonl.gz"
    items = data / "decontam/eval_items.jsonl.gz"
    rows = read_jsonl(items) if items.exists() else []
    code = [row for row in rows if row["dataset"] == "humaneval"]
    sets = {
        "solutions in mathematics": (solutions, [
            row["response"] for row in (read_jsonl(solutions) if solutions.exists() else [])]),
        "code": (items, [f"{row['question']}\n{row['answer']}" for row in code]),
        "evaluation items": (items, [row["question"] for row in rows]),
    }  # fmt: skip
    for name, (path, texts) in sets.items():
        label = f"PHONE, CARD, SSN hits per 1,000 texts, {name}"
        if not texts:
            yield absent(label, str(path.relative_to(data)))
            continue
        yield compare(f"{label} ({len(texts):,})", lambda find, t=texts: per_thousand(t, find),
                      target=1, at_most=True)  # fmt: skip
