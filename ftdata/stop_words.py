"""Words that say nothing of a subject, by language; what is left are content words."""

from __future__ import annotations

import re

from ftdata.text import fold

_WORD = re.compile(r"[^\W_][\w'’-]*")
_LISTS = {
    "en": """
    a about after all also am an and any are as at be because been before being but by can
    could did do does doing done for from get got had has have having he help her here hers
    him his how i i'd i'll i'm i've if in into is isn't it it's its just know let like may me
    mean might mine more most must my need no not now of off on one only or other our out
    please she should so some such tell than that that's the their them then there these they
    this those to too up us very want was way we were what what's when where which while who
    whom whose why will with within without would yes you you'd you'll you're you've your
    yours explain question
    """,
    "es": """
    a al algo ante antes como con cuando de del desde donde dos el ella ellas ellos en entre
    era es esa ese eso esta este esto está están fue ha hace han hasta hay la las le les lo
    los me mi mis muy más no nos o para pero poco por porque que qué quien se sea ser si sido
    sin sobre son su sus también te tiene todo todos tu tus un una uno unos y ya yo cómo
    """,
    "de": """
    aber alle als also am an auch auf aus bei beim bin bis bist da dadurch damit dann das dass
    dein dem den der des die dies diese dieser doch dort du durch ein eine einem einen einer
    eines er es etwas für hat haben hier ich ihr ihre im in ist ja kann kein keine können man
    mein mit muss müssen nach nicht noch nur ob oder ohne sein sich sie sind so über um und
    uns unter vom von vor war was weil wenn werden wie wir wird wo zu zum zur
    """,
    "fr": """
    a ai au aussi aux avec avoir c ce ces cet cette comme d dans de des du elle elles en est
    et eu fait il ils j je l la le les leur lui ma mais me mes moi mon même n ne nos notre
    nous on ou où par pas pour plus peut qu que quel quelle qui quoi s sa sans se ses si son
    sont sur ta te tes toi ton tu un une vos votre vous y à été être
    """,
}
STOP_WORDS = {language: frozenset(words.split()) for language, words in _LISTS.items()}


def content_words(text: str, language: str) -> list[str]:
    """The words of a text that name something, folded, in order.

    A language without a list keeps all its words.
    """
    stops = STOP_WORDS.get(language, frozenset())
    return [word for word in _WORD.findall(fold(text)) if word not in stops]
