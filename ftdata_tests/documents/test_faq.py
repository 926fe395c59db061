"""Question and answer pairs inside of sections, in the ways that people write them."""

import pytest

from ftdata.documents.faq import split_questions
from ftdata_tests.documents.drafting import drafts, hold

BOLD = """\
# Help

We answer here.

**Can I pay later?**

Yes, within a month.

- By card
- By bank

**Is there a fee?**

No.
"""
BOLD_LINES = "# Help\n\n**Can I pay later?**\nYes, within a month.\n\n**Is it free?**\nNo.\n"
MARKED = "# Help\n\nQ: Can I pay later?\n\nA: Yes, within a month.\n\nQ: Is it free?\n\nA: No.\n"
MARKED_LINES = "# Help\n\nQ: Can I pay later?\nA: Yes, within a month.\n\nQ: Is it free?\nA: No.\n"
TERMS = "# Help\n\nCan I pay later?\n:   Yes, within a month.\n\nIs it free?\n:   No.\n"
DETAILS = """\
# Help

<details>
<summary>Can I pay later?</summary>

Yes, within a month.

</details>

<details>
<summary>Is it free?</summary>

No.

</details>
"""


def pairs(text):
    found = [pair for draft in drafts(text) for pair in split_questions(draft, text)]
    assert all(hold(pair.blocks, text) for pair in found)
    return [
        (pair.path[-1], "\n\n".join(block.text for block in pair.blocks))
        for pair in found
        if pair.is_question
    ]


@pytest.mark.parametrize("text", [BOLD_LINES, MARKED, MARKED_LINES, TERMS, DETAILS])
def test_each_question_has_its_answer(text):
    assert pairs(text) == [("Can I pay later?", "Yes, within a month."), ("Is it free?", "No.")]


def test_an_answer_goes_up_to_the_next_question_and_what_comes_before_stays():
    before, first, second = (
        pair for draft in drafts(BOLD) for pair in split_questions(draft, BOLD)
    )
    assert [block.text for block in before.blocks] == ["We answer here."]
    assert before.path == ()
    assert [block.kind for block in first.blocks] == ["paragraph", "list"]
    assert BOLD[first.start : first.end].startswith("**Can I pay later?**")
    assert second.line == 12
    assert [block.text for block in second.blocks] == ["No."]


@pytest.mark.parametrize(
    "text",
    [
        "# Help\n\nWhat now? We wait and see.\n\nIt goes on.\n",
        "# Help\n\n**Nobody answered this?**\n",
        "# Help\n\nQ: The letter alone asks nothing.\n\nIt goes on.\n",
        "# Help\n\n**Important** is what we said.\n\nMore?\n",
    ],
)
def test_what_is_not_answered_is_no_pair(text):
    assert pairs(text) == []
