"""English verbs of requests, and what they are about, folded; names of tasks in logs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ftdata.tagging.cues import word_set
from ftdata.tagging.values import TASK_TYPES, TaskType


def _by_word(listed: Mapping[TaskType, str]) -> Mapping[str, TaskType]:
    return MappingProxyType({word: task for task, text in listed.items() for word in text.split()})


# What may stand before the verb of a request: "could you please help me to …".
LEAD = word_set(
    """
    please kindly can could would will you u i we id ill want wanna need like d ll to help me us
    let lets s hi hey hello there so and then now ok okay also just try trying your task is goal
    job be able must should have got go ahead quickly briefly first finally next great thanks
    dear assistant question instruction q prompt may might
    """
)
# The verb of a request that tells what it is.
VERBS = _by_word(
    {
        "translation": "translate translating",
        "summarization": "summarize summarise summarizing summarising condense tldr abridge",
        "rewriting": """
            rewrite rephrase paraphrase reword proofread polish simplify shorten correct improve
            edit reformat anonymize capitalize reformulate replace fill
        """,
        "classification": """
            classify categorize categorise label predict detect determine decide identify judge
            verify sort group separate select choose rank
        """,
        "information_extraction": "extract parse pull retrieve scan",
        "brainstorming": "brainstorm suggest recommend propose",
        "writing": "write compose draft continue finish outline sketch invent reply respond expand",
        "coding": "code implement debug refactor program compile",
        "reasoning": """
            solve calculate compute prove evaluate simplify derive count convert divide solving
            converting
        """,
        "comparison": "compare contrast",
        "definition": "define",
        "question_answering": """
            explain describe answer tell discuss clarify elaborate name list enumerate understand
            know analyze analyse assess review show give find return get
        """,
        "transaction": """
            book reserve order buy purchase cancel schedule rent pay transfer send play exchange
            renew remind remove update change search locate pick check turn set call reset track
            refund look start put toss
        """,
    }
)
# Verbs of making: what is made tells the task, else the task after the verb does.
MAKING: Mapping[str, TaskType | None] = MappingProxyType(
    {
        "add": None, "build": "coding", "come": "brainstorming", "complete": None,
        "compose": "writing", "construct": "writing", "convert": None, "craft": "writing",
        "create": "writing", "design": "writing", "develop": "writing", "do": None,
        "draft": "writing", "for": None, "generate": "writing", "get": None, "give": None,
        "list": None, "looking": "transaction", "make": "writing", "name": None, "offer": None,
        "output": None, "perform": None, "plan": "procedure", "prepare": "writing",
        "present": None, "produce": "writing", "provide": None, "return": None, "send": None,
        "share": None, "show": None, "suggest": "brainstorming", "tell": None, "think": None,
        "turn": None, "write": "writing",
    }
)  # fmt: skip
OBJECTS = _by_word(
    {
        "transaction": "reservation appointment tickets booking refund payment",
        "summarization": "summary summaries synopsis overview abstract tl;dr tldr recap gist",
        "translation": "translation",
        "rewriting": "paraphrase rewording rewrite",
        "classification": "classification category",
        "information_extraction": "entities keywords",
        "comparison": "comparison difference differences pros",
        "definition": "definition meaning",
        "procedure": """
            recipe instructions guide tutorial itinerary plan schedule walkthrough
            step-by-step routine checklist syllabus roadmap workout
        """,
        "coding": """
            code function script program query regex class app application website sql python
            javascript html css algorithm api bot macro module component loop java c typescript
            dockerfile shader unittest bash powershell makefile lambda graphql mutation cron helm
            sort factorial linter parser crawler scraper cli endpoint constructor method plugin
        """,
        "brainstorming": """
            ideas idea examples example tips suggestions suggestion names ways reasons list
            recommendations recommendation synonyms activities options
        """,
        "writing": """
            poem haiku sonnet song lyrics story tale essay letter email e-mail mail message joke
            speech paragraph article blog post tweet review advertisement ad slogan limerick
            dialogue conversation scene script description report biography novel chapter
            headline caption rap toast memo announcement sentence sentences monologue fable
            text advert rhyme jingle tagline resume subject title
        """,
    }
)
# After a verb of telling: what follows is a question, and its nouns are not what is made.
ASKS = word_set("if whether why what how when where who which about that")
# What logs call their categories.
NAMES: Mapping[str, TaskType] = MappingProxyType(
    {name: name for name in TASK_TYPES if name != "other"}
    | dict(
        _by_word(
            {
                "question_answering": "qa open_qa closed_qa general_qa faq question questions",
                "procedure": "how_to howto instructions",
                "troubleshooting": "tech_support technical_support bug_report",
                "information_extraction": "extraction",
                "summarization": "summarisation summary summarize",
                "rewriting": "rewrite paraphrase paraphrasing",
                "translation": "translate",
                "coding": "code code_generation programming",
                "reasoning": "math maths math_reasoning logic",
                "brainstorming": "brainstorm ideation",
                "writing": "creative_writing creative copywriting",
                "roleplay": "role_play roleplaying",
                "conversation": "chat chitchat chit_chat small_talk smalltalk greeting greetings",
                "tool_use": "function_calling tool_calling",
            }
        )
    )
)
