"""Markup: left over in a conversation that is about something else."""

import pytest

from ftdata.cleaning.filters.markup import find_markup
from ftdata_tests.cleaning.filters.asked import ask, reason

LEFT = {
    "We open at <b>nine</b>.": "HTML tag",
    "First line<br/>second line": "HTML tag",
    '<p class="x">We open at nine.</p>': "HTML tag",
    "Fish &amp; chips": "HTML entity",
    "It&#39;s open": "HTML entity",
    "Dear {{ first_name }}, we are open": "template tag",
    "{% if open %} yes {% endif %}": "template tag",
    "[caption id=1]A boat[/caption]": "shortcode",
    "[/quote] I agree": "shortcode",
}


@pytest.mark.parametrize("text", LEFT)
def test_markup_is_found(text):
    assert ask(find_markup, "When do you open?", text) == ("markup_left", LEFT[text])


@pytest.mark.parametrize(
    ("prompt", "answer"),
    [
        ("How do I make text bold in HTML?", "Write <b>bold</b>."),
        ("Make it bold", "Like this:\n```\n<b>bold</b>\n```"),
        ("Make it bold", "Write `<b>bold</b>` there."),
        ("Fill in the template", "Dear {{ first_name }}"),
        ("Is 3 < 4 and b > a?", "Yes: 3 < 4 & 5 > 4; R&D; AT&T;"),
        ("Who?", "[PERSON] of [EMAIL] said <3"),
        ("A set?", "{{1}, {2}}"),
        ("Solve it", "a[i] < b and c > d, so x<y>z"),
    ],
)
def test_code_and_signs_are_let_be(prompt, answer):
    assert reason(find_markup, prompt, answer) is None
