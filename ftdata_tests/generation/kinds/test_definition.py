import pytest

from ftdata.generation.kinds.definition import definition
from ftdata_tests.generation.written import asked_of, drafts_of


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("A widget is a small tool for charts.", "What is a widget?"),
        ("Widgets are small tools that show charts.", "What are widgets?"),
        ("The dock is the place where a widget lives.", "What is the dock?"),
        ("Kibana is an interface to logs.", "What is Kibana?"),
    ],
)
def test_first_sentences_define(text, prompt):
    assert prompt in asked_of(definition, ("Terms",), text, title="Terms")


def test_the_answer_is_the_paragraph():
    text = "A widget is a small tool for charts. It is blue."
    (draft,) = drafts_of(definition, ("Terms",), "Hello.", text)
    assert draft.answer == text


@pytest.mark.parametrize(
    "text",
    [
        "It is a small tool for charts.",
        "Because YAML is a superset of JSON, all is well.",
        "The result is a small tool.",
        "The process is a bit different.",
        "Widgets show a chart.",
    ],
)
def test_what_defines_nothing(text):
    assert not drafts_of(definition, ("Terms",), text)


def test_terms_are_asked_for_one_by_one():
    drafts = drafts_of(definition, ("Terms",), "**dock.place:** where it is", "**Desk:** a table")
    assert [draft.answer for draft in drafts] == [
        "**dock.place:** where it is",
        "**Desk:** a table",
    ]
    assert "`dock.place`" in drafts[0].prompt


def test_options_are_looked_up_instead():
    assert not drafts_of(definition, ("Terms",), "**--wait:** wait until all is ready")
