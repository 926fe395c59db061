from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ftdata.generation.view import View, sentences_of, without_markup
from ftdata_tests.generation.written import section_of_pieces
from ftdata_tests.linear import assert_linear

PROSE = "Use e.g. Helm. It runs on v1.2.3 (see docs). Is it\nquick? Yes!  `kubectl` helps"


def test_sentences():
    assert [one.text for one in sentences_of(0, PROSE)] == [
        "Use e.g. Helm.",
        "It runs on v1.2.3 (see docs).",
        "Is it quick?",
        "Yes!",
        "`kubectl` helps",
    ]


@given(st.text(alphabet="aB. \n!?`)", max_size=60))
def test_sentences_cover_all_but_white_space(text):
    found = list(sentences_of(0, text))
    covered = "".join(text[one.start : one.end] for one in found)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_sentences_take_linear_time():
    for piece in ("a.", " (", ". ", "a. ("):
        assert_linear(piece, lambda text: list(sentences_of(0, text)))


def test_context_is_the_nearest_heading_that_names_something():
    view = View(section_of_pieces(("Install Helm", "Notes", "Overview"), "Text.", title="Guide"))
    assert view.context is not None
    assert view.context.phrase == "installing Helm"
    assert view.subject is view.context


def test_context_falls_back_to_the_title():
    view = View(section_of_pieces(("Overview",), "Text.", title="Kibana"))
    assert view.subject is not None
    assert view.subject.phrase == "Kibana"


def test_a_subject_inside_a_sentence():
    view = View(section_of_pieces(("A",), "The chart is here. We ask Helm. Websites are built."))
    assert view.inside("The chart") == "the chart"
    assert view.inside("Helm") == "Helm"
    assert view.inside("Websites") == "websites"


def test_markup_goes():
    assert (
        without_markup("a [link](https://x.y) and **bold**\n`x_y` _it_")
        == "a link and bold `x_y` it"
    )
