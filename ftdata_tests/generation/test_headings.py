import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.generation.headings import Heading, completed, is_plural, read_heading

BODY = "a chart repository holds charts and their values for the types of banners"


@pytest.mark.parametrize(
    ("text", "form", "phrase"),
    [
        ("Installing Helm", "action", "installing Helm"),
        ("Install Helm", "action", "installing Helm"),
        ("How to install Helm", "action", "installing Helm"),
        ("3. Create a plugin", "action", "creating a plugin"),
        ("Step 2: Create a plugin", "action", "creating a plugin"),
        ("Adding and removing charts", "action", "adding and removing charts"),
        ("Types of banners", "topic", "the types of banners"),
        ("Chart Repository", "topic", "the chart repository"),
        ("Release notes", "topic", "release notes"),
        ("Kibana", "topic", "Kibana"),
        ("Introduction to Kibana", "topic", "Kibana"),
        ("KubePodCrashLooping", "alert", "KubePodCrashLooping"),
        ("helm install", "command", "`helm install`"),
        ("mustCompact, compact", "command", "`mustCompact`, `compact`"),
        ("If the pod is down", "condition", "if the pod is down"),
        ("Steps to take when a node fails", "condition", "when a node fails"),
        ("How it works internally", "clause", "how it works internally"),
        ("The banner is not showing", "statement", "the banner is not showing"),
        ("What is a chart?", "question", "chart"),
        ("Overview", "generic", "overview"),
        ("Rental equipment", "topic", "rental equipment"),
        ("Hand out equipment", "action", "handing out equipment"),
        ("Have your data erased", "action", "having your data erased"),
        ("Manually raising a pull request", "action", "manually raising a pull request"),
        ("Apply security patches quickly", "action", "applying security patches quickly"),
        ("When you get a refund", "clause", "when you get a refund"),
        ("When the disk is full", "condition", "when the disk is full"),
        ("A user visits a page", "statement", "a user visits a page"),
        ("Never share a password", "clause", "why I shouldn't share a password"),
        ("An Overview", "generic", "an overview"),
        ("Appendix: Chart values", "topic", "chart values"),
        ("504 Timeout Errors", "topic", "504 Timeout Errors"),
        ("Kibana queries (useful ones, too)", "topic", "Kibana queries"),
    ],
)
def test_forms(text, form, phrase):
    found = read_heading(text, BODY)
    assert (found.form, found.phrase) == (form, phrase)


def test_a_symptom_in_the_present_tense_is_a_sentence_where_its_cause_is_told():
    body = "**Cause:** The spring is bent.\n\n**Fix:** Bend it back."
    assert read_heading("The head torch flickers", body).form == "statement"
    assert read_heading("The head torch options", "Choose one.").form == "topic"


def test_a_word_of_two_readings_is_a_verb_where_the_text_has_it_as_one():
    assert read_heading("Query CDN logs", "You can query the logs.").action == "query CDN logs"
    assert read_heading("Query CDN logs", "A list of queries.").form == "topic"


def test_an_ing_form_may_be_part_of_a_name():
    assert read_heading("Publishing API", "We call the Publishing API.").form == "topic"
    assert read_heading("Publishing charts", "We publish them.").form == "action"


def test_a_name_stays_large():
    assert read_heading("Router settings", "We run Router and Signon.").phrase == "Router settings"


def test_the_action_is_the_verb_phrase():
    assert read_heading("Adding and removing charts", BODY).action == "add and remove charts"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Options inherited from parent commands", "options"),
        ("SEE ALSO", "links"),
        ("Meaning", "overview"),
    ],
)
def test_generic_headings_have_a_role(text, role):
    assert read_heading(text, BODY).role == role


def test_a_fragment_takes_what_it_leans_on():
    above = Heading("action", "Install Helm", "installing Helm", "install Helm")
    found = completed(read_heading("From source", BODY), above)
    assert (found.form, found.phrase, found.action) == (
        "action",
        "installing Helm from source",
        "install Helm from source",
    )
    assert completed(read_heading("Kibana", BODY), above).phrase == "Kibana"
    assert completed(read_heading("From source", BODY), None).phrase == "From source"


@pytest.mark.parametrize(
    ("phrase", "plural"),
    [
        ("charts", True),
        ("the status", False),
        ("values and files", True),
        ("the list of charts", False),
    ],
)
def test_plural(phrase, plural):
    assert is_plural(phrase) == plural


@given(st.text(min_size=1, max_size=80).filter(str.strip))
def test_any_heading_can_be_read(text):
    found = read_heading(text, BODY)
    assert found.text
