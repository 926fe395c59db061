"""Inline markup of reStructuredText, by what an answer shows of it."""

import pytest

from ftdata.documents.rst_inline import References, plain_text, write_inline
from ftdata.documents.writer import Writer

DOCUMENT = "https://x.org/a The *Product*"
TARGETS = {"home": (0, 15), "two words": (0, 15), "local": (16, 19)}
SUBSTITUTIONS = {"product": (16, 29), "icon": None}


def shown(text: str, links: str = "absolute") -> str:
    source = f"{DOCUMENT}\n{text}"
    writer = Writer(source)
    references = References(links, TARGETS, SUBSTITUTIONS)
    write_inline(writer, len(DOCUMENT) + 1, len(source), references)
    for start, end, at in writer.spans:
        assert writer.text[at : at + end - start] == source[start:end]
    return writer.text


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("plain *text* **bold** `as is`", "plain *text* **bold** `as is`"),
        ("a ``b c`` d", "a `b c` d"),
        ("``a`b``", "``a`b``"),
        (":guilabel:`Save` and :kbd:`Ctrl+C`", "Save and Ctrl+C"),
        (":doc:`the guide </x>`, :ref:`there <y>`", "the guide, there"),
        (":ref:`there\n   <y>` now", "there now"),
        (":opt:`~a.b.c` :py:func:`!f` :file:`x.{y}`", "`c` `f` `x.{y}`"),
        (":stconf:opt:`an option <a.b>`", "an option"),
        ("`x`:sub: and H\\ :sub:`2`\\ O", "x and H2O"),
        (":rfc:`2822`", "rfc 2822"),
        ("_`a place` here", "a place here"),
        ("`text <https://u.v>`_ `b <https://u.v/(w)>`__",
         "[text](https://u.v) [b](<https://u.v/(w)>)"),
        ("`<https://u.v>`__", "https://u.v"),
        ("`wrapped <https://u.v/\n   w>`_", "[wrapped](https://u.v/w)"),
        ("`near <../x.html>`_", "near"),
        ("home_ `two words`_ `so <home_>`_ local_ other_", "[home](https://x.org/a) "
         "[two words](https://x.org/a) [so](https://x.org/a) local other_"),
        ("|product|, |icon| and |unknown| | x", "The *Product*, and |unknown| | x"),
        ("as [1]_ says [#]_.", "as [^1] says."),
        (r"\*kept\* C\:x a\_b \\d", r"\*kept\* C:x a\_b \\d"),
        ("one \n   two", "one\ntwo"),
        ("open `tick and ``more", "open `tick and ``more"),
    ],
)  # fmt: skip
def test_markup(text, made):
    assert shown(text) == made


def test_which_targets_stay_is_a_setting():
    text = "`a <https://u>`_ `b <c.html>`_"
    assert shown(text, "text") == "a b"
    assert shown(text, "keep") == "[a](https://u) [b](c.html)"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("The ``x`` of :ref:`y <z>`", "The x of y"),
        ("**Bold** `a <https://b>`_", "**Bold** a"),
        ("**All of it**", "All of it"),
        ("two\n  lines", "two lines"),
    ],
)
def test_plain_text(text, made):
    assert plain_text(text, 0, len(text), References()) == made
