import pytest

from ftdata.generation.kinds.yes_no import yes_no
from ftdata_tests.generation.written import asked_of, drafts_of


@pytest.mark.parametrize(
    ("text", "prompt", "answer"),
    [
        ("You can move your widget to the left.", "Can I move my widget to the left?", "Yes. "),
        ("You cannot rename a widget twice.", "Can I rename a widget twice?", "No. "),
        ("The widget is not supported on Windows.", "Is the widget supported on Windows?", "No. "),
        ("A widget can hold several charts.", "Can a widget hold several charts?", "Yes. "),
        ("Rental boats are not available now.", "Are rental boats available now?", "No. "),
        ("The widget does not store passwords.", "Does the widget store passwords?", "No. "),
    ],
)
def test_what_is_so_and_what_is_not(text, prompt, answer):
    assert prompt in asked_of(yes_no, ("Widget",), text)
    (draft,) = drafts_of(yes_no, ("Widget",), text)
    assert draft.answer == answer + text


@pytest.mark.parametrize(
    "text",
    [
        "This is not supported on Windows.",
        "The widget is small and blue.",
        "Sometimes a widget can fail for no reason.",
        "You can do it as described.",
        "The widget does not have a number of charts which is fixed.",
    ],
)
def test_what_leans_on_other_text_is_not_asked(text):
    assert not drafts_of(yes_no, ("Widget",), text)


def test_a_host_name_does_not_end_the_sentence():
    assert "Can I sign up at GOV.UK for free?" in asked_of(
        yes_no, ("Sign up",), "You can sign up at GOV.UK for free.", title="Sign up at GOV.UK"
    )
