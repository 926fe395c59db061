"""Finds answers in another language than their prompt, and languages that are not wanted."""

from __future__ import annotations

import re

from ftdata.cleaning.conversation_language import conversation_languages
from ftdata.cleaning.conversations import Conversations
from ftdata.cleaning.filters.finding import Finding
from ftdata.cleaning.language import Guess
from ftdata.settings_cleaning import Action, Cleaning

_MIN_CONFIDENCE = 0.8  # of both sides; py3langid reaches it on nearly every whole sentence
# A prompt that says which language it wants: it asks for a translation, or names a language.
_CHOOSES = re.compile(
    r"(?i)translat|tradu[czi]|übersetz|vertaal|переве|перекла|翻[译譯訳]|번역|ترجم|अनुवाद|tłumacz"
    r"|terjemah|çevir|\b(?:arabic|basque|bengali|catalan|chinese|czech|danish|dutch|english"
    r"|finnish|french|german|greek|hebrew|hindi|hungarian|indonesian|italian|japanese|korean"
    r"|latin|mandarin|norwegian|persian|farsi|polish|portuguese|romanian|russian|spanish|swedish"
    r"|thai|turkish|ukrainian|vietnamese"
    r"|anglais|français|allemand|espagnol|inglés|español|francés|alemán|catal[àá]n?|anglès"
    r"|castellano?|englisch|deutsch|französisch|spanisch|inglese|francese|tedesco|spagnolo"
    r"|inglês|espanhol|francês|alemão)\b|英[語语文]|[中汉漢日法德]語|[中英日法]文|영어|한국어"
    r"|английск|русск"
)


def language_action(options: Cleaning) -> Action:
    """What the settings make of answers in another language."""
    return options.language.mismatch


def find_language_mismatches(
    conversations: Conversations, options: Cleaning
) -> list[Finding | None]:
    """`language_mismatch` where the replies are in another language than the user's texts.

    Both must be told with confidence, and no user message may ask for a translation or name a
    language. The detail names the two languages.
    """
    told = conversation_languages(conversations, options.language)
    findings: list[Finding | None] = []
    for row, (asked, answered) in enumerate(zip(told.asked, told.answered, strict=True)):
        differs = _is_sure(asked) and _is_sure(answered) and asked.code != answered.code
        if differs and not _chooses_language(conversations, row):
            detail = f"{answered.code} in answer to {asked.code}"
            findings.append(Finding("language_mismatch", detail))
        else:
            findings.append(None)
    return findings


def find_unwanted_languages(
    conversations: Conversations, options: Cleaning
) -> list[Finding | None]:
    """`language_not_kept` where `language.keep` names languages and not the conversation's.

    A conversation whose language cannot be told stays: a greeting is in every language's log.
    """
    keep = options.language.keep
    if not keep:
        return [None] * len(conversations)
    codes = conversation_languages(conversations, options.language).prompts
    return [
        Finding("language_not_kept", code) if code is not None and code not in keep else None
        for code in codes
    ]


def _is_sure(guess: Guess) -> bool:
    return guess.code is not None and guess.confidence >= _MIN_CONFIDENCE


def _chooses_language(conversations: Conversations, row: int) -> bool:
    start, end = conversations.bounds[row : row + 2].tolist()
    return any(
        role != "assistant" and _CHOOSES.search(text or "")
        for role, text in zip(
            conversations.roles[start:end], conversations.contents[start:end], strict=True
        )
    )
