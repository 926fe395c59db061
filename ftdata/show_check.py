"""What `ftdata check` answers, for a person and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from ftdata.console import ERR, plain, say, warn
from ftdata.show import Answer

if TYPE_CHECKING:
    from ftdata.checking.check import Checked
    from ftdata.checking.findings import Finding
    from ftdata.checking.tokens import TokenStatistics

_PACKED = (".gz", ".zst", ".parquet")
_BAR = 40  # characters
_PERSONAL_DATA = "personal_data_"


class Cost(NamedTuple):
    """What a training run is paid by; the price is None where it is unknown."""

    price_per_million: float | None  # of tokens, each epoch's
    epochs: int

    def of(self, tokens: int) -> float | None:
        """Of a run on so many tokens: a provider counts every one, learnt or not, each epoch."""
        if self.price_per_million is None:
            return None
        return tokens * self.epochs * self.price_per_million / 1_000_000


@contextmanager
def shown_progress(path: str) -> Iterator[Callable[[int], None]]:
    """A bar on standard error, where that is a terminal; call what it gives with bytes done."""
    if not ERR.is_terminal:
        yield lambda _: None
        return
    is_plain = Path(path).is_file() and Path(path).suffix not in _PACKED
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=ERR, transient=True) as bar:
        task = bar.add_task(plain(path), total=Path(path).stat().st_size if is_plain else None)
        yield lambda done: bar.advance(task, done)


def check_answer(found: Sequence[Checked], cost: Cost, *, strict: bool) -> Answer:
    """Findings by line, tokens, cost, duplicates, personal data and leaks of each file."""
    errors = sum(checked.tally.number("error") for checked in found)
    warnings = sum(checked.tally.number("warning") for checked in found)
    code = 1 if errors or (strict and warnings) else 0

    def show() -> None:
        for checked in found:
            _show_file(checked, cost)
        verdict = "failed" if code else "passed"
        say(f"{verdict}: {_count(errors, 'error')}, {_count(warnings, 'warning')}")

    values = {
        "errors": errors,
        "warnings": warnings,
        "passed": not code,
        "files": [_values(checked, cost) for checked in found],
    }
    return Answer(values, show, code)


def _values(checked: Checked, cost: Cost) -> dict[str, Any]:
    counts = checked.tally.counts
    rules: dict[str, dict[str, Any]] = {}
    for rule, level in sorted(counts):
        rules.setdefault(rule, {})[f"{level}s"] = counts[rule, level]
    return {
        "file": checked.path,
        "format": checked.format,
        "guessed": None if checked.guess is None else checked.guess._asdict(),
        "lines": checked.lines,
        "rows": checked.rows,
        "rows_without_errors": checked.good,
        "errors": checked.tally.number("error"),
        "warnings": checked.tally.number("warning"),
        "rules": rules,
        "findings": [finding._asdict() for finding in checked.tally.findings()],
        "tokens": _token_values(checked, cost),
        "near_duplicates_looked_for": checked.has_near,
        "rows_compared_with": checked.compared,
    }


def _token_values(checked: Checked, cost: Cost) -> dict[str, Any]:
    tokens = checked.tokens
    return {
        "tokenizer": checked.tokenizer,
        "total": tokens.total,
        "learnt": tokens.learnt,
        "mean": round(tokens.mean, 1),
        "median": tokens.quantile(0.5),
        "p95": tokens.quantile(0.95),
        "max": tokens.quantile(1),
        "histogram": [
            {"least": least, "most": most, "rows": rows} for least, most, rows in tokens.histogram()
        ],
        "epochs": cost.epochs,
        "cost": cost.of(tokens.total),
    }


def _show_file(checked: Checked, cost: Cost) -> None:
    say(f"{checked.path}: {_format(checked)}")
    say(f"  {_count(checked.rows, 'row')}, {checked.good:,} of them without an error")
    for finding in checked.tally.findings():
        say(f"  {checked.path}{_place(finding)} {finding.level} {finding.rule}: {_text(finding)}")
    _show_unlisted(checked)
    if checked.good:
        _show_tokens(checked, cost)
    say(f"  duplicates: {_duplicates(checked)}")
    say(f"  personal data: {_personal(checked)}")
    if checked.compared is not None:
        leaks = sum(n for (rule, _), n in checked.tally.counts.items() if rule.startswith("leaks_"))
        told = _count(leaks, "tie") if leaks else "none found"
        say(f"  leaks: {told}, against {_count(checked.compared, 'row')} of the other file")


def _format(checked: Checked) -> str:
    guess = checked.guess
    if guess is None:
        return checked.format
    if guess.name is None:
        return f"{checked.format}, as no format fits its rows: name it with --format"
    others = f"; {', '.join(guess.others)} fit as well" if guess.others else ""
    return f"{checked.format}, guessed from {_count(guess.rows, 'row')}{others}"


def _place(finding: Finding) -> str:
    line = f":{finding.line}" if finding.line else ""
    return f"{line}:{finding.column}:" if finding.column else f"{line}:"


def _text(finding: Finding) -> str:
    return f"{finding.where} {finding.message}".strip()


def _show_unlisted(checked: Checked) -> None:
    listed = Counter(finding.rule for finding in checked.tally.findings())
    totals: Counter[str] = Counter()
    for (rule, _), count in checked.tally.counts.items():
        totals[rule] += count
    for rule in sorted(totals):
        if totals[rule] > listed[rule]:
            more = totals[rule] - listed[rule]
            warn(f"  {rule}: {more:,} more (--max-errors lists more)")


def _show_tokens(checked: Checked, cost: Cost) -> None:
    tokens = checked.tokens
    median, p95, most = map(tokens.quantile, (0.5, 0.95, 1))
    say(
        f"  tokens ({checked.tokenizer}): {tokens.total:,}, of them {tokens.learnt:,} learnt;"
        f" a row has {tokens.mean:,.0f} on average, median {median:,}, p95 {p95:,}, most {most:,}"
    )
    _show_histogram(tokens)
    price = cost.of(tokens.total)
    if price is None:
        say("  cost: unknown; give --price-per-million, or set training.price_per_million")
    else:
        say(f"  cost: about {price:,.2f} for {_count(cost.epochs, 'epoch')} over all tokens")


def _show_histogram(tokens: TokenStatistics) -> None:
    bins = tokens.histogram()
    highest = max(rows for _, _, rows in bins)
    width = max(len(f"{most:,}") for _, most, _ in bins)
    for least, most, rows in bins:
        bar = "█" * -(-rows * _BAR // highest)
        say(f"    {least:>{width},} to {most:>{width},}  {bar} {rows:,}")


def _duplicates(checked: Checked) -> str:
    if not checked.has_exact:
        return "not looked for"
    counts = checked.tally.counts
    exact = f"{counts['exact_duplicate', 'warning']:,} exact"
    if not checked.has_near:
        return f"{exact}; near ones not looked for among so many rows (--near-rows)"
    return f"{exact}, {counts['near_duplicate', 'warning']:,} near"


def _personal(checked: Checked) -> str:
    if not checked.kinds:
        return "not looked for"
    found = [
        f"{rule.removeprefix(_PERSONAL_DATA).upper()} {count:,}"
        for (rule, _), count in sorted(checked.tally.counts.items())
        if rule.startswith(_PERSONAL_DATA)
    ]
    names = "" if "PERSON" in checked.kinds else "; names were not looked for (--names)"
    return f"{', '.join(found) or 'none found'}{names}"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
