from ftdata.generation.kinds.faq import faq
from ftdata_tests.generation.written import drafts_of, prompts_of


def test_a_question_is_asked_word_for_word():
    (draft,) = drafts_of(faq, ("FAQ", "Is **the dock** free?"), "Yes, for all.", "- even you")
    assert draft.prompt == "Is the dock free?"
    assert draft.answer == "Yes, for all.\n\n- even you"


def test_a_question_that_points_is_asked_with_what_it_points_to():
    prompts = prompts_of(faq, ("Resole boots", "Is it worth it?"), "Yes, for most boots.")
    assert "I'm about to resole boots. Is it worth it?" in prompts
    assert "Is it worth it?" not in prompts
    assert prompts_of(
        faq, ("Boots", "Is it worth resoling old boots?"), "Yes, for most boots."
    ) == {"Is it worth resoling old boots?"}


def test_in_any_language():
    (draft,) = drafts_of(faq, ("¿Es gratis?",), "Sí, para todos.", language="es")
    assert draft.prompt == "¿Es gratis?"


def test_headings_of_an_faq_page_are_its_questions():
    assert drafts_of(faq, ("Frequently asked questions", "Refunds"), "Within a month.")
    assert not drafts_of(faq, ("Payments", "Refunds"), "Within a month.")


def test_a_bare_why_takes_its_subject_along():
    (draft,) = drafts_of(faq, ("Kibana", "Why?"), "Because of charts.")
    assert "Kibana" in draft.prompt


def test_questions_among_definitions():
    (draft,) = drafts_of(faq, ("Payments",), "**Is it free?:** Yes, for all.")
    assert draft.prompt == "Is it free?"
