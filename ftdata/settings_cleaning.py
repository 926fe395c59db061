"""The section `cleaning` of `ftdata.yaml`: one section per filter, each with its action."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from ftdata.settings_dedup import Dedup
from ftdata.settings_pii import Pii, refuse_idle
from ftdata.settings_section import Section
from ftdata.settings_tokens import check_token


def _word_of(word: str) -> Callable[[object], object]:
    return lambda value: word if value is False else value


# YAML reads `off` as false, and `no`, the code of Norwegian, too.
Action = Annotated[Literal["drop", "flag", "off"], BeforeValidator(_word_of("off"))]
RefusalKind = Literal["decline", "clarification", "capability", "boilerplate", "hedge"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
ControlToken = Annotated[str, AfterValidator(check_token)]

# What py3langid 0.4 tells apart, written down so that settings load without its model; a test
# holds the two together.
LANGUAGES = (
    "ace", "af", "am", "an", "ar", "ary", "arz", "as", "az", "ba", "bcl", "be", "bg", "bn", "br",
    "bs", "ca", "crh", "cs", "cy", "da", "de", "dz", "el", "en", "eo", "es", "et", "eu", "ext",
    "fa", "fi", "fo", "fr", "fuv", "fy", "ga", "gcf", "gcr", "gd", "gl", "gom", "grc", "gu", "gug",
    "guw", "ha", "hbo", "he", "hi", "hr", "ht", "hu", "hy", "id", "ig", "is", "it", "ja", "jv",
    "ka", "kab", "kik", "kk", "km", "kn", "ko", "ku", "ky", "la", "lb", "lg", "lij", "ln", "lo",
    "lt", "ltg", "lv", "mg", "mk", "ml", "mn", "mr", "ms", "mt", "my", "ne", "nl", "nn", "no",
    "nso", "oc", "om", "or", "pa", "pcm", "pl", "ps", "pt", "qu", "ro", "ru", "rw", "sa", "sdh",
    "se", "si", "sk", "sl", "sn", "so", "sq", "sr", "st", "sv", "sw", "ta", "te", "tg", "th", "tk",
    "tl", "tr", "tt", "ug", "uk", "ur", "uz", "uzs", "vec", "vi", "vo", "wa", "wuu", "xh", "yo",
    "yue", "zh", "zu",
)  # fmt: skip
_CODE = re.compile("[a-z]{2,3}")
_FILTER_PATH = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*:[A-Za-z_]\w*")


def _check_language(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise ValueError("a language is given by its code (ISO 639): write one such as en")
    if code not in LANGUAGES:
        raise ValueError(f"no language that is known: give some of {' '.join(LANGUAGES)}")
    return code


def _check_filter_path(path: str) -> str:
    if _FILTER_PATH.fullmatch(path) and ".py:" not in path:
        return path
    plain = path.replace(".py:", ":").replace("/", ".")
    module, colon, function = plain.rpartition(":" if ":" in plain else ".")
    better = f"{module}:{function}" if colon else "my_filters:drop_internal"
    if not _FILTER_PATH.fullmatch(better):
        better = "my_filters:drop_internal"
    why = "leave out .py" if ".py:" in path else "write module:function"
    raise ValueError(f"{why}, such as {better}")


LanguageCode = Annotated[str, BeforeValidator(_word_of("no")), AfterValidator(_check_language)]
FilterPath = Annotated[str, AfterValidator(_check_filter_path)]


class Repetition(Section):
    """Answers that go round in circles."""

    action: Action = Field("drop", description="drop, flag or off.")
    max_repeated_share: float = Field(
        0.25, ge=0, le=1, description="Largest share of 5-word runs that were there before."
    )
    min_compressed_share: float = Field(
        0.25, ge=0, le=1, description="Least size after compression, as a share of the text's."
    )
    max_repeated_lines: float = Field(
        0.3, ge=0, le=1, description="Largest share of lines that were there before."
    )


class Truncation(Section):
    """Answers that break off."""

    action: Action = Field("flag", description="drop, flag or off.")


class Placeholder(Section):
    """Answers that hold nothing but a placeholder: N/A, TODO, lorem ipsum, null."""

    action: Action = Field("drop", description="drop, flag or off.")
    phrases: tuple[Text, ...] = Field(
        (), description="More answers that count as none; case and punctuation are ignored."
    )


class Echo(Section):
    """Answers that repeat their prompt."""

    action: Action = Field("drop", description="drop, flag or off.")
    min_words: int = Field(6, ge=1, le=1_000, description="Shorter answers are not compared.")
    min_share: float = Field(
        0.9, gt=0, le=1, description="Least share of the answer's words, in order, from the prompt."
    )


class Language(Section):
    """Which language a conversation is in."""

    candidates: tuple[LanguageCode, ...] = Field(
        (
            "ar", "bn", "ca", "cs", "da", "de", "el", "en", "es", "eu", "fa", "fi", "fr", "gu",
            "he", "hi", "hu", "id", "it", "ja", "kn", "ko", "ml", "nl", "no", "or", "pa", "pl",
            "pt", "ro", "ru", "sv", "ta", "te", "th", "tr", "uk", "vi", "zh",
        ),
        description="Languages (ISO 639) told from one another; fewer are told apart better.",
    )  # fmt: skip
    keep: tuple[LanguageCode, ...] = Field(
        (), description="Drop conversations in other languages than these; empty keeps all."
    )
    mismatch: Action = Field(
        "flag", description="Answers in another language than their prompt: drop, flag or off."
    )
    min_chars: int = Field(
        8, ge=1, le=10_000, description="The language of texts with fewer letters is not told."
    )

    @field_validator("candidates")
    @classmethod
    def _are_some(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        if not codes:
            raise ValueError("name one language at least, or leave this out for the usual ones")
        return codes

    @model_validator(mode="after")
    def _keep_is_told(self) -> Self:
        untold = [code for code in self.keep if code not in self.candidates]
        if untold:
            raise ValueError(
                f"keep names {', '.join(untold)}: add it to candidates, or take it out"
            )
        if self.keep and set(self.candidates) <= set(self.keep):
            raise ValueError(
                "keep names every one of candidates, so that every text is taken for one of them"
                " and nothing is dropped: add to candidates the languages that are to go, or leave"
                " candidates out"
            )
        return self


class Encoding(Section):
    """Texts whose characters were damaged before they were logged."""

    action: Action = Field("flag", description="drop, flag or off.")


class Markup(Section):
    """Markup left over from where a text came from: HTML tags, entities, template tags."""

    action: Action = Field("flag", description="drop, flag or off.")


class Refusals(Section):
    """Answers that refuse, tagged by kind; kept, as a model needs negative examples."""

    max_share: dict[RefusalKind, float] = Field(
        default_factory=dict,
        examples=["{boilerplate: 0.02}"],
        description="Largest share of each kind, such as {boilerplate: 0.02}, of a partition's"
        " conversations before duplicates go; over 0 one stays at least.",
    )

    @field_validator("max_share")
    @classmethod
    def _are_shares(cls, shares: dict[RefusalKind, float]) -> dict[RefusalKind, float]:
        for kind, share in shares.items():
            if not 0 <= share <= 1:
                raise ValueError(f"{kind}: {share:g} is no share: give 0 to 1")
        return shares


class Toxicity(Section):
    """Insults, slurs, threats."""

    action: Action = Field("flag", description="drop, flag or off.")
    words: tuple[Text, ...] = Field((), description="More words that count as toxic.")


class Injection(Section):
    """Texts that give the model orders over its owner's head."""

    action: Action = Field("flag", description="drop, flag or off.")


class ControlTokens(Section):
    """Tokens and role marks that a chat template is made of."""

    action: Literal["neutralise", "drop"] = Field(
        "neutralise", description="Take their meaning from them, or drop the conversation."
    )
    tokens: tuple[ControlToken, ...] = Field(
        (), description="More tokens of the model to be trained, without white space."
    )


class Cleaning(Section):
    """cleaned: normalisation, filters, redaction and duplicates."""

    min_prompt_chars: int = Field(
        1, ge=0, le=100_000, description="Drop conversations whose user turns are shorter together."
    )
    min_response_chars: int = Field(
        1, ge=0, le=100_000, description="Drop conversations whose replies are shorter together."
    )
    max_chars: int = Field(
        200_000, ge=100, le=100_000_000, description="Drop conversations longer than this in all."
    )
    drop_patterns: tuple[str, ...] = Field(
        (), description="Drop conversations in which one of these regular expressions is found."
    )
    custom_filters: tuple[FilterPath, ...] = Field(
        (), description="Your own filters, as package.module:function; see the README."
    )
    max_workers: int = Field(
        0, ge=0, le=256, description="Processes for a large partition; 0 takes one per core."
    )
    repetition: Repetition = Field(default=Repetition(), description="Answers in circles.")
    truncation: Truncation = Field(default=Truncation(), description="Answers that break off.")
    placeholder: Placeholder = Field(default=Placeholder(), description="Answers that are none.")
    echo: Echo = Field(default=Echo(), description="Answers that repeat the prompt.")
    language: Language = Field(default=Language(), description="Languages.")
    encoding: Encoding = Field(default=Encoding(), description="Damaged characters.")
    markup: Markup = Field(default=Markup(), description="Markup left over.")
    refusals: Refusals = Field(default=Refusals(), description="Refusals, by kind.")
    toxicity: Toxicity = Field(default=Toxicity(), description="Toxic language.")
    injection: Injection = Field(default=Injection(), description="Prompt injection.")
    control_tokens: ControlTokens = Field(default=ControlTokens(), description="Control tokens.")
    pii: Pii = Field(default=Pii(), description="Redaction.")
    dedup: Dedup = Field(default=Dedup(), description="Duplicates.")

    @field_validator("pii")
    @classmethod
    def _all_is_heeded(cls, pii: Pii) -> Pii:
        refuse_idle(pii)
        return pii

    @field_validator("drop_patterns")
    @classmethod
    def _patterns_compile(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                matches_nothing = re.compile(pattern).search("")
            except re.error as error:
                raise ValueError(f"{pattern!r} is not a regular expression: {error}") from error
            if matches_nothing:
                raise ValueError(
                    f"{pattern!r} is found in an empty text, and so in every text: take it out, or"
                    " have it match a character at least"
                )
        return patterns
