"""The phrases by which answers refuse, ask back, hedge or excuse themselves, by kind.

All are looked for in the first sentences of an answer: in lower case, on one line, with straight
apostrophes. English first; Spanish, French, German and Catalan by their commonest forms. Some
repeat words of any length: what bounds their time is that they are given a few hundred characters.
"""

from __future__ import annotations

import re


def _any_of(*phrases: str) -> re.Pattern[str]:
    """A pattern that finds one of the phrases from where a word begins."""
    return re.compile(rf"\b(?:{'|'.join(phrases)})")


def _words(text: str) -> str:
    """A group of alternatives, written with white space between them and `_` inside."""
    return f"(?:{'|'.join(text.split())})".replace("_", " ")


_SELF = "(?:an? |just |only |simply |merely |large |text[- ]based |virtual ){0,5}" + _words(
    r"""ai\b a\.i\. artificial_intelligence language_model llm\b chatbot text_model
    machine_learning_model computer_program"""
)
_CANNOT = (
    "(?:i|we)(?:'m|'re| am| are)? ?(?:just |simply |really |also |therefore |currently |afraid i )?"
) + _words(
    """can(?:_)?not can't won't will_not could_not couldn't would_not wouldn't am_not 'm_not
    unable_to not_able_to not_going_to not_allowed_to not_authori[sz]ed_to not_permitted_to
    not_comfortable not_in_a_position_to not_programmed_to not_designed_to not_capable_of
    do_not don't_feel don't_have_the_(?:ability|capability|authority|capacity)_to
    must_(?:politely_|respectfully_)?(?:decline|refuse) have_to_decline refuse decline"""
)
_HELP = (
    "(?:in good conscience |ethically |legally |directly |personally |actually |currently "
    "|really |either |be able to |able to |feel comfortable |comfortable |to ){0,2}"
) + _words(
    r"""help(?!_but) assist provid fulfil answer respond compl(?:y|et) offer giv suggest
    recommend(?!_(?:\w+_){0,4}enough) support engag creat generat writ discuss share satisfy
    process issue refund cancel modif chang approve authori[sz] grant waive proceed accommodate
    participat promot condon endors encourag advis guid teach instruct facilitat do_(?:that|this)
    disclos reveal agree make_(?:that|this|any|a|such|judg|stat) tell_(?:you|jokes) explain speak
    accept entertain justify perpetuat produc present describ express talk honou?r extend"""
)
_PROFESSIONAL = _words(
    r"""doctor physician nurse pharmacist dentist therapist psychologist psychiatrist vet\b
    veterinarian lawyer attorney solicitor accountant electrician engineer expert professional
    financial_advis(?:o|e)r tax_advis(?:o|e)r specialist"""
)
DECLINES = _any_of(
    f"{_CANNOT} {_HELP}",
    "(?:cannot|can't) (?:assist|help|comply) (?:you )?with",
    "(?:i|and) (?:do not|don't|cannot|can't|would not|never) (?:condone|promote|endorse|encourage)",
    "i (?:do not|don't) (?:think|believe) (?:that )?"
    "(?:it is|it's|that is|that's|it would be) (?:a )?"
    + _words("appropriate right fair respectful ethical okay acceptable valid"),
    "i (?:strongly |must )?"
    "(?:condemn|oppose|discourage|advise against|decline|refuse|respectfully)",
    "i (?:strongly |must )?(?:urge|advise) you (?:not to|against)",
    "(?:against|not within|outside) (?:of )?(?:my|our) "
    + _words("programming guidelines polic scope ethical principles values capabilit"),
    "(?:your|this|that|the) request "
    "(?:is|goes|violates|cannot|can't|was declined|has been (?:declined|denied))",
    # I'm not a veterinarian, so please ask one.
    rf"(?:i'm|i am) not (?:an? )?(?:\w+ ){{0,2}}{_PROFESSIONAL}[^.]{{0,40}}?"
    r"\b(?:please|better|you (?:should|need to|may want to)|i(?:'d| would) (?:recommend|suggest))"
    r" (?:\w+ )?" + _words("ask consult see talk speak contact seek call find"),
    "no (?:puedo|podemos) "
    + _words("ayudar proporcionar responder ofrecer dar asistir cumplir procesar promover"),
    "no (?:estoy autorizad|me es posible)",
    "je ne (?:peux|suis) pas " + _words("vous_ t' en_mesure autoris aider fournir répondre donner"),
    "(?:je ne peux|nous ne pouvons) (?:malheureusement )?pas",
    "ich kann (?:dir|ihnen|das|diese|dabei|darauf|leider|hier|nicht)[^.]{0,60} nicht",
    "ich (?:darf|kann) (?:leider )?(?:nicht|kein)",
    "dabei kann ich [^.]{0,20}nicht",
    "no (?:et |us |vos )?(?:puc|podem) (?:ajudar|proporcionar|respondre|oferir|donar|promoure)",
)
_RIGHT = _words(
    r"""appropriate acceptable ethical legal okay ok\b advisable right_to respectful productive
    accurate_or moral safe_or permissible fair_or helpful_or possible_or_ethical healthy"""
)
# These say of what was asked about, not of the one who answers, that it will not do.
DECLINES_SUBJECT = _any_of(
    "(?:it is|it's|is|are|it would be|that is|that's) "
    f"(?:not|never|neither|also not|not only) {_RIGHT}",
    rf"(?:isn't|aren't|never|not) (?:be )?(?:an? )?{_RIGHT} (?:\w+ ){{0,2}}(?:to|question|or)\b",
    r"(?:it is|it's|is|are) (?:\w+ ){0,3}?"
    r"(?:illegal(?: and|,) (?:\w+ )?(?:unethical|dangerous|immoral|harmful|can)|harmful and"
    r"|unethical|inappropriate|immoral|unacceptable)\b",
    "violence (?:is|of any kind|in any form|and)",
    "never (?:the answer|acceptable|okay|ok|appropriate)",
    r"(?:there is|there's) (?:absolutely )?no (?:\w+ )?reason why",
    "committed to promoting",
    "(?:should not|shouldn't) be discriminated",
    "(?:promot|perpetuat)(?:e|es|ing) "
    + _words("harmful violen hat discriminat negative stereotyp"),
)
CAPABILITY = _any_of(
    rf"(?:as|being|i am|i'm) {_SELF}[^.]{{0,80}}?"
    r"\b(?:can(?:not|'t| not)|unable|don't|do not|not able|not capable|lack)\b(?! "
    + _words("condone promote endorse provide assist help encourage support engage recommend hold")
    + "| have (?:any )?(?:personal (?:opin|belie|pref|view)|opinions|beliefs|feelings|bias))",
    "i (?:(?:currently )?(?:do not|don't|can't|cannot)|am unable to|am not able to) "
    "(?:currently |directly |actually |physically )?"
    + _words(
        """have_(?:real[-_]time_|direct_|live_|any_)?(?:access|internet|web|physical)
        have_information_on_real have_the_ability_to_(?:browse|access|see|view|hear|open|search)
        brows access open_(?:links|urls|files|attach) view hear watch search_the_(?:web|internet)
        see_(?:images|pictures|the_(?:image|picture|photo|attach|screen))
        remember_(?:previous|past|our)"""
    ),
    "(?:i (?:can't|cannot|can not)|(?:i'm|i am) (?:currently )?(?:unable|not able) to)"
    " (?:currently |directly |actually |physically )?"
    + _words(
        r"""(?:play|hear|listen_to|record|process)_(?:the_|any_|your_|an?_)?(?:audio|music|songs?|sound)
        (?:view|see|open|watch|display|show)_(?:the_|any_|your_|an?_)?(?:image|picture|photo|video)
        (?:make|place)_(?:any_|an?_)?(?:phone_)?calls?\b set_(?:an_)?alarm hear_you see_you"""
    ),
    "no tengo (?:la capacidad|acceso)",
    "je n'ai pas (?:accès|la capacité)",
    "ich habe kein(?:en)? (?:zugriff|zugang)",
    "no tinc (?:accés|la capacitat)",
)
CLARIFIES = _any_of(
    "(?:could|can|would|will) you (?:please )?"
    + _words(
        """be_more_specific clarify specify elaborate rephrase repeat explain_what
        tell_me_(?:more|which|what|the) let_me_know_(?:which|what)
        (?:provide|give)_(?:me_)?(?:with_)?(?:more|some|the|additional|further|a_bit)"""
    ),
    r"(?:what|which)(?: \w+){0,4} (?:do|did|are) you (?:mean|refer|looking|talking)",
    "(?:i|we) (?:didn't|did not|don't|do not) (?:quite |really )?"
    "(?:get|catch|understand|follow) (?:that|you|what|the|your)",
    "not sure (?:what|which|i understand)",
    "(?:please|i need you to|i'll need you to) "
    "(?:provide|specify|clarify|give|share|rephrase|tell)",
    "i(?:'ll| will)? need (?:more|some more|additional|further)",
    r"(?:podrías|puedes|podría|puede) (?:\w+ )?(?:aclarar|especificar|darme|decirme|proporcionar)",
    r"(?:pouvez-vous|pourriez-vous|peux-tu|pourrais-tu) (?:\w+ )?(?:préciser|clarifier|me |être)",
    r"(?:können sie|könnten sie|kannst du|könntest du) (?:\w+ ){0,3}"
    "(?:genauer|mehr|erklären|sagen|angeben|präzisieren)",
    r"(?:podries|pots) (?:\w+ )?(?:aclarir|especificar|donar-me|dir-me|proporcionar)",
)
_UNSURE = "(?:not (?:really |entirely |quite |100% )?(?:sure|certain)|unsure|uncertain)"
# Matched where an answer begins.
HEDGES = re.compile(
    r"(?:(?:sorry|well|hmm|honestly|oh|that's an? \w+ (?:question|one))[,.!]? (?:but )?){0,2}(?:"
    + "|".join(
        (
            "i have no (?:comment|idea|opinion|answer|clue)",
            "i (?:do not|don't|really don't) (?:really |actually )?"
            "(?:know|remember|have (?:an? )?(?:opinion|answer|comment|idea|enough info))",
            rf"i(?:'m| am) {_UNSURE}",
            r"(?:no comment|no idea|not sure|unknown|who knows|hard to say)\b",
            "i can(?:no|')t (?:say|be sure|comment)",
            "it (?:all |really )?depends",
            "(?:there is|there's) no "
            "(?:definit|single|simple|clear|correct|right|one|specific|scientific)"
            r"\w{0,6} (?:\w+ )?(?:answer|way to)",
            "it's (?:hard|difficult|impossible) to say",
            "no tengo (?:ningún comentario|ninguna opinión|nada que|comentarios|idea|respuesta)",
            r"no (?:lo sé|estoy segur|sé\b)|depende\b|depèn\b",
            "no (?:tinc (?:cap comentari|cap opinió|ni idea)|ho sé|n'estic segur|estic segur)",
            "je n'ai (?:pas|aucun)[^.]{0,20}(?:commentaire|avis|idée|réponse)",
            "je ne (?:sais pas|suis pas sûr)|(?:ça|cela) dépend|sans commentaire|kein kommentar",
            "ich (?:weiß (?:es )?nicht|bin (?:mir )?nicht sicher)",
            "ich habe kein(?:en|e)? (?:kommentar|ahnung|meinung)|(?:das|es) (?:hängt|kommt) ",
        )
    )
    + ")"
)
BOILERPLATE = _any_of(
    f"(?:as|being|i am|i'm) {_SELF}",
    "i (?:do not|don't) (?:have|hold) (?:any )?personal "
    + _words("beliefs opinions preferences views feelings experiences emotions"),
    r"(?:como|soy|sóc|com a)(?: \w+){0,2} "
    + _words(
        r"""modelo_de_lenguaje model_de_llenguatge ia\b inteligencia_artificial
        intel·ligència_artificial model_lingüístic modelo_lingüístico"""
    ),
    r"(?:en tant qu[e']|je suis)(?: \w+){0,2} ?"
    r"(?:ia\b|modèle de langage|intelligence artificielle)",
    r"(?:als|ich bin) (?:ein |eine )?(?:ki\b|ki-|sprachmodell|künstliche intelligenz)",
)
