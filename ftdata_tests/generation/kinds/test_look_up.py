from ftdata.generation.kinds.look_up import look_up
from ftdata_tests.generation.written import drafts_of, prompts_of

TABLE = "| Option | Default |\n| --- | --- |\n| colour | red |\n| size | large |"
FLAGS = (
    "```\n      --wait          wait until all is ready\n"
    "  -o, --output text   where to write the file\n```"
)


def test_a_row_is_asked_for_by_its_column():
    drafts = drafts_of(look_up, ("Options of widgets",), TABLE)
    assert {draft.answer.split("\n")[-1] for draft in drafts} == {
        "| colour | red |",
        "| size | large |",
    }
    assert all(draft.answer.startswith("| Option | Default |\n| --- | --- |\n") for draft in drafts)
    prompts = prompts_of(look_up, ("Defaults",), TABLE, title="Defaults")
    assert any("default of size" in prompt for prompt in prompts)


def test_a_column_whose_head_is_no_noun_is_not_asked_by_it():
    table = "| Code | What to do |\n| --- | --- |\n| Q-407 | wait a day |"
    prompts = prompts_of(look_up, ("Codes",), table, title="Codes")
    assert prompts
    assert not any("what to do" in prompt.lower() for prompt in prompts)


def test_a_plural_column_takes_are():
    table = "| Place | Working days |\n| --- | --- |\n| Norway | four |"
    prompts = prompts_of(look_up, ("Delivery",), table, title="Delivery")
    assert "What are the working days for Norway?" in "\n".join(prompts)


def test_an_option_in_a_help_text():
    drafts = drafts_of(look_up, ("widget list", "Options"), FLAGS)
    answers = {draft.answer for draft in drafts}
    assert answers == {"`--wait`: wait until all is ready", "`--output`: where to write the file"}
    prompts = prompts_of(look_up, ("widget list", "Options"), FLAGS)
    assert "What does `--wait` do in `widget list`?" in "\n".join(prompts)


def test_a_named_entry_of_a_list():
    entries = "- **Dock**: where a widget lives when it is not in use\n- plain entry"
    (draft,) = drafts_of(look_up, ("Parts",), entries)
    assert draft.answer == "**Dock**: where a widget lives when it is not in use"
    assert "Dock" in draft.prompt


def test_an_option_of_a_definition_list():
    (draft,) = drafts_of(look_up, ("widget list",), "**--wait:** wait until all is ready")
    assert "`--wait`" in draft.prompt


def test_a_table_without_a_head_is_not_asked():
    assert not drafts_of(look_up, ("Options",), "| | |\n| --- | --- |\n| colour | red |")
