"""English words and phrases that tell what a prompt asks for, folded."""

from __future__ import annotations

import re

from ftdata.tagging.cues import cues, word_set

CODE = cues(
    """
    python javascript typescript java sql html css php kotlin golang regex numpy pandas django
    flask powershell bash dockerfile kubernetes docker pytorch tensorflow vba
    json yaml xml css csharp haskell laravel terraform nginx matplotlib tkinter fibonacci
    pseudocode cuda fastapi selenium opencv gradio streamlit mysql postgres mongodb regex awk sed
    webpack npm segfault stacktrace jquery matlab vb6 ffmpeg
    """,
    {
        "code": r"source code|(?:this|my|the|following) code|code (?:snippet|block|that|to|for|in)",
        "function": r"function (?:that|to|which|in)|a function",
        "script": r"(?:a|this|my) script (?:to|that|which|in|for)",
        "def": r"def \w+\(",
        "import": r"import \w+",
        "array": r"(?:an?|the|binary|sorted|integer|given) array",
        "bug": r"(?:a|the|this) bug in",
        "react": r"react (?:component|app|hook|native)|in react",
        "excel": r"excel (?:formula|macro|sheet|table|file|vba)|in excel",
        "rust": r"(?:in|using|a|with) rust|rust (?:code|function|program|struct)",
    },
)
QUESTION_WORDS = word_set(
    """
    what whats who whos whom whose where when which why how hows is are was were does do did can
    could will would should has have had am isn aren don doesn
    """
)
DEFINITION = re.compile(
    r"^\W*(?:so )?(?:(?:what(?:'s|s| is| are) (?:an? )?(?!the |this |that |it\b|my |your |there "
    r"|up\b|on\b|in\b"
    r"|new\b|wrong\b|playing|showing|good\b)[^\s?]+(?: [^\s?]+)?)|(?:what do(?:es)?|what'?s)"
    r" [^?]{1,40} mean"
    r"|what is (?:meant by|the (?:meaning|definition) of) [^?]{1,40}|[^\s]+ definition)\W*$"
)
BRAINSTORMING = cues(
    "",
    {
        "some": r"(?:what|which) (?:are|were|would be|is) some(?! of\b| (?:newly|action|romance"
        r"|horror))|some (?:good |fun |great |other )?(?:ideas|tips|"
        r"suggestions|recommendations|ways|examples)",
        "ideas": r"(?:any|ideas) ideas?|ideas (?:for|to|on)",
        "list": r"(?:a|the|your) (?:short |long )?list of",
        "suggestions": r"(?:any|your) suggestions",
        "recommend": r"(?:you|to) recommend",
        "recommendations": r"recommendations (?:for|on)",
        "top": r"top (?:\d+|three|five|ten)",
        "think": r"think of (?:some|a|\d)",
        "come": r"come up with",
        "wear": r"what should i wear",
    },
)
CLASSIFICATION = cues(
    "",
    {
        "which": r"(?:identify|tell me|determine|decide|say) which|which (?:one )?(?:of|are|is)"
        r" (?:the "
        r"following|these|those|them|a species)|which (?:is|are) \w+ (?:and|or) which",
        "whether": r"(?:tell|identify|determine|decide|detect|classify|predict"
        r"|say)\b[^.?!]{0,40}\bwhether"
        r"|whether (?:each|these|the following|they|it is|this)",
        "if": r"tell (?:me )?if (?:the|it|this|these|they)|(?:detect|determine|decide|identify) if",
        "or": r"(?:positive|true|yes|negative) or (?:false|no|negative|not|positive)"
        r"|(?:is|are) (?:it|this|these|they|the following) \w+ or \w+",
        "categories": r"(?:following|these) categories",
        "multiple": r"multiple[- ]choice",
        "sentiment": r"(?:classify|what is|determine|analyze)\b[^.?!]{0,30}\bsentiment",
        "following": r"(?:each|all) of the following (?:as|items|things)",
    },
)
EXTRACTION = cues(
    "",
    {
        "passage": r"(?:from|in|using|given|with|based on) (?:the|this|a) (?:given |following "
        r"|above )?passage",
        "paragraph": r"(?:from|in|using|given|with|based on) (?:the|this|a) (?:given |following "
        r"|above )?"
        r"(?:text )?paragraph",
        "text": r"(?:from|in|using|with|given|based on) (?:the|this|a) (?:given |following "
        r"|above |provided |"
        r"reference )?text",
        "extract": r"extract\b",
        "article": r"(?:from|in|using|given) (?:the|this) (?:given |following )?article",
    },
)
COMPARISON = cues(
    "vs versus",
    {
        "difference": r"differences? between|difference (?:is|are)|the difference",
        "differences": r"differences (?:between|in|of)|the differences",
        "differ": r"(?:how|what) (?:do|does|is)\b[^.?!]{0,60}\bdiffer",
        "pros": r"pros and cons",
        "better": r"(?:which|what|who) (?:is|one is|are) better|is \w+ better than|better,? \w+ or",
        "compared": r"compared (?:to|with)",
    },
)
TRANSLATION = cues(
    "",
    {
        "translate": r"translate\b[^.?!]{0,80}\b(?:to|into|in|from|this|the|following)\b"
        r"|^\W*translate",
        "translation": r"translation (?:of|for|to|into)",
        "say": r"how (?:do|would|can) (?:you|i|we|they) say\b[^?]{1,60}\bin [a-z]+",
    },
)
TROUBLE = cues(
    "troubleshoot malfunction malfunctioning malfunctioned",
    {
        "work": r"(?:doesn'?t|does not|won'?t|will not|isn'?t|not|didn'?t|don'?t|stopped|can'?t"
        r" get \w+ to) work",
        "working": r"(?:not|isn'?t|stopped|quit|aren'?t) working",
        "my": r"my (?:\w+ )?(?:screen|laptop|computer|phone|printer|mouse|keyboard|webcam|system"
        r"|internet|wi-?fi"
        r"|apps?|browser|battery|camera|account|sound|monitor|pc|website|drive|device|files?|car"
        r"|tv|router|connection"
        r"|software|program|tablet|headphones|microphone|touchpad|fan|speakers?|bluetooth|usb"
        r"|hard drive|games?|volume) "
        r"(?:is|are|isn'?t|aren'?t|won'?t|can'?t|doesn'?t|don'?t|keeps?|has|does|cannot|froze"
        r"|died|will not|was)\b",
        "can": r"(?:i|we) can'?t (?:hear|log|access|connect|open|install|see|print|sign|get"
        r" (?:on|in|it|my)|type|hear"
        r"|find my|save|download|send)",
        "turn": r"(?:won'?t|doesn'?t|can'?t|will not|not|cannot) turn (?:on|off)",
        "error": r"(?:an?|the|this|following|get\w*|with|an? \w+) error|error (?:message|code"
        r"|when)",
        "forgot": r"forgot (?:my|the) (?:password|pin|username|login)",
        "broken": r"(?:is|are|'s|it's|got|seems) broken",
        "crash": r"(?:keeps?|will|to) crash",
        "crashing": r"crashing|crashes",
        "fix": r"(?:how (?:do|can|to|would)[^.?!]{0,12}|help me |can you )fix",
        "wrong": r"(?:what'?s|what is|something(?: is|'s)?) wrong with",
        "stuck": r"(?:is|am|i'm|get|got|getting) stuck",
        "problem": r"(?:have|having|has|a|the|this) problem (?:with|when|in)|technical problem",
        "issue": r"(?:have|having|experiencing|facing|encountered) (?:an?|this|some) (?:\w+"
        r" )?issue",
        "issues": r"(?:have|having|experiencing|facing) (?:some |any )?(?:\w+ )?issues",
        "failed": r"(?:system|it|login|payment|update|connection|build) (?:has )?failed",
        "slow": r"(?:computer|phone|internet|laptop|wifi|connection|app|it)\b[^.?!]{0,20}\b(?:so"
        r" |very |too )?slow",
        "leaking": r"(?:is|are|has been) leaking",
    },
)
REASONING = cues(
    "riddle syllogism equation equations",
    {
        "solve": r"solve\b",
        "calculate": r"calculate\b",
        "compute": r"compute the",
        "prove": r"prove (?:that|the|it|by|or)",
        "probability": r"(?:the|what) probability",
        "many": r"how many\b[^?]{0,200}\d|\d[^?]{0,200}how many",
        "much": r"\d[^?]{0,200}how much",
        "sum": r"the sum of",
        "divided": r"\d divided by|divided by \d",
        "times": r"\d+ times \d+",
        "x": r"\d+ ?x ?\d+",
        "average": r"the average of",
        "logic": r"logic (?:puzzle|problem)",
        "puzzle": r"(?:this|following|a) puzzle",
        "sequence": r"(?:next|complete|find) (?:in|the|number in) (?:the )?sequence",
        "pounds": r"\d \w+ (?:in|to) pounds",
        "convert": r"convert \d",
        "root": r"(?:square|cube) root",
    },
)
PROCEDURE = cues(
    "how-to",
    {
        "how": r"(?:how|what's the (?:best|easiest|right) way) (?:do|can|should|would|could|might) "
        r"(?:i|we|one|you|somebody|someone|they|people)\b(?! (?:feel|know|think|like|do\b|mean|say|"
        r"differ|describe|explain))|how to\b|how (?:should|would) i",
        "way": r"(?:best|right|easiest|proper|good|correct) ways? to|(?:is there|what is) (?:a"
        r"|any|the) way to",
        "steps": r"(?:the|what|which|list) (?:are the )?steps|steps (?:to|for|needed|involved|in)",
        "instructions": r"instructions (?:for|on|to)",
        "recipe": r"(?:a|the|your|good) recipe (?:for|to)|recipe for",
        "guide": r"guide (?:me|to|for|on)",
        "teach": r"teach me",
        "walk": r"walk me through",
        "need": r"what (?:do|would) i need to (?:do|know)\b[^?]{0,200}\bto\b",
        "plan": r"plan (?:a|my|for|to)",
    },
)
TRANSACTION = cues(
    "",
    {
        "want": r"i (?:want|wanna|just want) (?:to (?:(?:go )?(?:see|watch|buy|book|order|find"
        r"|reserve|rent|"
        r"return|exchange|cancel|make|get|go|look|search|pay|transfer|change|schedule|eat|listen"
        r"|play|plan|find|visit|"
        r"travel|leave|do|check|try|hear)|be)|an?|some|help|tickets?|one|oneway|round|\d)",
        "need": r"i (?:need|have) (?:to (?:find|book|buy|get|see|make|rent|return|exchange"
        r"|cancel|order|pay|go|"
        r"take|look|search|travel|leave|transfer|change|schedule|reserve|locate|move|pick)|a|an"
        r"|some|\d+|my|your "
        r"help)|need (?:tickets|help finding)",
        "like": r"(?:i'd|i would|we'd|id) (?:really )?(?:like|love) (?:to|a|an|some|you|it|\d)",
        "looking": r"(?:i'm|i am|im|we're|we are|am) (?:currently |just )?(?:looking|searching"
        r"|hoping|trying)",
        "interested": r"(?:i'm|i am|im|am) interested in",
        "help": r"(?:can|could|will|would) (?:you|u) (?:please )?help me (?:to )?(?:find|book"
        r"|look|search|get|with "
        r"(?:a|my|booking|finding)|make|out)",
        "show": r"show me",
        "search": r"search (?:for|flights|hotels|the)",
        "look": r"(?:please |to |can you )look (?:for|up)",
        "find": r"find (?:me|a|an|some|out (?:when|if|where))"
        r"|(?:can|could|will|would) (?:you|u) (?:please )?(?:go )?find|help (?:me )?find",
        "book": r"book (?:a|an|me|the|my|it|\d|two|three|four|tickets?|that)",
        "tickets": r"(?:buy|get|purchase|need|book|order|reserve|want)\b[^.?!]{0,20}\btickets",
        "reservation": r"(?:make|cancel|change|have|need|get) (?:a|my"
        r"|the)\b[^.?!]{0,20}\breservation",
        "assistance": r"(?:request|requesting|need|require|seek|seeking"
        r"|immediate)\w*\b[^.?!]{0,25}\bassistance",
        "request": r"(?:i|to) (?:would like to )?request\b|requests? (?:for|to|regarding)"
        r"|(?:service|repair|maintenance) request",
        "inquiry": r"inquiry (?:regarding|about|on|for|into)|(?:an?|my) inquiry",
        "needed": r"(?:assistance|repair|help|support|attention|maintenance) needed",
        "required": r"(?:assistance|repair|help|support|attention|maintenance) required",
        "concerns": r"concerns? (?:about|regarding|over|with)",
        "searching": r"(?:am|are|i'm) searching",
        "hoping": r"i(?:'m| am)? hoping",
        "wish": r"i wish to",
        "bored": r"(?:am|i'm) bored",
        "schedule": r"(?:to|please|can you) schedule",
        "planning": r"(?:i'm|i am|we are) planning (?:a|to|on)",
    },
)
GREETING = cues(
    """
    hi hello hey hiya greetings howdy bye goodbye thanks thank cya goodnight sup welcome yo
    congratulations lol haha
    """,
    {
        "morning": r"good morning",
        "evening": r"good evening",
        "day": r"(?:good|nice|great) day",
        "night": r"good night",
        "going": r"how(?:'s| is| are) (?:it|things|everything|you) going",
        "up": r"what'?s up",
        "you": r"^\W*(?:hi|hello|hey)?\W*how are you",
        "see": r"see you (?:later|soon|tomorrow)",
        "meet": r"(?:nice|pleased|good) to meet",
    },
)
# "Are you human?", "what is your name": of the assistant itself, and not a request to it.
OF_YOU = cues(
    "",
    {
        "you": r"^\W*(?:so |but |and |well |why |then )*(?:are|were|do|did|have|aren'?t|don'?t"
        r"|haven'?t) you\b"
        r"(?! (?:know (?:of|how|what|where|any|if|when|who|why)|have (?:any|a|the)|sell|offer"
        r"|deliver|accept|recommend"
        r"|ship|open|provide|think (?:that|it)))"
        r"|^\W*(?:hi|hello|hey)?\W*how (?:are|do|have) you(?: do| doing| feel| feeling|"
        r" been)?\W*(?:today)?\W*$"
        r"|^\W*(?:how|what) (?:old|tall|big|smart|kind of \w+) are you|who are you\W*$|what are"
        r" you\W*$"
        r"|(?:who|what) (?:made|created|built) you|(?:something|tell me) about you(?:rself)?\W*$"
        r"|where (?:are|do) you (?:from|live|come)|what do you (?:do|like|eat|look|want)\W*$",
        "your": r"^\W*(?:what|who|how|where|when)(?:'s|s| is| are| was| do| does)? your\b"
        r"(?! (?:thoughts|advice|recommendation|suggestion|opinion|hours|return|refund|policy"
        r"|phone|address))",
        "yourself": r"about yourself",
    },
)
ROLE = cues(
    "roleplay",
    {
        "imagine": r"^\W*(?:please )?imagine (?:that )?(?:you|yourself|being)",
        "pretend": r"pretend (?:to be|you|that you|like you)",
        "act": r"(?:to|please|can you|^\W*) ?act (?:as|like)\b",
        "suppose": r"^\W*suppose (?:that )?you(?:'re| are)",
        "role": r"(?:take|take on|play|assume|in) the role of|your role is|^\W*role[- ]?play",
        "persona": r"the persona of",
        "shoes": r"into the shoes of",
        "transform": r"^\W*transform into",
        "assume": r"^\W*assume (?:that )?you(?:'re| are)",
        "as": r"^\W*as an? [^.?!,]{3,60}, (?!i\b|how (?:do|can) i)",
        "you": r"^\W*(?:you are|you're|youre|you have been) (?!given|provided|asked|told|welcome"
        r"|right|wrong|so\b)"
        r"(?:an?|the|my|one|mr|mrs|dr|\[|[a-z]+ [a-z]+)",
        "speak": r"speak (?:as|like) (?:an?|the)",
        "character": r"(?:as|playing) (?:the|a) character",
    },
)
