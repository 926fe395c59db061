from ftdata.generation.kinds.how_to import how_to
from ftdata_tests.generation.written import drafts_of, prompts_of

STEPS = "1. Download the widget\n2. Unpack it\n3. Start it"
LEAD = "You need a key. Then:"


def test_all_steps_with_lead_in_and_notes():
    (draft,) = drafts_of(how_to, ("Install a widget",), LEAD, STEPS, "Keep the key.")
    assert draft.answer == f"{LEAD}\n\n{STEPS}\n\nKeep the key."


def test_several_procedures_are_one_answer():
    (draft,) = drafts_of(how_to, ("Install a widget",), STEPS, "Or:", STEPS)
    assert draft.answer.count("Unpack") == 2


def test_prompts():
    prompts = prompts_of(how_to, ("Install a widget",), LEAD, STEPS, title="Install a widget")
    assert "What are the steps to install a widget?" in "\n".join(prompts)
    assert "How do I install a widget?" in "\n".join(prompts)


def test_a_noun_phrase_is_walked_through():
    prompts = prompts_of(how_to, ("Fresh start",), LEAD, STEPS, title="Fresh start")
    assert "Can you walk me through fresh start?" in "\n".join(prompts)


def test_a_numbered_list_of_facts_is_no_procedure():
    facts = "1. A chart is a package\n2. Its values are small\n3. Nothing else matters"
    (draft,) = drafts_of(how_to, ("Kibana",), facts, title="Kibana")
    assert "step" not in draft.prompt


def test_a_long_section_gives_the_steps_and_what_belongs_to_them():
    (draft,) = drafts_of(how_to, ("Install a widget",), "x " * 3_000, LEAD, STEPS, "y " * 900)
    assert draft.answer == f"{LEAD}\n\n{STEPS}"


def test_without_steps_there_is_none():
    assert not drafts_of(how_to, ("Install a widget",), LEAD)
