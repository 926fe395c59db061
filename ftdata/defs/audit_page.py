"""The page on a partition's duplicates in the web UI: Markdown in which every text is escaped."""

import base64
from collections.abc import Iterator, Sequence

import dagster as dg

from ftdata.cleaning.dedup.audit import BIN, Audit, Cluster, Member
from ftdata.cleaning.dedup.differences import Piece
from ftdata.cleaning.dedup.duplicates import EXACT, KEPT, SEMANTIC
from ftdata.cleaning.dedup.near_misses import BELOW
from ftdata.defs.pages import fit_page, plain_text
from ftdata.settings_dedup import Dedup

_ID_CHARS = 60
_NOUNS = {"prompt": "Prompts", "completion": "Replies", "example": "Prompts and replies"}
_STAYS = {
    "earliest": "the earliest stays",
    "best_rated": "the best rated stays",
    "longest": "the longest stays",
    "distinct_completions": "the best with replies of their own stay",
}
_LEGEND = (
    "Of the second text, words in **bold** are its own and ~~struck~~ ones stand in the first"
    " alone; what both have in common is shortened to `…`."
)
_MARKS = {"same": "", "own": "**", "lacked": "~~"}


def audit_page(audit: Audit) -> dg.MarkdownMetadataValue:
    """Headline, settings, histogram, pairs on both sides of the threshold, largest clusters.

    At most `PAGE_BYTES` long: what does not fit is left out, and the page says so.
    """
    return fit_page(_parts(audit))


def _parts(audit: Audit) -> Iterator[str]:
    low, high = audit.options.threshold - BELOW, audit.options.threshold
    yield _headline(audit)
    yield _settings(audit.options)
    if any(audit.histogram):
        svg = _svg(audit.histogram, low, high)
        data = base64.b64encode(svg.encode()).decode()
        yield f"![similarities](data:image/svg+xml;base64,{data})"
    if audit.kept or audit.dropped:
        yield _LEGEND
    yield f"#### Near misses, under the threshold by {BELOW:g} or less: {_near_misses(audit)}"
    yield from map(_pair, audit.kept)
    if audit.dropped:
        yield f"#### Dropped by the least margin: {_some(len(audit.dropped))}"
        yield from map(_pair, audit.dropped)
    if audit.clusters:
        yield f"#### Clusters: the largest {len(audit.clusters)} of {audit.cluster_count:,}"
        yield from map(_cluster, audit.clusters)


def _near_misses(audit: Audit) -> str:
    if not audit.near_misses:
        return "none"
    shown = len(audit.kept)
    return f"{audit.near_misses:,} stay" + (f", {_some(shown)}" if shown else "")


def _some(count: int) -> str:
    return "the nearest" if count == 1 else f"the nearest {count}"


def _headline(audit: Audit) -> str:
    kept, exact, near, semantic = audit.counts
    if not exact + near + semantic:
        return f"**No conversation is dropped as a duplicate: {kept:,} stay.**"
    semantically = f", {semantic:,} by meaning" if semantic else ""
    return (
        f"**Of {sum(audit.counts):,} conversations {exact + near + semantic:,} are dropped as"
        f" duplicates: {exact:,} exact, {near:,} near{semantically}. {kept:,} stay.**"
    )


def _settings(options: Dedup) -> str:
    size = f"runs of {options.shingle_size} {options.shingle}s"
    unit = f"{options.shingle}s" if options.shingle_size == 1 else size
    told = (
        f"{_NOUNS[options.key]} are compared as sets of {unit}. `threshold` {options.threshold:g}:"
        " the Jaccard similarity from which two are near-duplicates. `min_words`"
        f" {options.min_words}: texts with fewer different {unit} are compared for sameness only."
        f" `keep`: of a cluster {_STAYS[options.keep]}. To drop more, lower the threshold; to drop"
        " less, raise it, or `shingle_size`, so that the order of words counts."
    )
    if options.semantic != "off":
        told += f" `semantic_threshold` {options.semantic_threshold:g}: the same, for the cosine."
    return told


def _pair(pair: Cluster) -> str:
    member = pair.members[0]
    fate = "stays" if member.kind == KEPT else "dropped"
    return (
        f"- **{_similarity(member)}**\n"
        f"  - stays {_id(pair.id)}: {plain_text(pair.text)}\n"
        f"  - {fate} {_id(member.id)}: {_pieces(member.pieces)}"
    )


def _cluster(cluster: Cluster) -> str:
    lines = [
        f"- **{cluster.rows:,} dropped** for {_id(cluster.id)}: {plain_text(cluster.text)}",
        *(f"  - {_member(member)}" for member in cluster.members),
    ]
    if cluster.texts > len(cluster.members):
        lines.append(f"  - other texts: {cluster.texts - len(cluster.members):,}")
    return "\n".join(lines)


def _member(member: Member) -> str:
    others = f" and {member.rows - 1:,} more" if member.rows > 1 else ""
    text = "" if member.kind == EXACT else f": {_pieces(member.pieces)}"
    return f"{_similarity(member)}, {_id(member.id)}{others}{text}"


def _similarity(member: Member) -> str:
    """Cut, not rounded: what is under a threshold must not read as if it had reached it."""
    if member.kind == EXACT:
        return "same text"
    told = f"{int(member.similarity * 1_000 + 1e-6) / 1_000:.3f}"
    return f"{'cosine' if member.kind == SEMANTIC else 'similarity'} {told}"


def _pieces(pieces: Sequence[Piece]) -> str:
    told = []
    for piece in pieces:
        text = plain_text(piece.text)
        if piece.kind == "gap":
            told.append("…")
        elif text:
            told.append(f"{_MARKS[piece.kind]}{text}{_MARKS[piece.kind]}")
    return " ".join(told)


def _id(text: str) -> str:
    return plain_text(text, _ID_CHARS)


def _svg(counts: Sequence[int], low: float, threshold: float) -> str:
    """Bars of rows by similarity: grey ones stay, those from the line on are dropped."""
    width = 560 // len(counts)
    border = round(BELOW / BIN)
    top = max(counts)
    bars = [f"v-{round(90 * n / top)}h{width - 1}V110h1" if n else f"h{width}" for n in counts]
    line, end = 10 + border * width, 10 + len(counts) * width
    labels = (
        (10, "start", f"{low:g}"),
        (line, "middle", f"threshold {threshold:g}"),
        (end, "end", "1"),
    )
    texts = "".join(f"<text x='{x}' y='126' text-anchor='{a}'>{t}</text>" for x, a, t in labels)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{end + 10}' height='132' font-size='11'"
        " font-family='sans-serif' fill='#7a8190'>"
        f"<text x='{line - 6}' y='12' text-anchor='end'>{sum(counts[:border]):,} stay</text>"
        f"<text x='{line + 6}' y='12'>{sum(counts[border:]):,} near-duplicates dropped</text>"
        f"<path fill='#a3a9b5' d='M10 110{''.join(bars[:border])}z'/>"
        f"<path fill='#4c7bd9' d='M{line} 110{''.join(bars[border:])}z'/>"
        f"<path stroke='#7a8190' d='M10 110.5H{end}'/>"
        f"<path stroke='#d9534c' d='M{line} 4V112'/>{texts}</svg>"
    )
