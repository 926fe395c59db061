"""What the report tells of one dataset version, as frozen values that become JSON.

    Report
    ├── statistics: Statistics
    │   ├── parts: "all", "train", "validation", "test" → Part
    │   │   ├── lengths: "prompt_words", … → Lengths (with a Histogram)
    │   │   ├── uniqueness: "prompts", "completions", and the openings of both → Distinct
    │   │   ├── vocabulary: Vocabulary
    │   │   ├── openings: "prompts", "completions" → Counts
    │   │   ├── structures, turns, sources, provenance: Counts
    │   │   ├── derived, negatives: Count
    │   │   └── tags: name of the tag → Counts
    │   ├── periods: one Period for each date
    │   ├── drops: one Drop for each stage and reason
    │   ├── redactions: entity → times
    │   ├── comparisons: validation with train, newest partitions with older ones
    │   └── profile: what the next version is compared with
    ├── warnings: DatasetWarning, in the order of the README's table
    └── since_previous: this version compared with the one before

The prompt of an example is its user messages together, the completion its assistant messages that
are trained on, the whole all its messages. Preference pairs repeat their parents: they are counted
by number, and in nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

PARTS = ("all", "train", "validation", "test")
Measure = Literal[
    "prompt_characters", "prompt_words", "prompt_tokens",
    "completion_characters", "completion_words", "completion_tokens",
    "whole_characters", "whole_words", "whole_tokens",
]  # fmt: skip
"""Characters and words are those of the texts. Tokens are those that `formatted` counted: the
completion's are the trained ones, the prompt's all others, the framing of messages among them."""
MEASURES: tuple[Measure, ...] = get_args(Measure)

UniqueWhat = Literal["prompts", "completions", "prompt_openings", "completion_openings"]
DriftKind = Literal["length", "category", "language", "vocabulary"]
ComparisonKind = Literal["splits", "partition", "version"]


@dataclass(frozen=True)
class Count:
    """How often a value occurs; `share` is of the total that it stands in."""

    value: str
    count: int
    share: float


@dataclass(frozen=True)
class Counts:
    """The most frequent of the values that something takes, most first, then by value."""

    total: int  # of all values, those not in `top` among them
    distinct: int
    top: tuple[Count, ...]
    rarest: Count | None  # None where there is no value, and of openings


@dataclass(frozen=True)
class Histogram:
    """`counts[i]` values are at least `edges[i]` and less than `edges[i + 1]`.

    The edges are the same ones for every dataset, so that histograms can be laid over each other;
    empty bins at both ends are cut off. Without a value both are empty.
    """

    edges: tuple[int, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Lengths:
    """One length over all examples of a part; all are 0 where it has none."""

    mean: float
    median: float
    p5: float
    p95: float
    max: int
    clustered: float  # largest share whose lengths are within a fifth of each other: n to 1.2 n
    histogram: Histogram


@dataclass(frozen=True)
class Distinct:
    """How many of a number of values differ; `share` is 1 where there are none."""

    total: int
    distinct: int
    share: float


@dataclass(frozen=True)
class Vocabulary:
    """Words of prompts and completions, of the examples that were looked at: `examples` of `of`.

    `distinct_n` is the share of distinct runs of n words among all, within messages (Li et al.,
    "A Diversity-Promoting Objective Function for Neural Conversation Models", 2016). Like the
    type-token ratio it falls as texts grow: compare what was computed on a like number of `words`.
    """

    examples: int
    of: int
    words: int
    types: int
    type_token_ratio: float
    top: Counts  # words, stop words left out of `top`
    distinct_n: Mapping[str, float]  # "1", "2", "3"


@dataclass(frozen=True)
class Part:
    """Statistics of all examples, or of one split."""

    examples: int
    pairs: int  # preference pairs, in no other number here
    tokens: int
    trained_tokens: int
    lengths: Mapping[Measure, Lengths]
    turns: Counts  # user messages
    uniqueness: Mapping[UniqueWhat, Distinct]  # texts are the same where their words are
    vocabulary: Vocabulary
    openings: Mapping[str, Counts]  # of "prompts" and "completions": the first three words
    structures: Counts  # of the completions' first sentences, of the examples in `vocabulary`
    tags: Mapping[str, Counts]  # the flags of the tag `flags` one by one
    sources: Counts
    provenance: Counts
    derived: Count  # examples made from another example
    negatives: Count  # examples whose reply declines or refuses


@dataclass(frozen=True)
class Period:
    """One date: that of the partitions, as all statistics over time."""

    date: str
    splits: Mapping[str, int]  # examples
    derived: int
    prompt_words: float  # median
    completion_words: float  # median
    tokens: int
    sources: Mapping[str, int]
    categories: Mapping[str, int]  # the ten most frequent
    languages: Mapping[str, int]  # likewise
    dropped: int  # rows, by any stage
    redactions: Mapping[str, int]


@dataclass(frozen=True)
class Drop:
    """Rows that a stage dropped for a reason; `share` is of what the stage was given."""

    stage: str
    reason: str
    rows: int
    share: float


@dataclass(frozen=True)
class Profile:
    """What one set of examples is compared with another by: counts by value.

    `lengths` holds, for `prompt_words` and `completion_words`, the number of examples in each bin
    of the fixed edges, by the bin's lower edge. `words` tells in how many of the examples that were
    looked at a word stands, the rarer words together under the empty string.
    """

    examples: int
    lengths: Mapping[str, Mapping[str, int]]
    categories: Mapping[str, int]
    languages: Mapping[str, int]
    words: Mapping[str, int]


@dataclass(frozen=True)
class Shift:
    """A value whose share differs between two sets of examples."""

    value: str
    before: float
    after: float


@dataclass(frozen=True)
class Drift:
    """How far one distribution is from another; `what` names it: `prompt_words`, `category`.

    `psi` and `divergence` are explained in `drift.py`. Chance alone brings both to about their
    `_noise` where the sets of examples are small.
    """

    kind: DriftKind
    what: str
    psi: float
    psi_noise: float
    divergence: float  # Jensen–Shannon, in bits: 0 to 1
    divergence_noise: float
    shifts: tuple[Shift, ...]  # the largest first


@dataclass(frozen=True)
class Comparison:
    """`new` against `reference`: splits, partitions (`2025-03-14|web`, and `web before`), versions.

    `new_examples` and `reference_examples` are all of both sets, pairs left out.
    """

    kind: ComparisonKind
    new: str
    reference: str
    new_examples: int
    reference_examples: int
    drifts: tuple[Drift, ...]


@dataclass(frozen=True)
class Statistics:
    """All that is known of one version: a function of its files and of nothing else."""

    version: str
    parts: Mapping[str, Part]
    periods: tuple[Period, ...]  # by date
    drops: tuple[Drop, ...]  # by stage in the order of the stages, most first
    redactions: Mapping[str, int]
    comparisons: tuple[Comparison, ...]
    profile: Profile


@dataclass(frozen=True)
class DatasetWarning:
    """A claim about the dataset. Where it is not `passed`, `advice` says what to do.

    `observed` is None where there is nothing to judge: then it is passed. `samples` are values,
    redacted like the dataset itself, that show what is meant.
    """

    name: str
    claim: str
    passed: bool
    observed: float | None
    threshold: float
    advice: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """Statistics and what is to be thought of them on one day (`today`, ISO)."""

    statistics: Statistics
    warnings: tuple[DatasetWarning, ...]
    since_previous: Comparison | None  # None where there is no earlier version with statistics
    today: str


def as_json(told: Report | Statistics | Comparison | DatasetWarning) -> dict[str, Any]:
    """The value as JSON objects and lists, under the names above."""
    return asdict(told)
