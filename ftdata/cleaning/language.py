"""Tells the language of texts, by script, by common words and by py3langid.

py3langid walks a text byte by byte in Python, so what is certain is decided before: a script that
one candidate alone is written in, and English by its function words, which is most of most logs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from ftdata.language_model import classify_texts
from ftdata.settings_cleaning import Language

HEAD = 150  # characters given to py3langid; more told no sentence of the truth set better
ENGLISH_HEAD = 300  # characters in which English words are looked for, which costs little
RAW_HEAD = 800  # characters from which code and links are cut out first
_MIN_CONFIDENCE = 0.1
_SURE_LETTERS = 30  # a name of fewer letters looks like any language
_SURE_HAN = 10
_MENTIONED = 0.25  # of the other letters
_SYLLABIC_WEIGHT = 3  # a letter of these scripts says as much as three of an alphabet

_NOT_PROSE = re.compile(
    r"```.{0,800}?(?:```|\Z)|`[^`\n]{1,200}`|https?://\S{1,800}|\S{1,64}@\S{1,64}", re.DOTALL
)
_NOT_PROSE_SIGNS = ("`", "://", "@")
_LETTERS = re.compile(r"[^\W\d_]+")
_CODE_MARKS = re.compile(r"[{}\[\]<>=;\\|+*^_]|\w\(")
_MAX_CODE_MARKS = 0.1  # for each character; prose has under .02

# Scripts by name, their ranges, and the languages of py3langid that are written in them.
_SCRIPTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "kana": ("\u3041-\u30ff", ("ja",)),
    "han": ("\u3400-\u9fff", ("zh", "yue", "wuu")),
    "hangul": ("\u1100-\u11ff\uac00-\ud7af", ("ko",)),
    "thai": ("\u0e00-\u0e7f", ("th",)),
    "greek": ("\u0370-\u03ff\u1f00-\u1fff", ("el", "grc")),
    "hebrew": ("\u0590-\u05ff", ("he", "hbo")),
    "devanagari": ("\u0900-\u097f", ("hi", "mr", "ne", "sa", "gom")),
    "bengali": ("\u0980-\u09ff", ("bn", "as")),
    "gurmukhi": ("\u0a00-\u0a7f", ("pa",)),
    "gujarati": ("\u0a80-\u0aff", ("gu",)),
    "oriya": ("\u0b00-\u0b7f", ("or",)),
    "tamil": ("\u0b80-\u0bff", ("ta",)),
    "telugu": ("\u0c00-\u0c7f", ("te",)),
    "kannada": ("\u0c80-\u0cff", ("kn",)),
    "malayalam": ("\u0d00-\u0d7f", ("ml",)),
}
_FIRST_OF_SCRIPTS = min(span[0] for span, _ in _SCRIPTS.values())
_SYLLABIC = frozenset({"kana", "han", "hangul"})
_SCRIPT_RUNS = re.compile(
    "|".join(f"(?P<{name}>[{span}]+)" for name, (span, _) in _SCRIPTS.items())
)

# Words of English and of no other language told here; with words that others have as well.
_ENGLISH = frozenset(
    {
        "about", "and", "because", "can't", "could", "did", "didn't", "does", "doesn't", "don't",
        "from", "he's", "how", "i'd", "i'll", "i'm", "i've", "isn't", "it's", "its", "know",
        "let's", "made", "make", "our", "please", "should", "sure", "tell", "than", "that",
        "that's", "the", "their", "them", "then", "there", "they", "this", "those", "through",
        "what", "what's", "when", "where", "which", "who", "why", "with", "would", "write", "you",
        "you're", "your",
    }
)  # fmt: skip
_USED_IN_ENGLISH = _ENGLISH | frozenset(
    {
        "a", "an", "any", "are", "as", "at", "be", "been", "but", "by", "can", "do", "for",
        "give", "has", "have", "he", "i", "if", "in", "is", "it", "like", "me", "more", "my",
        "need", "no", "not", "of", "on", "or", "out", "see", "she", "so", "some", "these", "to",
        "up", "want", "was", "we", "were", "will",
    }
)  # fmt: skip
_MIN_ENGLISH = 0.25  # of the words, where one of them is English and nothing else
_MIN_SURE_ENGLISH = 0.15  # of the words, where three different ones are
_WORD_ENDS = str.maketrans(dict.fromkeys('.,;:?!"()*', " "))


class Guess(NamedTuple):
    """A language code, None where it cannot be told, and how sure that is (0 to 1)."""

    code: str | None
    confidence: float


@dataclass(frozen=True)
class Languages:
    """For each of n conversations the language it is in, and what was told of its two sides.

    `prompts` holds the code of the user's text, that of the reply where the user's tells none, or
    None; `asked` and `answered` the guesses for the two sides by themselves.
    """

    prompts: list[str | None]
    asked: list[Guess]
    answered: list[Guess]


_UNKNOWN = Guess(None, 0.0)
_ENGLISH_GUESS = Guess("en", 1.0)


def detect_languages(texts: Sequence[str], options: Language) -> list[str | None]:
    """The language of each text as one of `options.candidates`, None where it cannot be told.

    It cannot for texts with fewer than `min_chars` letters, code and numbers. Code, links and
    addresses inside a text do not count; its first few sentences decide.
    """
    return [guess.code for guess in guess_languages(texts, options)]


def guess_languages(texts: Iterable[str], options: Language) -> list[Guess]:
    """As `detect_languages`, with confidences: 1 by script, else that of py3langid."""
    looks = [_look(text[:RAW_HEAD], options) for text in texts]
    open_ = list(dict.fromkeys(look for look in looks if isinstance(look, str)))
    told = dict(zip(open_, classify_texts(open_, options.candidates), strict=True))
    return [_weighed(look, *told[look]) if isinstance(look, str) else look for look in looks]


def _look(text: str, options: Language) -> Guess | str:
    """What can be told of a text at once, or the part of it to ask the model about."""
    candidates, min_chars = options.candidates, options.min_chars
    if any(sign in text for sign in _NOT_PROSE_SIGNS):
        text = _NOT_PROSE.sub(" ", text)
    if "en" in candidates and len(text) >= 2 * min_chars and _is_english(text[:ENGLISH_HEAD]):
        return _ENGLISH_GUESS
    text = text[:HEAD]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)  # Arabic and full-width forms of one letter
        by_script, text = _guess_by_script(text, candidates, min_chars)
        if by_script:
            return by_script
    letters = _count_letters(text)
    if letters < min_chars or len(_CODE_MARKS.findall(text)) > _MAX_CODE_MARKS * len(text):
        return _UNKNOWN
    return text


def _weighed(text: str, code: str, confidence: float) -> Guess:
    if confidence < _MIN_CONFIDENCE:
        return _UNKNOWN
    return Guess(code, min(confidence, _count_letters(text) / _SURE_LETTERS))


def _is_english(text: str) -> bool:
    """Whether words that are English and nothing else stand among many that are English as well."""
    words = text.lower().translate(_WORD_ENDS).split()
    known = len(_ENGLISH.intersection(words))
    if not known:
        return False
    least = _MIN_SURE_ENGLISH if known >= 3 else _MIN_ENGLISH
    return sum(word in _USED_IN_ENGLISH for word in words) >= least * len(words)


def _guess_by_script(
    text: str, candidates: tuple[str, ...], min_chars: int
) -> tuple[Guess | None, str]:
    """The one candidate written in the script of most of the text, and what is left to look at.

    Without such a candidate None and the text, from which words in these scripts are taken where
    they are but mentioned.
    """
    if max(text) < _FIRST_OF_SCRIPTS:
        return None, text
    counts: dict[str, int] = {}
    for run in _SCRIPT_RUNS.finditer(text):
        name = run.lastgroup or ""
        counts[name] = counts.get(name, 0) + run.end() - run.start()
    if not counts:
        return None, text
    # Japanese mixes the two, Chinese has no kana.
    if "kana" in counts and counts["kana"] * 10 >= counts.get("han", 0):
        counts["kana"] += counts.pop("han", 0)
    script, most = max(counts.items(), key=itemgetter(1))
    rest = _SCRIPT_RUNS.sub(" ", text)
    others = _count_letters(rest)
    if most < others:
        return None, rest if most < _MENTIONED * others else text
    written = [code for code in _SCRIPTS[script][1] if code in candidates]
    if most * (_SYLLABIC_WEIGHT if script in _SYLLABIC else 1) < min_chars or len(written) != 1:
        return None, text
    # A few Chinese characters may be a word of Japanese.
    is_sure = script != "han" or most >= _SURE_HAN or "ja" not in candidates
    return Guess(written[0], 1.0 if is_sure else 0.5), text


def _count_letters(text: str) -> int:
    return len("".join(_LETTERS.findall(text)))
