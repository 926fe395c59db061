import pytest

from ftdata.generation.kinds.policy import policy
from ftdata_tests.generation.written import asked_of, drafts_of


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        (
            "You must not share your password with anyone.",
            "Am I allowed to share my password with anyone?",
        ),
        ("The pod must be ready before noon.", "Should the pod be ready before noon?"),
        ("You must rotate your keys every year.", "Do I have to rotate my keys every year?"),
        ("You should ask your manager first.", "Should I ask my manager first?"),
        ("You may use your own laptop at home.", "May I use my own laptop at home?"),
        ("Don't push to the main branch.", "Is it OK to push to the main branch?"),
        ("Avoid storing keys in the repository.", "Is it OK to store keys in the repository?"),
    ],
)
def test_rules_become_situations(text, prompt):
    assert prompt in asked_of(policy, ("Rules",), text, title="Rules")


def test_the_answer_is_the_rule_with_its_reason():
    text = "Keys are secret. You must not share your keys with anyone. They would be revoked."
    (draft,) = drafts_of(policy, ("Rules",), text)
    assert draft.answer == "You must not share your keys with anyone. They would be revoked."


@pytest.mark.parametrize(
    "text",
    [
        "You should see the same string as in the list.",
        "You must do this before you go on.",
        "You may experience problems with the keys.",
        "It must be ready before noon.",
    ],
)
def test_what_is_no_rule_of_conduct(text):
    assert not drafts_of(policy, ("Rules",), text)
