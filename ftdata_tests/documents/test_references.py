"""Sections that refer to others get what they need, or lose the phrase, and nothing hangs after."""

import pytest

from ftdata.dangling import dangling_phrase
from ftdata.documents.sections import sections_of
from ftdata.settings_documents import Documents
from ftdata_tests.documents.drafting import hold, parsed, reasons, sections

STEPS = """\
# Moving

## Staging

Move staging first:

1. Stop the service.
2. Copy the files.

## Production

Repeat the above steps with the other account.
"""
CODE = """\
# Moving

## Look

Look at what is there at the moment:

```
ls data
```

## Count

The command above lists files, the number of which you need next.
"""
BELOW = """\
# Moving

## Rates

The table below has all rates that we charge for it.

## All of them

| kind | rate |
| ---- | ---- |
| new  | 3    |
"""


def text_of(document, heading, **options):
    (section,) = (one for one in sections(document, **options) if one.heading == heading)
    assert hold(section.blocks, document)
    return section.text


@pytest.mark.parametrize(
    ("document", "heading", "expected"),
    [
        (
            STEPS,
            "Production",
            "Move staging first:\n\n1. Stop the service.\n2. Copy the files.\n\n"
            "Repeat the above steps with the other account.",
        ),
        (
            CODE,
            "Count",
            "Look at what is there at the moment:\n\n```\nls data\n```\n\n"
            "The command above lists files, the number of which you need next.",
        ),
        (
            BELOW,
            "Rates",
            "The table below has all rates that we charge for it.\n\n"
            "| kind | rate |\n| ---- | ---- |\n| new  | 3    |",
        ),
    ],
)
def test_the_nearest_steps_code_or_table_is_joined(document, heading, expected):
    assert text_of(document, heading) == expected
    assert reasons(document) == []


def test_the_section_that_is_meant_keeps_its_own_range():
    production = sections(STEPS)[-1]
    assert STEPS[production.start : production.end].startswith("## Production")


def test_another_section_is_joined_whole():
    text = (
        "# Paying\n\n## Cards\n\nWe take two kinds of cards, and no cheques at all.\n\n"
        "## Banks\n\nAs described above, cheques are not taken either.\n"
    )
    assert text_of(text, "Banks") == (
        "We take two kinds of cards, and no cheques at all.\n\n"
        "As described above, cheques are not taken either."
    )


def test_what_is_at_hand_is_left_alone():
    text = (
        "# Paying\n\n## Cards\n\nWe take two kinds of cards.\n\nThe rest, as above, is refused.\n"
    )
    assert text_of(text, "Cards").endswith("The rest, as above, is refused.")


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("Log in (see above) and wait for the code.", "Log in and wait for the code."),
        (
            "The limit, as mentioned above, is five files a day.",
            "The limit is five files a day.",
        ),
        ("It is five files a day, as noted earlier.", "It is five files a day."),
        (
            "Every file is kept for a year. The next section has more. Then it goes.",
            "Every file is kept for a year. Then it goes.",
        ),
        (
            "Every file is kept for a year. The diagram below shows it.",
            "Every file is kept for a year.",
        ),
    ],
)
def test_a_phrase_or_its_sentence_goes_where_nothing_is_to_be_joined(sentence, left):
    text = f"# Files\n\n## Limits\n\n{sentence}\n"
    assert text_of(text, "Limits", min_section_chars=1) == left


def test_a_step_that_sends_on_gets_the_section_that_it_means():
    text = (
        "# Users\n\n## Add\n\n1. Press the button.\n2. Go on with the section below.\n\n"
        "## Admit\n\nTick the box that says admin, and save.\n"
    )
    assert text_of(text, "Add").endswith("Tick the box that says admin, and save.")


def test_a_dropped_sentence_is_told_with_its_phrase_and_nothing_more():
    text = "# Files\n\nEvery file is kept for a year and a day. The diagram below shows Ann Doe.\n"
    _, dropped = sections_of(parsed(text), "help", "files.md", "en", Documents())
    assert [(drop.line, drop.reason, drop.detail) for drop in dropped] == [
        (3, "dangling_reference", "a sentence: the diagram below")
    ]


def test_a_section_of_nothing_but_a_pointer_is_dropped():
    text = "# Files\n\n## Ways\n\nThe next sections have all.\n\n## One\n\n" + "A word. " * 9
    assert [section.heading for section in sections(text)] == ["One"]
    assert reasons(text) == [(3, "dangling_reference")]


def test_joining_can_be_switched_off():
    assert [section.heading for section in sections(STEPS, references="drop")] == ["Staging"]
    assert reasons(STEPS, references="drop") == [(10, "dangling_reference")]


def test_nothing_is_joined_that_makes_a_section_too_long():
    long = STEPS.replace("Copy the files.", "Copy the files, " + "one after the other, " * 25)
    production = [
        one for one in sections(long, max_section_chars=500) if "other account" in one.text
    ]
    assert production == []
    assert (10, "dangling_reference") in reasons(long, max_section_chars=500)


@pytest.mark.parametrize("document", [STEPS, CODE, BELOW])
def test_no_section_dangles_after(document):
    assert [dangling_phrase(section.text) for section in sections(document)] == [None, None]
