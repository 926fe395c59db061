from ftdata.generation.draw import Draw
from ftdata.generation.outside import OUTSIDE, outside_drafts
from ftdata.settings_documents import Generation
from ftdata_tests.generation.written import section_of_pieces

SECTIONS = [
    section_of_pieces(("Kibana", "Log in"), "Use your password and a phone call.", title="Kibana"),
    section_of_pieces(("Kibana", "Dashboards"), "They show prices.", title="Kibana"),
]
OPTIONS = Generation(out_of_scope_share=0.5)


def test_what_is_asked_stands_nowhere_in_the_document():
    drafts = [d for n in range(99) for d in outside_drafts(SECTIONS, 4, OPTIONS, Draw(str(n)))]
    assert len(drafts) == 99 * 4
    asked = {draft.prompt for draft in drafts}
    assert not [prompt for prompt in asked if "phone number" in prompt or "cost" in prompt]
    assert any("Webinar" in prompt for prompt in asked)


def test_what_only_people_who_run_software_ask_is_asked_of_software():
    software = [section_of_pieces(("Kibana", "Log in"), "Run `kibana`.", title="Kibana")]
    plain, technical = (
        {d.prompt for n in range(99) for d in outside_drafts(one, 4, OPTIONS, Draw(str(n)))}
        for one in (SECTIONS, software)
    )
    assert not any("ISO 27001" in prompt for prompt in plain)
    assert any("ISO 27001" in prompt for prompt in technical)


def test_the_decline_names_the_document_and_its_topics():
    draft = outside_drafts(SECTIONS, 4, OPTIONS, Draw("x"))[0]
    assert (
        draft.answer
        == 'I\'m sorry, but "Kibana" does not say that. It covers logging in and Dashboards.'
    )
    assert draft.spans == ()
    assert draft.kind == "out_of_scope"


def test_the_share_is_kept_over_many_documents():
    options = Generation(out_of_scope_share=0.1)
    made = sum(len(outside_drafts(SECTIONS, 3, options, Draw(str(n)))) for n in range(600))
    assert 150 < made < 250  # a third of one for each document of three examples


def test_no_share_makes_none():
    assert outside_drafts(SECTIONS, 50, Generation(out_of_scope_share=0), Draw("x")) == []


def test_every_question_names_the_subject():
    for one in OUTSIDE:
        assert one.stems
        assert all("{x}" in template for _, template in one.questions)
