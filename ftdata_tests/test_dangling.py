"""Phrases that point out of a text: which are found, and where what they mean is at hand."""

import pytest

from ftdata.dangling import dangling_phrase, references_in
from ftdata.dangling_rules import RULES
from ftdata_tests.linear import assert_linear

DANGLING = {
    "As described above, stop the service.": "as described above",
    "As mentioned earlier, there is no server.": "as mentioned earlier",
    "Repeat the above procedure for staging.": "the above procedure",
    "The command above prints a list.": "the command above",
    "Repeat the steps above.": "the steps above",
    "See steps 4 and 5 above.": "steps 4 and 5 above",
    "Follow the steps outlined above.": "the steps outlined above",
    "Log in (see above) and wait.": "see above",
    "The diagram below shows the parts.": "the diagram below",
    "See the table below.": "the table below",
    "Several options are listed below.": "listed below",
    "See the previous question.": "previous question",
    "In the previous\n   section we made a chart.": "previous section",
    "The next section has more.": "next section",
    "More comes later in this guide.": "later in this guide",
    "The aforementioned limits hold.": "aforementioned",
    "Run the following command:": "the following",
    "Repita el procedimiento anterior.": "procedimiento anterior",
    "Como se describe arriba, pare el servicio.": "como se describe arriba",
    "Wie oben beschrieben wird der Dienst beendet.": "wie oben beschrieben",
    "Siehe unten.": "siehe unten",
    "Répétez la procédure ci-dessus.": "procédure ci-dessus",
    "Voir la section suivante.": "section suivante",
}
HELD = [
    "Stop the service and wait for it.\n\nStart it as described above.",
    "Stop the service, then wait. Do the above twice.",
    "1. Stop it\n2. Wait\n3. Repeat the steps above",
    "Run `stop`. The command above takes a minute.",
    "```\nstop\n```\n\nThe command above takes a minute.",
    "| a | b |\n| - | - |\n| 1 | 2 |\n\nAs the table above says, it is 2.",
    "Run the following command:\n\n```\nstop\n```",
    "Use one of the following: red, green.",
    "There are two ways, see below.\n\nThe first is slow.",
    "Follow the steps below.\n\n1. Stop\n2. Start",
]
NO_REFERENCE = [
    "This section describes how to stop the service.",
    "It works with version 3 or above.",
    "Disk usage rose above 80% and fell below 20%.",
    "Success rates drop below the limit.",
    "The previous version is still there, the next release is not.",
    "The button is above the breadcrumb bar.",
    "```\n# as described above\n```",
    "The database is based on a base class.",
    "Die Datei liegt im folgenden Jahr vor.",
]


@pytest.mark.parametrize(("text", "phrase"), DANGLING.items())
def test_a_phrase_dangles_where_the_text_has_nothing_that_it_means(text, phrase):
    assert dangling_phrase(text) == phrase


@pytest.mark.parametrize("text", HELD)
def test_a_phrase_does_not_dangle_where_the_text_has_what_it_means(text):
    assert references_in(text)
    assert dangling_phrase(text) is None


@pytest.mark.parametrize("text", NO_REFERENCE)
def test_comparisons_versions_and_code_are_no_references(text):
    assert references_in(text) == []


def test_a_reference_tells_its_place_and_what_it_means():
    text = "Wait. Then repeat the previous step, and look at the table below."
    back, forward = references_in(text)
    assert text[back.start : back.end] == "previous step"
    assert (back.direction, back.referent) == ("back", "steps")
    assert text[forward.start : forward.end] == "the table below"
    assert (forward.direction, forward.referent) == ("forward", "table")


def test_a_letter_that_is_two_in_small_moves_no_place():
    text = "İİİ and more of it. Repeat the steps above."
    (found,) = references_in(text)
    assert text[found.start : found.end] == "the steps above"


@pytest.mark.parametrize(
    "piece",
    ["the above ", "above ", "as described ", "```\n", "- above\n", "the" + " " * 30, "above\n\n"],
)
def test_time_is_linear_in_the_text(piece):
    assert_linear(piece, references_in)


BEFORE = (
    "as", "see", "also", "per", "the", "this", "our", "these", "steps", "table", "sections",
    "commands", "imágenes", "mentioned", "out", "noted", "shown", "used", "described", "done",
    "and", "or", "to", "two", "12", "Abschnitt", "3", "is", "been", "it",
)  # fmt: skip


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.before or rule.is_first])
def test_where_a_rule_is_tried_holds_in_each_of_its_matches(rule):
    tried = 0
    for trigger in rule.triggers:
        for word in BEFORE:
            for rest in (", then", " section of it", " in this guide", " few sections", " is so"):
                text = f"The example has been pointed {word} {trigger}{rest}"
                for match in rule.pattern.finditer(text):
                    tried += 1
                    assert not rule.is_first or text.startswith(trigger, match.start())
                    assert not rule.before or rule.before.fullmatch(word)
    assert tried
