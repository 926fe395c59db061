"""What tells the tone of a message, folded: words and phrases that hardly mean anything else."""

from __future__ import annotations

from ftdata.tagging.cues import cues

# Of the user, and not of somebody a story is about.
_VERY = (
    r"(?:i'?m|i am|i feel|feeling|we are|we're|it'?s|this is|that'?s|is|so|very|really|extremely"
    r"|quite|deeply"
    r"|increasingly|beyond|getting|how|pretty|incredibly|more than)(?: (?:\w+ )?)?"
)
FRUSTRATED = cues(
    """
    unacceptable wtf goddamn dammit bullshit
    unverschämtheit frechheit inakzeptabel unzumutbar enttäuscht verärgert inaceptable indignante
    decepcionado decepcionada vergonzoso inacceptable scandaleux déçu déçue inadmissible
    inaccettabile vergognoso deluso delusa inaceitável decepcionante
    """,
    {
        "ridiculous": r"(?:this|that|it)(?:'s| is) (?:\w+ )?ridiculous",
        "outrageous": r"(?:this|that|it)(?:'s| is) (?:\w+ )?outrageous",
        **{
            word: rf"{_VERY}{word}"
            for word in (
                "frustrated", "frustrating", "annoyed", "annoying", "furious", "disappointed",
                "disappointing", "disgusted", "appalled", "upset", "unhappy", "dissatisfied",
            )
        },
        "disappointment": r"my (?:\w+ )?disappointment",
        "frustration": r"my (?:\w+ )?frustration",
        "impressed": r"(?:not|n't) (?:\w+ )?impressed",
        "fed": r"fed up",
        "sick": r"sick of",
        "tired": r"tired of (?:this|your|waiting)",
        "waste": r"(?:total|complete|such a|wast\w+|a) waste of (?:my )?(?:time|money)",
        "wasting": r"wasting my time",
        "times": r"how many times (?:do i|must i|have i)",
        "useless": r"(?:you|you're|your \w+|that|this|it)(?: is| are|'s|'re)? (?:so |totally"
        r" )?useless",
        "kidding": r"are you kidding(?: me)?",
        "stupid": r"are you (?:stupid|dumb)",
        "new": r"are you new(?: or something)",
        "still": r"still (?:not working|doesn'?t|won'?t|hasn'?t|haven'?t|no (?:answer|reply"
        r"|response))",
        "helping": r"(?:not|isn't|aren't) helping",
        "help": r"that (?:doesn'?t|didn'?t|does not|did not) help",
        "listening": r"(?:not|aren't) listening",
        "asked": r"not what i asked|i (?:already|just) asked",
        "said": r"not what i said|i (?:already|just) said",
        "told": r"i (?:already|just) told (?:you|them)",
        "worst": r"worst (?:service|support|experience|company|customer)",
        "terrible": r"(?:service|support|this|it|that) is terrible|terrible (?:service|support"
        r"|experience)",
        "reicht": r"(?:es|mir|das) reicht",
        "schon": r"schon wieder (?:nicht|kein\w*|kaputt)",
        "immer": r"immer noch (?:nicht|kein\w*)",
        "sigue": r"sigue sin",
        "marre": r"j'en ai marre",
        "stufo": r"sono stufo",
    },
)  # fmt: skip
URGENT = cues(
    "asap urgently dringend dringende urgente urgentemente urgence schnellstmöglich",
    {
        "possible": r"as soon as possible|dès que possible",
        "möglich": r"so schnell wie möglich",
        "urgent": r"(?<!not )(?<!'t )urgent",
        "away": r"(?:need|fix|help|send|respond|reply|come)\b[^.?!]{0,40}\bright away",
        "now": r"need \w+ right now",
        "immediate": r"immediate (?:assistance|attention|action|help|response)",
        "immediately": r"(?:need|fix|help|call|answer|send|respond|reply"
        r"|act)\b[^.?!]{0,40}\bimmediately",
        "earliest": r"at the earliest",
        "emergency": r"(?:is|it's|in|have|case of) an? emergency|emergency (?:repair|service|help)",
        "hurry": r"(?:in a|please|must|need to) hurry",
        "sensitive": r"time[- ]sensitive",
        "sofort": r"sofort",
        "antes": r"lo antes posible|cuanto antes",
        "plus": r"au plus vite",
        "prima": r"il prima possibile",
        "rápido": r"o mais rápido possível",
    },
    "緊急|至急|紧急|긴급",
)  # fmt: skip
FORMAL = cues(
    "hereby hiermit atentamente cordialement egregi prezado prezada prezados atenciosamente",
    {
        "dear": r"(?m:^)dear (?:sir|madam|mr|mrs|ms|dr|support|team|customer|hiring|all|\[?\w+\]?,)"
        r"|dear \w+ (?:support|service|customer|team)",
        "writing": r"(?:i am|i'm) writing (?:to (?:you|express|request|inform|report|ask|bring"
        r"|inquire)"
        r"|regarding|in regard|on behalf)",
        "finds": r"(?:message|e-?mail|letter) finds you",
        "concern": r"to whom it may concern",
        "yours": r"yours (?:sincerely|faithfully|truly)",
        "regards": r"(?:best|kind|warm) regards",
        "sincerely": r"sincerely,?(?m:$)",
        "grateful": r"would be (?:most |very )?grateful",
        "convenience": r"at your (?:earliest )?convenience",
        "advised": r"please be advised",
        "kindly": r"kindly (?:advise|confirm|provide|let|send|inform)",
        "geehrte": r"sehr geehrte",
        "geehrter": r"sehr geehrter",
        "grüßen": r"mit freundlichen grüßen",
        "estimado": r"(?m:^)estimado",
        "estimada": r"(?m:^)estimada",
        "monsieur": r"madame, monsieur",
        "agréer": r"veuillez agréer",
        "saluti": r"(?:cordiali|distinti) saluti",
    },
)  # fmt: skip
POLITE = cues(
    """
    please thanks thank thankyou appreciate appreciated grateful pardon
    bitte danke dankeschön gracias agradezco agradecería merci obrigado obrigada grazie sisplau
    gràcies alstublieft alsjeblieft dankjewel snälla
    """,
    {
        "could": r"could you",
        "would": r"would you (?:mind|be able|kindly)|i would (?:really )?(?:like|appreciate)",
        "d": r"i'd (?:really )?(?:like|appreciate)",
        "excuse": r"excuse me",
        "mind": r"if you don't mind",
        "könnten": r"könnten sie",
        "würden": r"würden sie",
        "podría": r"podría",
        "favor": r"por favor",
        "plau": r"si us plau",
        "plaît": r"s'il (?:vous|te) plaît",
        "pourriez": r"pourriez",
        "favore": r"per favore",
        "vorrei": r"vorrei",
        "gostaria": r"gostaria",
    },
    "ください|下さい|お願い|ありがと|すみません|주세요|부탁|감사|고맙|请|請|谢谢|謝謝|麻烦您",
)
INFORMAL = cues(
    """
    hey heya hiya gonna wanna gotta gimme lemme kinda sorta dunno yeah yea yep yup nope nah
    lol lmao omg btw idk imo tbh thx tnx ty plz pls bro bruh dude cuz ain't awesome yay
    whats hows thats dont cant didnt doesnt wont whatcha ima
    digga geil nö jep tío vale mdr ptdr coucou ouais boh vabbè blz vlw né kkk jaja jajaja haha
    hahaha hehe xd
    """,
    {
        "u": r"(?:can|do|are|did|if|could|would|thank|love|how|what|when|where|why) u|u (?:are"
        r"|can|have|know|got)",
        "ur": r"ur \w+",
        "ya": r"(?:see|love|thank|tell|get|give) ya",
    },
)
