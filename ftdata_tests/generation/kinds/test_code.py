import pytest

from ftdata.generation.kinds.code import code
from ftdata_tests.generation.written import drafts_of, prompts_of

SHELL = "```sh\nwidget list\n```"


@pytest.mark.parametrize(
    "lead",
    [
        "To list your widgets, run:",
        "Run this command to list your widgets:",
        "You can list your widgets by running:",
        "List your widgets:",
    ],
)
def test_the_task_is_what_the_prose_says_before(lead):
    prompts = prompts_of(code, ("Widgets",), lead, SHELL, title="Widgets")
    assert "What command do I run to list my widgets?" in "\n".join(prompts)
    (draft,) = drafts_of(code, ("Widgets",), lead, SHELL)
    assert draft.answer == f"{lead}\n\n{SHELL}"


def test_the_language_is_named():
    prompts = prompts_of(
        code, ("Widgets",), "To configure your widgets, add:", "```yaml\na: b\n```"
    )
    assert any("YAML" in prompt for prompt in prompts)


def test_commands_without_a_label_are_commands():
    prompts = prompts_of(
        code, ("Widgets",), "To list your widgets, run:", "```\n$ widget list\n```"
    )
    assert any("command" in prompt for prompt in prompts)


def test_an_example_is_asked_for_by_its_heading():
    prompts = prompts_of(code, ("Kibana",), "For example:", "```json\n{}\n```", title="Kibana")
    assert "Can you show me an example of Kibana?" in "\n".join(prompts)


def test_code_without_words_is_not_asked_for():
    assert not drafts_of(code, ("Widgets",), SHELL)
    assert not drafts_of(code, ("Widgets",), "It printed this.", SHELL)
