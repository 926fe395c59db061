"""E-mail addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.cleaning.pii.same_value import normal_form
from ftdata.cleaning.pii.spelled_email import SPELLED_MARKS, find_spelled_emails
from ftdata_tests.cleaning.pii.cases import expect


@pytest.mark.parametrize(
    "marked",
    [
        "Mail ‹jane+orders@mail.corp.co.uk›.",
        "<‹bob.o'neil@corp.org›>, (‹x_1@a-b.de›)",
        "…‹josé@exämple.org›!",
        "‹a@xn--d1acufc.xn--p1ai›",
        '{"text":"write\\n‹bob@corp.org›\\nthanks"}',
        "a@b@‹c@corp.org›".replace("a@b@‹c", "‹a@b.io›,‹c"),
        "info@presidio. and bob@localhost",
        "john.smith@gmail..com",
        "demo@example.com, x@shop.example.org, y@machine.test",
        "‹y@example.com.evil.org›",
        "npm install left-pad@1.3.0 @types/node@20",
        "@decorator\ndef f(): pass",
    ],
)
def test_addresses(marked):
    expect("EMAIL", marked)


@pytest.mark.parametrize(
    "marked",
    [
        "‹maria.gonzalez[at]web.de›, please",
        "Mail ‹x [at] y [dot] de›.",
        "‹x (at) y.de›. Then",
        "‹x dot y at z dot de›",
        "(‹ana{at}mail (dot) co (dot) uk›)",
        "‹ana(@)web.de›, ‹ana [ät] web [punkt] de›",
        "write to ‹mario at firma dot it›, or call",
        "‹mario at gmail dot it›",
        "‹MARIO AT GMAIL DOT COM›",
        "jo [at] test.example.org",
        "We arrived at polka dot in 2020.",
        "Look at the dot com bubble, or look at amazon dot com.",
        "Meet me (at) home.Then we go at 5 p.m. by mail.de",
        "a list [at] index 3; polka [dot] at y.de",
        "[EMAIL] [at] web.de",
        "he is at ease with dot matrices dot de",
    ],
)
def test_addresses_whose_signs_are_spelled_out(marked):
    expect("EMAIL", marked)


@pytest.mark.parametrize("text", ["ana [at] web.de", "Ana at Web dot DE", "ana(@)web(dot)de"])
def test_an_address_is_one_however_it_is_spelled(text):
    assert normal_form("EMAIL", text) == "ana@web.de"


@given(st.lists(st.sampled_from(["at", "dot", "[at]", "(dot)", "a", ".", "de", " ", "[", "@"])))
def test_a_spelled_address_has_its_mark(words):
    text = " ".join(words)
    has_mark = any(mark in text.lower() for mark in SPELLED_MARKS)
    assert has_mark or not list(find_spelled_emails(text))
