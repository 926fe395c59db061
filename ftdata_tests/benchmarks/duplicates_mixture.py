"""Records of the kind in the shared data, any number of them, with word edits at known levels.

    python -m ftdata_tests.benchmarks.duplicates_mixture DIR RECORDS FILE

The real texts below DIR come first, each distinct one once. Where more are wanted, sentences of
different real texts are put together, two or three at a time and none much longer than the rest, so
that such texts are as long as the real ones and resemble each other as little. ASCII stays ASCII.
About a third of the records are copies of others, with words replaced, inserted or deleted until
the Jaccard of the word sets is near a level drawn from 0.6 to 1, half of them around 0.85. A few
texts are copied often, as greetings and templates are. The same DIR and number give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import orjson

from ftdata.text import WORD, fold, same_key, words

SEED = "duplicates"
COPIES = 0.35  # share of the records that were made from another
OFTEN = 0.02  # share of the copies that are of the few texts copied often
OFTEN_COPIED = 4_000  # one text of so many records is copied often
UNEDITED = 0.1  # share of the copies with the same words, half of them in another order
_FOLDERS = ("logs", "instructions", "categories", "quality", "decontam")
_FIELDS = ("prompt", "instruction", "question", "text")
_WORDS = (5, 400)  # least and most in a real text
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
_SENTENCE_WORDS = (3, 15)
_LARGEST_SHARE = 0.6  # of a recombined text's words in one sentence

Draw = random.Random


def real_texts(data: Path) -> list[str]:
    """The distinct prompts, instructions and questions of every JSONL file, in file order."""
    found: dict[str, str] = {}
    for path in _files(data):
        for record in _records(path):
            text = _text_of(record)
            key = same_key(text)
            if _WORDS[0] <= len(set(key.split())) and key.count(" ") < _WORDS[1]:
                found.setdefault(key, text)
    return list(found.values())


def sentences(texts: Sequence[str]) -> list[str]:
    """The distinct sentences of these texts, of a length from which texts can be put together."""
    least, most = _SENTENCE_WORDS
    found: dict[str, str] = {}
    for text in texts:
        for sentence in _SENTENCE.split(text):
            if least <= len(words(sentence)) <= most:
                found.setdefault(same_key(sentence), sentence.strip())
    return list(found.values())


def recombined(texts: Sequence[str], draw: Draw) -> Iterator[str]:
    """Texts without end, each of two or three sentences of these, as many in ASCII as of these."""
    parts = sentences(texts)
    by_script = {some: [p for p in parts if p.isascii() == some] for some in (True, False)}
    sizes = {part: len(words(part)) for part in parts}
    while True:
        alike = by_script[draw.choice(texts).isascii()]
        chosen = draw.sample(alike, min(len(alike), draw.choice((2, 2, 2, 3))))
        length = [sizes[part] for part in chosen]
        if chosen and max(length) <= _LARGEST_SHARE * sum(length):
            yield " ".join(chosen)


def level(draw: Draw) -> float:
    """The Jaccard a copy shall have with its original: half of them lie around 0.85."""
    if draw.random() < UNEDITED:
        return 1.0
    if draw.random() < 0.5:
        return min(0.99, max(0.6, draw.gauss(0.85, 0.04)))
    return draw.uniform(0.6, 1.0)


def edited(text: str, wanted: float, vocabulary: Sequence[str], draw: Draw) -> str:
    """The text with words replaced, inserted or deleted: its Jaccard with it is near `wanted`.

    Of n distinct words k are touched: replaced, the Jaccard is (n - k) / (n + k), inserted it is
    n / (n + k), deleted (n - k) / n; k is the nearest whole number, and at least 1. At 1 the text
    loses its case and punctuation, or the order of its words.
    """
    found = words(text)
    if wanted == 1:
        reordered = " ".join(draw.sample(found, len(found)))
        return draw.choice((f"{text.upper()}!", reordered))
    distinct = sorted(set(found))
    count = len(distinct)
    how = draw.choice(("replace", "insert", "delete"))
    if how == "insert":
        more = max(1, round(count * (1 - wanted) / wanted))
        return _insert(text, _new_words(more, distinct, vocabulary, draw))
    share = (1 - wanted) / (1 + wanted) if how == "replace" else 1 - wanted
    gone = draw.sample(distinct, max(1, round(count * share)))
    new = _new_words(len(gone), distinct, vocabulary, draw)
    swap = dict(zip(gone, new if how == "replace" else [""] * len(gone), strict=True))
    return WORD.sub(lambda match: swap.get(fold(match[0]), match[0]), text)


def mixture(data: Path, count: int) -> Iterator[str]:
    """The texts of `count` records."""
    draw = random.Random(f"{SEED} {count}")
    real = real_texts(data)
    wanted = count - int(COPIES * count)
    originals = draw.sample(real, min(len(real), wanted))
    originals += islice(recombined(real, draw), wanted - len(originals))
    vocabulary = [word for text in real for word in words(text) if len(word) > 2]
    in_ascii = [word for word in vocabulary if word.isascii()]
    often = draw.sample(originals, 1 + count // OFTEN_COPIED)
    order = [*range(wanted), *([-1] * (count - wanted))]
    draw.shuffle(order)
    for at in order:
        if at >= 0:
            yield originals[at]
        else:
            copied = draw.choice(often if draw.random() < OFTEN else originals)
            new = in_ascii if copied.isascii() else vocabulary
            yield edited(copied, level(draw), new, draw)


def write(data: Path, count: int, target: Path) -> None:
    """Write the mixture as lines `{"id": …, "prompt": …}`."""
    with target.open("wb") as file:
        for number, text in enumerate(mixture(data, count)):
            file.write(orjson.dumps({"id": f"r{number}", "prompt": text}) + b"\n")


def _new_words(
    count: int, known: Sequence[str], vocabulary: Sequence[str], draw: Draw
) -> list[str]:
    """Distinct words that the text does not have, the frequent ones more often."""
    new: list[str] = []
    while len(new) < count:
        word = draw.choice(vocabulary)
        if word not in known and word not in new:
            new.append(word)
    return new


def _insert(text: str, new: Sequence[str]) -> str:
    """The new words spread evenly over the text."""
    tokens = text.split()
    step = len(tokens) / len(new)
    for number, word in reversed(list(enumerate(new))):
        tokens.insert(int((number + 0.5) * step), word)
    return " ".join(tokens)


def _files(data: Path) -> list[Path]:
    found = (path for folder in _FOLDERS for path in sorted((data / folder).rglob("*.jsonl*")))
    return [path for path in found if path.name != "truth.jsonl.gz"]


def _records(path: Path) -> Iterator[dict[str, object]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="\n") as file:
        yield from map(json.loads, file)


def _text_of(record: dict[str, object]) -> str:
    text = next((text for field in _FIELDS if isinstance(text := record.get(field), str)), "")
    more = record.get("input")
    return f"{text}\n{more}" if isinstance(more, str) and more else text


def main() -> None:
    """Write one mixture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("records", type=int)
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    write(options.data, options.records, options.file)


if __name__ == "__main__":
    main()
