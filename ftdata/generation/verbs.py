"""English verbs that headings and steps begin with, and their -ing forms.

Nothing here guesses a verb from its ending: a word that is not listed is no verb, and its heading
is read as a noun phrase, which every wording can carry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ftdata.generation.word_sets import word_list, word_set

# At the head of a heading these are verbs, whatever follows.
_CERTAIN = word_list(
    """
    accept access acknowledge activate adapt add adjust allow alter analyse analyze announce
    append apply approve archive ask assemble assess assign attach authenticate authorise
    authorize automate avoid backport boost browse bring bundle calculate cancel capture carry
    choose clean cleanup clear click clone close collect combine commission communicate
    compare compile compose compress confirm configure connect consider consolidate construct
    consult contact containerise continue contribute convert correct create customise
    customize deactivate decide declare decommission decrypt define delete demote deploy
    deprecate describe destroy detect determine develop diagnose disable discard disconnect
    discover distribute drain drop edit embed emit employ enable encrypt enforce enhance
    ensure enter establish evaluate examine exclude execute expand explain explore expose
    extend extract fall find finish fix follow force generate get give go grant handle help
    hide identify ignore implement improve include increase inject insert inspect install
    integrate investigate invoke join keep kill know launch learn leave let locate log lower
    maintain make manage manipulate merge migrate minimise mitigate modify mount move navigate
    obtain open optimise optimize organise organize override pass paste perform pick populate
    prepare prevent prioritise promote propagate protect provide provision prune publish pull
    purge push put raise re-enable re-index re-run read rebuild receive recover recreate
    redirect redeploy reduce refresh register regenerate reinstall reject reload remove rename
    renew replace replicate report reproduce request rerun resend reset resize resolve respond
    restore restart resync retain retire retrieve return revert revoke roll rotate save
    scaffold secure see select send serve simplify skip solve specify spin split submit
    subscribe substitute suppress sync synchronise synchronize take teach tell terminate throw
    toggle track transform troubleshoot try turn unblock understand undo uninstall unlock
    unmount unpack unpublish unregister unsubscribe update upgrade upload use validate verify
    view visit wait check debug set run start stop review download export import copy
    sign switch watch
    listen reply supply walk withdraw write
    attend borrow buy calibrate deflate deliver dismantle donate enrol enroll escalate fasten
    fetch inflate inform lend loosen lubricate nominate notify postpone proofread recharge
    reclaim redeem reimburse reinstate reopen reschedule resole rewrite rinse sell
    sew sharpen summarise summarize tidy tighten translate unfold unplug unscrew untie unwrap
    suspend unsuspend weigh wipe yank
    """
)  # fmt: skip
# These are nouns as often ("Release notes", "Test data"): what follows has to tell.
_DOUBTFUL = word_list(
    """
    answer author chain comment retry back block boot build bump cache call change chart commit
    compact control cover design display document filter format host
    index label lint list limit link load lock map mark monitor name order package patch pin
    plan point post preview print process profile query rank rate record release repeat
    sample scale schedule score search share show size snapshot sort stage
    store structure tag target test time tune vendor version work wrap
    """
)  # fmt: skip
# These are nouns mostly: only an object after them tells ("Hand out …", "Deposit for rentals").
_NOUNS = word_list(
    """
    appeal bill book brush charge claim coach cook deposit draft dry empty exchange file fill
    fit fold glue hand have heat hire hold interview invoice iron lift measure mix oil pack paint
    pair park pay pour quote refill refund rent repair reserve ship sand seal
    shake shop stitch swap train transfer trust vote wash wear
    """
)  # fmt: skip
_OBJECTS = word_set(
    """
    a all an any back down each every everything it its me more my off one our out some that the
    their them these this those up your
    """
)
_FOLLOWS_VERB = word_set(
    """
    a about across after all an and any as at back between by down each every everything for
    from how if in into it its me more my new off on one or our out over own some that the
    their them these this those through to up upon using what when where which who why with
    within without your
    """
)
_DOUBLED = word_set(
    """
    begin cancel clip commit control cut debug drop fit forget get let log map pin plan plug put
    quit rerun reset run scan set ship shut sit skip spin split stop strip submit swap tag transfer
    trim unplug unwrap wrap zip
    """
)
_AS_IT_IS = frozenset({"see", "re-see"})


def gerund_of(verb: str) -> str:
    """The -ing form: create → creating, run → running, tie → tying."""
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith("ee") and verb not in _AS_IT_IS:
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1]}ing" if verb in _DOUBLED else f"{verb}ing"


def _bases(verbs: Iterable[str]) -> dict[str, str]:
    return {gerund_of(verb): verb for verb in verbs}


VERBS = frozenset((*_CERTAIN, *_DOUBTFUL, *_NOUNS))
_CERTAIN_VERBS = frozenset(_CERTAIN)
_MOSTLY_NOUNS = frozenset(_NOUNS)
_GERUNDS = {**_bases(_CERTAIN + _DOUBTFUL + _NOUNS), "canceling": "cancel"}
# Gerunds that head a noun phrase as often: "Logging architecture", "Naming conventions".
_NOUN_GERUNDS = frozenset(map(gerund_of, _DOUBTFUL + _NOUNS))
_NOUNS_TO = word_set(
    "access call change contact export import request support update upgrade visit"
)


def is_imperative(word: str, following: str) -> bool:
    """Whether a heading that begins with `word`, then `following` ("" at its end), is an order."""
    if following == "of" or (following in {"to", "for"} and word in _NOUNS_TO):
        return False
    if word in _CERTAIN_VERBS:
        return True
    follows = _OBJECTS if word in _MOSTLY_NOUNS else _FOLLOWS_VERB
    return word in VERBS and following.lower() in follows


def is_used_as_verb(word: str, text: str) -> bool:
    """Whether a text has a word of two readings as a verb: "to query", "you can query"."""
    found = re.search(rf"\b(?:to|can|you|we|must|should) {re.escape(word)} (?!to\b|of\b)", text)
    return word in VERBS and found is not None


def base_of(gerund: str, following: str) -> str | None:
    """The verb of an -ing form at the head of a heading; None where it is none."""
    base = _GERUNDS.get(gerund)
    if base is None or (gerund in _NOUN_GERUNDS and following.lower() not in _FOLLOWS_VERB):
        return None
    return base
