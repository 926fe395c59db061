from ftdata.generation.kinds.summary import summary
from ftdata_tests.generation.written import drafts_of, prompts_of

ONE = "Widgets show charts on your desk all day. " + "They are small and blue and never sleep. " * 6
TWO = (
    "Docks keep widgets safe at night from the cat. "
    + "A dock is made of wood and a little glue. " * 6
)


def test_the_first_sentences_of_the_paragraphs():
    (draft,) = drafts_of(summary, ("Widgets",), ONE, TWO)
    assert draft.answer == (
        "Widgets show charts on your desk all day. Docks keep widgets safe at night from the cat."
    )


def test_prompts():
    prompts = prompts_of(summary, ("Widgets",), ONE, TWO, title="Widgets")
    assert "Can you summarise widgets?" in "\n".join(prompts)


def test_what_is_short_or_leans_on_other_text_is_not_summed_up():
    assert not drafts_of(summary, ("Widgets",), ONE[:80], TWO[:80])
    assert not drafts_of(summary, ("Widgets",), ONE, f"However, {TWO}")


def test_spanish():
    assert drafts_of(summary, ("Uso",), ONE, TWO, language="es")
