"""Wordings in Spanish, German and French: the heading in them as it stands, in quotation marks.

Quoted, a heading needs no article and no case, which these languages would ask for.
"""

from __future__ import annotations

from ftdata.generation.wording import Wordings

ABROAD: dict[str, dict[str, Wordings]] = {
    "es": {
        "question": {
            "direct": ("¿Qué hay que saber sobre «{x}»?", "¿Qué significa «{x}» en {c}?"),
            "formal": ("¿Podría explicarme el tema «{x}», por favor?",),
            "casual": ("no entiendo lo de «{x}», ¿me lo explicas?",),
            "implicit": ("Busco información sobre «{x}».",),
        },
        "how_to": {
            "direct": ("¿Cuáles son los pasos para «{x}»?", "¿Cómo se hace «{x}»?"),
            "formal": ("¿Podría indicarme, paso a paso, el procedimiento «{x}»?",),
            "casual": ("¿me ayudas con «{x}», paso a paso?",),
            "implicit": ("Tengo que hacer «{x}» y no sé por dónde empezar.",),
        },
        "summary": {
            "direct": ("Resume lo esencial de «{x}».", "¿Puedes resumir «{x}»?"),
            "short": ("«{x}», en pocas palabras.",),
        },
    },
    "de": {
        "question": {
            "direct": ("Was muss ich über „{x}“ wissen?", "Was bedeutet „{x}“ bei {c}?"),
            "formal": ("Könnten Sie mir bitte das Thema „{x}“ erläutern?",),
            "casual": ("was hat es mit „{x}“ auf sich?",),
            "implicit": ("Ich suche Informationen zu „{x}“.",),
        },
        "how_to": {
            "direct": ("Welche Schritte gehören zu „{x}“?", "Wie geht „{x}“ Schritt für Schritt?"),
            "formal": ("Könnten Sie mir bitte den Ablauf von „{x}“ beschreiben?",),
            "casual": ("hilfst du mir bei „{x}“? am besten schritt für schritt",),
            "implicit": ("Bei „{x}“ weiß ich nicht, womit ich anfangen soll.",),
        },
        "summary": {
            "direct": ("Fasse das Wichtigste zu „{x}“ zusammen.", "Worum geht es bei „{x}“ kurz?"),
            "short": ("„{x}“ in wenigen Sätzen, bitte.",),
        },
    },
    "fr": {
        "question": {
            "direct": ("Que faut-il savoir sur « {x} » ?", "Que veut dire « {x} » dans {c} ?"),
            "formal": ("Pourriez-vous m'expliquer le point « {x} », s'il vous plaît ?",),
            "casual": ("c'est quoi l'histoire de « {x} » ?",),
            "implicit": ("Je cherche des informations sur « {x} ».",),
        },
        "how_to": {
            "direct": ("Quelles sont les étapes de « {x} » ?", "Comment se déroule « {x} » ?"),
            "formal": ("Pourriez-vous me décrire, étape par étape, « {x} » ?",),
            "casual": ("tu peux m'aider pour « {x} », étape par étape ?",),
            "implicit": ("Je dois m'occuper de « {x} » et je ne sais pas par où commencer.",),
        },
        "summary": {
            "direct": ("Résume l'essentiel de « {x} ».", "Peux-tu résumer « {x} » ?"),
            "short": ("« {x} », en quelques mots.",),
        },
    },
}
