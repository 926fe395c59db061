"""What a heading is about, in the forms that a question needs.

"Installing Helm" and "Install Helm" become the action `install Helm` and the phrase `installing
Helm`; "Types of banners" the phrase `the types of banners`; "Overview" a role of what the parent
heading names. Words are never replaced: articles are put before them, first letters lowered where
the section writes the word small.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ftdata.generation.everyday_words import is_everyday
from ftdata.generation.verbs import VERBS, base_of, gerund_of, is_imperative, is_used_as_verb
from ftdata.generation.word_sets import word_set

Form = Literal[
    "question", "clause", "action", "alert", "command", "condition", "statement", "topic", "generic"
]  # fmt: skip
NAMING: frozenset[Form] = frozenset({"action", "alert", "command", "topic"})

_NUMBER = re.compile(
    r"(?:(?:step|part|phase|stage|chapter|section|option)\s+)?"
    r"(?:\d{1,2}(?:\.\d{1,3}){0,3}|\d{1,3}(?:\.\d{1,3}){0,3}[.):]|\d{1,2}[.):]|\(?[a-zA-Z][.)])"
    r"[\s:–—-]+(?=\S)"
    r"|(?:step|part|phase|stage)\s+\w{1,5}\s*[:–—-]\s*|appendix(?: \w)?:\s+",
    re.IGNORECASE,
)
_HOW_TO = re.compile(r"(?:how (?:do (?:i|you|we)|to:?|can i)|steps to)\s+(?!take\b)", re.I)
_ALERT = re.compile(r"[A-Z][a-z0-9]+(?:[A-Z]+[a-z0-9]*){2,}")
_COMMAND = re.compile(r"[a-z][a-z0-9_-]*(?: [a-z][a-z0-9_-]*){1,3}")
_SYMBOLS = re.compile(r"[a-z][\w.-]*(?:, [a-z][\w.-]*){0,3}")
_CLAUSE = re.compile(r"(?:what|which|when|where|why|who|whom|whose|how) ", re.IGNORECASE)
# A time that is asked for, where "When the disk is full" is a condition.
_TIME = re.compile(
    r"when (?:not )?(?:to|(?:you|we|i) (?:get|can|may|will|receive|pay|have to|need to|should|must"
    r"|are (?:allowed|charged|paid|entitled|billed)))\b",
    re.IGNORECASE,
)
_FINITE = word_set(
    """
    is are was were isn't isn’t aren't aren’t doesn't doesn’t don't don’t won't won’t can't can’t
    cannot seem seems appear appears may might has have hasn't hasn’t does do keeps fails should
    must will
    """
)
_OBJECT_STARTS = frozenset({"the", "a", "an", "your", "my", "its", "no"})
_OWNED = frozenset({"The", "A", "An", "My", "Your", "Our"})
_MENDS = re.compile(
    r"^[-*\d. ]{0,6}(?:(?:likely|possible|probable) )?"
    r"(?:causes?|fix|solutions?|reasons?|remedy|resolution|symptoms?|workaround|what to do)"
    r"\*{0,2}:",
    re.IGNORECASE | re.MULTILINE,
)
_MENDING = ("ause", "ix:", "ix*", "olution", "eason", "emedy", "ymptom", "orkaround", "hat to do")
_LISTS = re.compile(r"(?:reasons?|causes?|ways?|things|examples?|types?|kinds?|list|steps)\b", re.I)
_GUIDE = re.compile(
    r"(?:an? |the )?(?:(?:quick |short |brief )?introduction to|(?:quick |short )?guide to"
    r"|overview of|about|all about|notes? on|intro to"
    r"|more on) (?=\S)",
    re.IGNORECASE,
)
_INNER = re.compile(r"(?<=\w )(?:In|Of|And|The|To|For|With|A|An|On|At|By|From|Or)(?= )")
_REMARK = re.compile(r"(?<=\w) \([^()]{1,40} [^()]{1,60}\)$")  # of more than one word
_ARTICLE = re.compile(r"^(?:an? |the )")
_DONT = re.compile(r"(?:don't|don’t|do not|never) (?=[a-z])", re.IGNORECASE)
_MANNER = re.compile(r"([A-Z][a-z]{2,}ly) (?=[a-z])")
_WHEN = re.compile(r"steps to take (?=in the event|in case|when|if)", re.IGNORECASE)
_CONDITION = re.compile(r"(?:if|when|in case)\s+(?!to\b)", re.IGNORECASE)
_ASKED = re.compile(r"(?:what|who) (?:is|are)\s+(?:an? |the )?", re.IGNORECASE)
_DETERMINED = re.compile(
    r"(?:an?|the|your|our|my|its|this|that|these|all|any|some|other|each|every|no|which|what|why"
    r"|how|when|where|if|using|\d\S*)\b",
    re.IGNORECASE,
)
_ROLES: dict[str, str] = {
    name: role
    for role, names in {
        "overview": "overview|introduction|intro|background|summary|description|synopsis|about|"
        "meaning|outline|in a nutshell|context|general|basics|what it is|purpose|tl;dr|abstract",
        "usage": "usage|use|how to use|using it|how to use it|getting started|get started|"
        "quick start|quickstart|basic usage|how to|instructions|procedure|steps|process|method",
        "options": "options|flags|parameters|arguments|settings|configuration|config|"
        "command line options|options inherited from parent commands|inherited flags|attributes|"
        "configuration options|environment variables|variables|fields|properties|values",
        "needs": "prerequisites|requirements|before you begin|before you start|preparation|"
        "dependencies|you will need|preconditions|pre-requisites|system requirements|what you need",
        "examples": "examples|example|sample|samples|demo|example usage|usage examples|tutorial",
        "notes": "notes|note|caveats|limitations|known issues|known limitations|warnings|remarks|"
        "things to note|things to look out for|gotchas|important|tips|best practices|warning",
        "trouble": "troubleshooting|problems|common problems|common issues|issues|errors|"
        "debugging|common errors|faults",
        "diagnosis": "diagnosis|investigation|investigation steps|investigating|symptoms|signs",
        "fix": "mitigation|resolution|fix|solution|remediation|recovery|workaround|workarounds|"
        "what to do|possible solutions|solutions|potential resolution steps|resolution steps",
        "impact": "impact|effects|consequences|severity|risks|user impact",
        "cause": "cause|causes|root cause|why|reason|reasons|rationale|motivation|justification",
        "install": "installation|install|installing|setup|set up|setting up|how to install",
        "how": "how it works|how does it work|architecture|design|implementation|internals|"
        "technical details|details|structure|under the hood|mechanics|workflow",
        "links": "see also|further reading|links|references|related|related links|more information|"
        "further information|other resources|resources|additional resources|useful links|"
        "related pages|more|external links|other pages|read more|where to go next|learn more|"
        "contents|table of contents|acknowledgements|credits|changelog|license|licence|authors",
        "plain": "conclusion|other|misc|miscellaneous|next steps|appendix|history|future|"
        "content|main|results|result|output|final words|wrapping up|template|values|header|footer|"
        "and then|finally|done|start|end|intro|todo|status|scope|definitions|faq|faqs|"
        "frequently asked questions|glossary|questions|questions and answers|index|home|readme",
    }.items()
    for name in names.split("|")
}  # fmt: skip
_COUNT = word_set(
    """
    account agent alert algorithm api app application architecture argument backup banner
    browser bucket button cache certificate chart checklist class cli client cluster command
    component concept console container controller cookie cycle dashboard database deadline
    default deployment dialog dictionary directory document domain endpoint engine environment
    error event feature field file filter flag flow folder footer form format framework
    function gem group guide header homepage hook host image index installer interface issue
    job key language layer layout level library licence license lifecycle limit link list
    loader loop machine manager manual map menu message method metric migration model module
    mode name namespace node object operator option order organisation page panel parameter
    parser partition password path pattern period permission phase pipeline plan platform
    plugin pod policy pool port problem procedure process profile project property protocol
    provider proxy query queue quota register registry release report repository request
    resource response role route rule runner runtime schedule schema script section selector
    server service session setting setup site sidebar signature stack stage state status store
    strategy stream structure style subchart subscription subsystem system table tag target
    task team template term terminal test threshold timeout token tool tree trigger type url
    user validator value variable version view volume warning website widget window wizard
    workflow workspace
    """
)
# Small in any heading, whatever the section's text writes.
_COMMON = word_set(
    """
    about access adding application architecture background best building causes changes
    changing checking code common configuring creating custom data default definition
    deploying description different example examples external feature features file files
    format function functions general getting guide history information internal introduction
    issues key list local making managing method new notes options other overview page
    potential practices process recommended related release releasing removing required
    resources running security setting settings steps structure supported technical testing
    tests types updating use useful user users using values version versions viewing ways
    working writing
    """
)
_ARTICLES = frozenset({"The", "A", "An", "Our", "Your", "All", "Other", "Some"})
_PREPOSITIONS = word_set(
    "from with without on in for before after by during using via at under through"
)
_SINGULAR_S = ("ss", "us", "is", "as", "ws", "ps", "ns", "os")


@dataclass(frozen=True)
class Heading:
    """A heading in the forms of a question; `action` is empty where it is none.

    `phrase` stands in the middle of a sentence, empty for most questions; `role` is what a generic
    heading says of its parent.
    """

    form: Form
    text: str
    phrase: str
    action: str = ""
    role: str = ""


def read_heading(text: str, body: str) -> Heading:
    """The forms of a heading; `body` is the text whose small letters it takes over."""
    plain = _cleaned(text)
    role = _ROLES.get(_ARTICLE.sub("", plain.lower().rstrip("!")))
    if role:
        return Heading("generic", plain, plain.lower(), role=role)
    if plain.endswith("?"):
        asked = _ASKED.match(plain)
        return Heading("question", plain, plain[asked.end() :].rstrip("?") if asked else "")
    action = _action(plain, body)
    if action:
        return Heading("action", plain, _doing(action), action)
    return _sentence(plain, body) or _name(plain, body)


def _sentence(plain: str, body: str) -> Heading | None:
    """A heading that is a clause: "If it fails", "How it works", "The pod is down"."""
    steps = _WHEN.match(plain)
    if steps:
        return Heading("condition", plain, plain[steps.end() :])
    if _CONDITION.match(plain) and not _TIME.match(plain):
        return Heading("condition", plain, plain[0].lower() + plain[1:])
    if _DONT.match(plain):
        return Heading("clause", plain, _DONT.sub("why I shouldn't ", plain, count=1))
    if _CLAUSE.match(plain):
        return Heading("clause", plain, plain[0].lower() + plain[1:])
    if _is_statement(plain, body):
        return Heading("statement", plain, _lowered(plain, body))
    return None


def tells_mending(body: str) -> bool:
    """Whether a text has parts named "Cause:", "Fix:" or alike."""
    return any(word in body for word in _MENDING) and _MENDS.search(body) is not None


def _is_statement(plain: str, body: str) -> bool:
    """Whether a heading is a sentence: "The pod is down", "A user visits a page"."""
    first, *words = plain.split(" ")
    if _LISTS.match(plain):
        return False
    if not _FINITE.isdisjoint(map(str.lower, words[:-1])):
        return True
    for place, (word, after) in enumerate(zip(words, [*words[1:], ""], strict=False)):
        is_third = len(word) > 3 and word.islower() and word.endswith("s")
        if not is_third or word.endswith(("ss", "us", "is")) or after == "of":
            continue
        if after in _OBJECT_STARTS and not VERBS.isdisjoint((word[:-1], word[:-2])):
            return True
        if place and first in {"A", "An"} and after:
            return True
        if place and first in _OWNED and tells_mending(body):
            return True
    return False


def _name(plain: str, body: str) -> Heading:
    if _ALERT.fullmatch(plain):
        return Heading("alert", plain, plain)
    if _COMMAND.fullmatch(plain) and not _DETERMINED.match(plain):
        return Heading("command", plain, f"`{plain}`")
    if _SYMBOLS.fullmatch(plain):
        return Heading("command", plain, f"`{plain.replace(', ', '`, `')}`")
    named = _GUIDE.sub("", plain, count=1) if _GUIDE.match(plain) else plain
    return Heading("topic", plain, _noun_phrase(named, body))


def is_fragment(heading: Heading) -> bool:
    """Whether it leans on the heading above it: "From source", "With a proxy"."""
    return heading.form == "topic" and heading.text.partition(" ")[0].lower() in _PREPOSITIONS


def completed(fragment: Heading, above: Heading | None) -> Heading:
    """A heading such as "From source" with what it leans on: "installing Helm from source"."""
    if not is_fragment(fragment) or above is None:
        return fragment
    rest = f" {fragment.text[0].lower()}{fragment.text[1:]}"
    action = above.action and above.action + rest
    return Heading(above.form, fragment.text, above.phrase + rest, action)


def is_plural(phrase: str) -> bool:
    """Whether a noun phrase takes "are": by the last word before its first preposition."""
    head = re.split(r" (?:of|for|in|on|with|to|from|at|by|per|vs)\b", phrase, maxsplit=1)[0]
    if head.endswith("`"):
        return False
    last = head.rstrip("`*)\"'").lower()
    return " and " in head or (last.endswith("s") and not last.endswith(_SINGULAR_S))


@lru_cache(maxsize=1024)  # every section below a heading asks for it
def _cleaned(text: str) -> str:
    plain = " ".join(text.replace("**", "").replace("__", "").split())
    stripped = _NUMBER.sub("", plain, count=1) if _NUMBER.match(plain) else plain
    stripped = _REMARK.sub("", stripped) if stripped.endswith(")") else stripped
    return stripped.rstrip(" :.;,…–—-¶#") or plain


def _action(plain: str, body: str) -> str:
    """The verb phrase of "How to install", "Installing" or "Install", else empty."""
    how = _HOW_TO.match(plain)
    rest = plain[how.end() :] if how else plain
    manner = _MANNER.match(rest)
    if manner and manner[1].lower() not in VERBS:
        inner = _action(rest[manner.end() :], "")
        return inner and f"{manner[1].lower()} {inner}"
    first, _, following = rest.partition(" ")
    word, after = first.lower(), following.split(" ", 1)[0]
    base = base_of(word, after)
    if base and not how and _is_name(rest, body):
        return ""
    if base and (following or how):
        return f"{base} {_seconds(following)}".rstrip()
    if how or (following and is_imperative(word, after)):
        return f"{word} {_seconds(following)}".rstrip()
    # "Query CDN logs" is an order where the text queries; "Query options" is none.
    if following.count(" ") and word in VERBS and is_used_as_verb(word, body):
        return rest[0].lower() + rest[1:]
    return ""


def _is_name(plain: str, body: str) -> bool:
    """Whether a heading such as "Publishing API" is what the text calls something."""
    return f" {plain}" in body and all(word[0].isupper() for word in plain.split(" "))


def _doing(action: str) -> str:
    """ "add and remove charts" → "adding and removing charts"."""
    verb, _, rest = action.partition(" ")
    if verb.endswith("ly") and verb not in VERBS:
        return f"{verb} {_doing(rest)}"
    found = re.match(r"(and|or|and/or) (\w+)(?= \w)", rest)
    if found and found[2] in VERBS:
        rest = f"{found[1]} {gerund_of(found[2])}{rest[found.end() :]}"
    return f"{gerund_of(verb)} {rest}".rstrip()


def _seconds(rest: str) -> str:
    """The verb after "and", when it is an -ing form: "adding and removing" → "and remove"."""
    found = re.match(r"(and|or) (\w+)(?: (\w+))?", rest)
    base = base_of(found[2].lower(), found[3] or "") if found else None
    return f"{found[1]} {base}{rest[found.end(2) :]}" if found and base else rest


def _noun_phrase(plain: str, body: str) -> str:
    """The phrase with small letters where they belong, and "the" where it needs one."""
    phrase = _lowered(plain, body)
    words = phrase.split(" ")
    if _DETERMINED.match(phrase) or not words[0].isalpha() or not words[0].islower():
        return phrase
    counted = words[-1] in _COUNT and len(words) < 5 and "the" not in words
    return f"the {phrase}" if counted or words[1:2] == ["of"] else phrase


def _lowered(plain: str, body: str) -> str:
    """A heading as it stands in a sentence: small where the section writes its words small.

    A word that the section writes large stays, as names do.
    """
    words = _INNER.sub(lambda found: found[0].lower(), plain).split(" ")
    if words[0] in _ARTICLES:
        words[0] = words[0].lower()
    is_small = [_is_small(word, body) for word in words]
    if not is_small[0] or not words[0].istitle():
        return " ".join(words)
    is_small = [
        small or f" {word}" not in body for small, word in zip(is_small, words, strict=True)
    ]
    if not all(small for small, word in zip(is_small, words, strict=True) if word.istitle()):
        # In a heading written large, a name among the words makes a name of all.
        is_large = all(len(word) < 4 or not word.islower() for word in words)
        is_small = [not is_large and place == 0 for place in range(len(words))]
    return " ".join(
        word.lower() if small and word.istitle() else word
        for small, word in zip(is_small, words, strict=True)
    )


def _is_small(word: str, body: str) -> bool:
    plain = word.strip("(),:").lower()
    if plain in _COMMON or f" {plain}" in body:
        return True
    return (is_everyday(plain) or plain in _COUNT) and not stands_large(plain.capitalize(), body)


def stands_large(word: str, body: str) -> bool:
    """Whether a text writes a word large within a sentence, as it does a name."""
    return f" {word}" in body and re.search(rf"[\w,;)] {re.escape(word)}\b", body) is not None
