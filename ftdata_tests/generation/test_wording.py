import pytest

from ftdata.generation.draw import Draw
from ftdata.generation.headings import Heading
from ftdata.generation.wording import as_term, capital, choose, in_context, in_first_person


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("you see your release", "I see my release"),
        ("it asks you to log in", "it asks me to log in"),
        ("you are logged in", "I am logged in"),
        ("run `you` in your shell", "run `you` in my shell"),
        ("the youth", "the youth"),
        ("if it helps you", "if it helps me"),
        ("ask us to erase your data", "ask you to erase my data"),
        ("how long we keep your data", "how long you keep my data"),
        ("what we collect", "what we collect"),
        ("what you were told", "what I was told"),
    ],
)
def test_first_person(text, told):
    assert in_first_person(text) == told


def test_a_prompt_begins_with_a_capital_but_a_name_stays():
    assert capital("the chart is") == "The chart is"
    assert capital("kube-proxy is") == "kube-proxy is"
    assert capital("`x` is") == "`x` is"


def test_every_style_of_a_table_is_drawn():
    table = {"short": ("{x}?",), "long": ("Tell me, please, about {x}.",)}
    drawn = {choose(Draw(str(n)), table, x="charts") for n in range(40)}
    assert drawn == {("short", "Charts?"), ("long", "Tell me, please, about charts.")}


def test_context_is_added_where_the_prompt_does_not_name_it():
    above = Heading("topic", "Kibana", "Kibana")
    assert "Kibana" in in_context("How do I log in?", above, Draw("x"))
    assert (
        in_context("How do I log in to Kibana?", above, Draw("x")) == "How do I log in to Kibana?"
    )
    assert in_context("How?", None, Draw("x")) == "How?"


def test_a_prompt_that_tells_enough_gets_no_context():
    above = Heading("topic", "Orders and payment", "orders and payment")
    prompt = "Can a booking be changed until 48 hours before pick-up?"
    assert in_context(prompt, above, Draw("x")) == prompt
    assert "orders and payment" in in_context(prompt, above, Draw("x"), is_needed=True).lower()


def test_a_context_that_is_an_action_is_what_one_is_about_to_do():
    above = Heading("action", "Understand tags", "understanding tags", "understand tags")
    prompts = {in_context("Why?", above, Draw(str(n))) for n in range(30)}
    assert prompts == {
        "I want to understand tags. Why?",
        "Question about understanding tags: Why?",
    }


def test_a_context_that_speaks_to_the_reader_is_left_out():
    above = Heading("topic", "x", "things that you should know")
    assert in_context("How do I log in?", above, Draw("x")) == "How do I log in?"


def test_terms_in_code():
    assert as_term("gui.address") == "`gui.address`"
    assert as_term("Folder ID") == "Folder ID"
