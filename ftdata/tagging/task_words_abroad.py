"""What tells what a prompt asks for in other languages than English, folded: words by task, the
words with which questions begin, and pieces of words where texts have no spaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from ftdata.tagging.cues import word_set
from ftdata.tagging.values import TaskType

# Words that mean nothing else in another of these languages; the first that is there tells.
_LISTED: tuple[tuple[TaskType, str], ...] = (
    (
        "translation",
        """
        übersetze übersetzen übersetzung traduce traducir traducción traduis traduire
        traduction traduci tradurre traduzione traduza traduzir tradução tradueix
        vertaal
        """,
    ),
    (
        "summarization",
        """
        zusammenfassen zusammenfassung resume resúmeme resumir résume résumé résumer
        riassumi riassumere riassunto resuma resumo resumeix samenvatting
        """,
    ),
    (
        "rewriting",
        """
        umformulieren umschreiben korrigiere korrigieren reescribe reescribir parafrasea
        corrige reformule réécris réécrire riscrivi riformula correggi reescreva
        parafraseie
        """,
    ),
    (
        "classification",
        """
        klassifiziere klassifizieren ordne clasifica clasificar classe classifie
        classifica classificare classifique
        """,
    ),
    (
        "information_extraction",
        """
        extrahiere extrahieren extrae extraer extrais extraire estrai extraia
        """,
    ),
    (
        "coding",
        """
        python javascript sql html quellcode programmcode código_fuente funktion_in
        skript
        """,
    ),
    (
        "writing",
        """
        schreibe schreib schreiben verfasse gedicht geschichte_über escribe escríbeme
        redacta poema écris écrire rédige poème scrivi scrivere scrivimi poesia escreva
        escrever redija
        """,
    ),
    (
        "reasoning",
        """
        berechne berechnen rechne löse calcula calcular resuelve calcule calculer résous
        calcola risolvi resolva
        """,
    ),
    (
        "comparison",
        """
        unterschied unterschiede vergleiche diferencia diferencias différence differenza
        diferença diferència compara
        """,
    ),
    (
        "brainstorming",
        """
        ideen vorschläge schlage ideas sugiere recomienda suggère recommande idées
        suggerisci consigliami sugira recomende
        """,
    ),
    (
        "procedure",
        """
        anleitung schritte rezept instrucciones pasos receta étapes recette istruzioni
        passaggi ricetta receita instruções
        """,
    ),
    (
        "troubleshooting",
        """
        fehlermeldung kaputt defekt funktioniert averiado estropeado funciona panne
        rotto guasto quebrado
        """,
    ),
    (
        "transaction",
        """
        buchen reservieren stornieren kündigen bestellen umtauschen reservar comprar
        cancelar pedir réserver commander annuler prenotare ordinare comprare annullare
        """,
    ),
)
WORDS = tuple((task, word_set(text)) for task, text in _LISTED)
HOW_TO = re.compile(
    r"\b(?:wie (?:kann|mache|soll|geht|komme|macht|funktioniert)|cómo (?:puedo|se|hago|hacer|debo)"
    r"|comment (?:puis|faire|peut|dois)|come (?:posso|si fa|faccio|fare|devo)|como (?:posso"
    r"|fazer|faço)"
    r"|com (?:puc|es fa|faig)|o que (?:faço|devo fazer)|qué debo hacer)\b"
)
WHAT_IS = re.compile(
    r"^\W*(?:was (?:ist|sind|bedeutet|heißt)(?: ein\w*| der| die| das)?|qué (?:es|son"
    r"|significa)(?: una?| el| la)?"
    r"|que (?:veut dire|signifie)|qu'est[- ]ce (?:que|qu')(?: c'est que?)?|c'est quoi|(?:che"
    r" )?(?:cos|cosa|cos'è) ?"
    r"(?:è|e'|sono|significa)?|o que (?:é|são|significa)|què (?:és|són|significa)|définition"
    r"|definición) ?"
    r"(?:\w+\W*){1,3}$"
)
ASKING = word_set(
    """
    wer was wann wo wohin woher warum wieso weshalb wie welche welcher welches wieviel quién qué
    cuándo dónde cómo cuál cuáles cuánto cuánta cuántos cuántas por quien que cual qui quoi
    quand où pourquoi comment quel quelle quels quelles combien quante chi cosa che quando dove
    perché perche come quale quali quanto quanti quem onde porque porquê qual quais quantos què
    qui quan on com quin quina quins wat wie waar waarom hoe wanneer vad vem var när hur varför
    """
)
HOW_ARE_YOU = re.compile(
    r"\b(?:wie geht(?:'s| es)?|come (?:va|stai|butta)|cómo (?:te va|estás)|qué (?:pasa|tal|hay)"
    r"|como (?:vai|está|estás)"
    r"|e a[ií]\b|tudo bem|com va|ça va|comment (?:allez|vas))"
    r"|你好|最近如何|最近怎么样|調子は|こんにちは|잘 ?지내|안녕|چطوری|आप कैसे"
)
GREETINGS = word_set(
    """
    hallo hola salut bonjour ciao olá ola oi danke gracias merci grazie obrigado obrigada adiós
    tschüss tschüs moin servus buongiorno buonasera arrivederci hej hoi dag bom buenos buenas
    bonsoir coucou hei szia ahoj merhaba salam namaste
    """
)
# Of Japanese, Korean and Chinese.
PIECES: Mapping[TaskType, re.Pattern[str]] = MappingProxyType(
    {
        "translation": re.compile("翻訳|訳して|번역|翻译|翻譯"),
        "summarization": re.compile("要約|まとめて|요약|总结|概括|摘要"),
        "rewriting": re.compile("書き直|言い換え|고쳐 ?써|바꿔 ?써|改写|润色"),
        "coding": re.compile("コードを|プログラムを書|코드를|代码|编写程序"),
        "writing": re.compile("を書いて|써 ?줘|작성해|写一|写封|寫一"),
        "comparison": re.compile("違いは|の違い|차이|区别|有什么不同"),
        "procedure": re.compile(
            "の方法|やり方|どうすれば|어떻게 (?:하|해야|만들)|怎么做|如何才|怎样才"
        ),
        "definition": re.compile(
            "^.{1,14}(?:とは(?:何|なに|\\?|？|$)|って何|何ですか"
            "|(?:이|가|은|는|란) ?(?:뭐|무엇|뭔))"
            "|^什么是.{1,12}$|^.{1,10}是什么.?$|^何が?.{1,12}ですか"
        ),
        "question_answering": re.compile(
            "[?？]|ですか|ますか|何|誰|どこ|いつ|なぜ|무엇|누구|어디|언제|왜|니\\s*$|까\\s*$|什么|谁|哪|多少|吗|呢|几"
        ),
    }
)
