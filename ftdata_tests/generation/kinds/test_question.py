from ftdata.generation.kinds.question import ACTION, CLAUSE, CONDITION, ROLES, TOPIC, question
from ftdata_tests.generation.written import asked_of, drafts_of, prompts_of, section_of_pieces

TEXT = "Look at the charts, then tell your team."


def test_a_topic_is_asked_about_in_many_ways():
    prompts = prompts_of(question, ("Kibana",), TEXT, title="Kibana")
    assert len(prompts) > 15
    assert all("Kibana" in prompt for prompt in prompts)


def test_an_action_is_asked_as_one():
    prompts = prompts_of(question, ("Installing Helm",), TEXT, title="Installing Helm")
    assert "How do I install Helm?" in "\n".join(prompts)
    assert "I need to install Helm." in "\n".join(prompts)


def test_the_reader_speaks_for_himself():
    prompts = prompts_of(question, ("Rename your chart",), TEXT, title="Rename your chart")
    assert "How do I rename my chart?" in "\n".join(prompts)


def test_a_generic_heading_takes_its_parent_along():
    prompts = prompts_of(question, ("Kibana", "Prerequisites"), TEXT)
    assert "What do I need before Kibana?" in "\n".join(prompts)
    assert all("Kibana" in prompt for prompt in prompts)


def test_usage_of_an_action_is_how_it_is_done():
    assert "How do I rename a chart?" in asked_of(question, ("Rename a chart", "Usage"), TEXT)


def test_the_answer_is_the_section():
    (draft,) = drafts_of(question, ("Kibana",), TEXT, "More of it.")
    assert draft.answer == f"{TEXT}\n\nMore of it."


def test_a_long_section_is_answered_up_to_a_whole_block():
    (draft,) = drafts_of(question, ("Kibana",), "a " * 1_300 + "ends:", "- one\n- two", "b " * 900)
    assert draft.answer.endswith("- two")


def test_links_and_questions_are_not_asked_about():
    assert not drafts_of(question, ("Kibana", "See also"), TEXT)
    assert not drafts_of(question, ("What is Kibana?",), TEXT)


def test_other_languages():
    spanish = prompts_of(question, ("Instalación",), TEXT, title="Guía", language="es")
    assert "¿Qué hay que saber sobre «Instalación»?" in spanish
    assert not drafts_of(question, ("インストール",), TEXT, language="ja")


def test_every_wording_names_its_subject():
    for table in (TOPIC, ACTION, CLAUSE, CONDITION, *ROLES.values()):
        assert all("{x}" in t or "{X}" in t for own in table.values() for t in own)
    assert section_of_pieces(("A",), TEXT).heading == "A"
