"""Tells the language of texts and conversations, by script, by common words and by py3langid.

py3langid walks a text byte by byte in Python, so what is certain is decided before: a script that
one candidate alone is written in, and English by its function words, which is most of most logs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

# It ships no types.
from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

from ftdata.cleaning.conversations import Conversations
from ftdata.settings_cleaning import Language

_HEAD = 150  # characters given to py3langid; more told no sentence of the truth set better
_ENGLISH_HEAD = 300  # characters in which English words are looked for, which costs little
_MIN_COMMON = 3  # words of a prompt in its reply from which they are in one language
_COMMON_SHARE = 0.25  # of the reply's words: less is a quotation
_RAW_HEAD = 800  # characters from which code and links are cut out first
_MEMO = 16_384  # heads remembered: the filter and the pipeline ask for the same ones
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
    candidates, least = options.candidates, options.min_chars
    return [_guess(text[:_RAW_HEAD], candidates, least) for text in texts]


def conversation_languages(conversations: Conversations, options: Language) -> Languages:
    """The languages of n conversations: of all user texts together, of all replies together.

    A reply that uses several of the prompt's lower-case words is taken to be in its language.
    """
    options_of_guess = options.candidates, options.min_chars
    said, replied = (_heads(conversations, role) for role in ("user", "assistant"))
    asked = guess_languages(said, options)
    answered = [
        guess if guess.code and _shares_words(one, other) else _guess(other, *options_of_guess)
        for guess, one, other in zip(
            asked, said, (head[:_RAW_HEAD] for head in replied), strict=True
        )
    ]
    prompts = [one.code or other.code for one, other in zip(asked, answered, strict=True)]
    return Languages(prompts, asked, answered)


def _shares_words(prompt: str, reply: str) -> bool:
    """Whether enough of the reply's first words are lower-case words of the prompt, too."""
    words = [word for word in reply[:_HEAD].split() if word.islower()]
    common = set(words).intersection(prompt[:_HEAD].split())
    return len(common) >= _MIN_COMMON and len(common) >= _COMMON_SHARE * len(words)


def _heads(conversations: Conversations, role: str) -> list[str]:
    """For each conversation the beginning of what one side said."""
    heads = []
    bounds = conversations.bounds.tolist()
    roles, contents = conversations.roles, conversations.contents
    for start, end in pairwise(bounds):
        head = ""
        for index in range(start, end):
            if roles[index] == role and len(head) < _ENGLISH_HEAD:
                head += (contents[index] or "")[:_RAW_HEAD] + "\n"
        heads.append(head)
    return heads


@lru_cache(maxsize=_MEMO)
def _guess(text: str, candidates: tuple[str, ...], min_chars: int) -> Guess:
    if any(sign in text for sign in _NOT_PROSE_SIGNS):
        text = _NOT_PROSE.sub(" ", text)
    if "en" in candidates and len(text) >= 2 * min_chars and _is_english(text[:_ENGLISH_HEAD]):
        return _ENGLISH_GUESS
    text = text[:_HEAD]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)  # Arabic and full-width forms of one letter
        by_script, text = _guess_by_script(text, candidates, min_chars)
        if by_script:
            return by_script
    letters = _count_letters(text)
    if letters < min_chars or len(_CODE_MARKS.findall(text)) > _MAX_CODE_MARKS * len(text):
        return _UNKNOWN
    code, confidence = _identifier(candidates).classify(text)
    if confidence < _MIN_CONFIDENCE:
        return _UNKNOWN
    return Guess(code, min(confidence, letters / _SURE_LETTERS))


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


@cache
def _identifier(candidates: tuple[str, ...]) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(candidates)
    return identifier
