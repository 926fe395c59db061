"""No text makes the kinds slow: time grows with its length, whatever it repeats."""

import time

import pytest

from ftdata.generation.drafts import Draft
from ftdata.generation.draw import Draw
from ftdata.generation.grounding import coverage, invented
from ftdata.generation.kinds import KINDS
from ftdata.generation.quality import fault_of
from ftdata.generation.view import View
from ftdata_tests.generation.written import section_of_pieces

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


def seconds(hostile, size):
    text = (hostile * (size // len(hostile) + 1))[:size]
    start = time.process_time()
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
    invented(text, text[: size // 2])
    return time.process_time() - start


@pytest.mark.parametrize("hostile", HOSTILE)
def test_time_is_linear_in_the_text(hostile):
    small = max(min(seconds(hostile, 3_000) for _ in range(2)), 0.004)
    assert min(seconds(hostile, 12_000) for _ in range(2)) < 10 * small
