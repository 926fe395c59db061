"""No text makes the kinds slow: time grows with its length, whatever it repeats."""

import pytest

from ftdata.generation.drafts import Draft
from ftdata.generation.draw import Draw
from ftdata.generation.grounding import coverage, invented
from ftdata.generation.kinds import KINDS
from ftdata.generation.quality import fault_of
from ftdata.generation.view import View
from ftdata_tests.generation.written import section_of_pieces
from ftdata_tests.linear import assert_linear

HOSTILE = [
    "word ",
    "a.b:c ",
    "If you see the error of the ",
    "You can also only now ",
    "The a b c is not not not ",
    "To list the to list the ",
    "`x` `y ",
    "[a](b [c ",
    "((((a ",
    "must must should not ",
    "| a ",
    "- **x**: y\n",
    "      --flag    text\n",
    "**__*_",
    "```\n",
    ". . . ",
    " by using with running by ",
]


def run_all(text):
    """All that looks at a text: each kind at each structure of it, and the tests of a draft."""
    for piece in (
        f"A {text}",
        f"```sh\n{text}\n```",
        f"- {text}",
        f"| a | b |\n| - | - |\n| {text} |",
    ):
        view = View(section_of_pieces(("Parts", "Install a part"), "To list parts, run:", piece))
        for kind in KINDS.values():
            for draft in kind.make(view, Draw("x")):
                fault_of(draft, "en", is_whole=False)
    fault_of(Draft("faq", "direct", text, text, ()), "en", is_whole=True)
    coverage(text, text, "en")
    invented(text, text[: len(text) // 2])


@pytest.mark.parametrize("hostile", HOSTILE)
def test_time_is_linear_in_the_text(hostile):
    assert_linear(hostile, run_all, length=6_000)
