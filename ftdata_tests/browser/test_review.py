"""The review page in a real browser: quick, harmless with any text, and nothing is lost."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from ftdata.reviewing.page import review_page
from ftdata.reviews import parse_review

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

HOSTILE = {
    "script": "<script>window.pwned = 1</script></script><script>window.pwned = 2</script>",
    "pre": "</pre></div></body><h1 id='broken'>gone</h1>",
    "image": "<img src=x onerror='window.pwned = 3'> <svg onload='window.pwned = 4'>",
    "link": "[here](javascript:window.pwned=5) javascript:alert(1) <a href='javascript:1'>x</a>",
    "bidi": "abc \u202egnp.exe\u202c \u2066x\u2069 zero\u200bwidth \u2028line\u2029",
    "nul": "a\x00b\x1b[31mred",
    "long": "lorem ipsum " * 17_000,
    "json": '"}]}</script>\\u003c & <!-- ]]>',
}


def said(role: str, content: str, weight: int | None = None) -> dict[str, object]:
    return {"role": role, "content": content, "weight": weight, "tool_calls": None, "name": None}


def example(number: int, text: str, **changed: object) -> dict[str, object]:
    return {
        "id": f"log_{number}", "source": ("web", "app")[number % 2], "date": "2025-03-01",
        "split": "train", "provenance": "log", "parent": None, "base": f"base{number}",
        "origins": [f"raw/web/2025-03-01.jsonl:{number}"], "stratum": f"category={number % 5}",
        "tags": {"category": str(number % 5), "language": "en"}, "scores": {"quality": 0.5},
        "messages": [
            said("system", "Be kind."),
            said("user", text),
            said("assistant", f"Reply {number}.", 1),
        ],
        "tools": None, "rejected": None, **changed,
    }  # fmt: skip


EXAMPLES = [
    *(example(n, text) for n, text in enumerate(HOSTILE.values())),
    *(example(n, f"Question {n}?") for n in range(len(HOSTILE), 300)),
]
EXAMPLES[0]["tags"] = dict.fromkeys(("category", "</span>"), HOSTILE["script"])
EXAMPLES[1]["rejected"] = HOSTILE["image"]
EXAMPLES[2]["tools"] = '[{"type":"function","function":{"name":"<script>window.pwned=6</script>"}}]'
EXAMPLES[2]["id"] = "<img src=x onerror='window.pwned = 7'>"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "review.html"
    about = {"examples": 5_000}
    path.write_bytes(review_page("<b>Shop</b>", "0123456789abcdef", EXAMPLES, about))
    return path


@pytest.fixture
def opened(browser, page):
    """The page as somebody sees it who was never there."""
    browser.get(page.as_uri())
    browser.execute_script("localStorage.clear()")
    browser.get(page.as_uri())
    browser.get_log("browser")
    return browser


def find(browser, selector):
    return browser.find_element(By.CSS_SELECTOR, selector)


def press(browser, *keys):
    find(browser, "body").send_keys(*keys)


def test_three_hundred_examples_are_there_in_two_seconds(opened, page):
    start = time.perf_counter()
    opened.get(page.as_uri())
    assert len(opened.find_elements(By.CSS_SELECTOR, "#list li")) == 300
    assert time.perf_counter() - start < 2
    assert find(opened, "#told").text == "0 of 300 reviewed"
    assert opened.title == "Review: <b>Shop</b>"


def test_nothing_in_an_example_runs_or_breaks_the_page(opened):
    for number, text in enumerate(HOSTILE.values()):
        shown = find(opened, "#messages .user .text").text
        if len(text) < 4_000 and text.isprintable():
            assert shown == text
        press(opened, "j")
        assert opened.find_elements(By.CSS_SELECTOR, "#broken") == []
        assert len(opened.find_elements(By.CSS_SELECTOR, "#messages script, #messages img")) == 0
        assert find(opened, "#list [aria-current]").text.startswith(shown_start(number + 1))
    assert opened.execute_script("return window.pwned === undefined")
    assert [entry["message"] for entry in opened.get_log("browser")] == []


def shown_start(number):
    """What the list shows first of an example."""
    text = EXAMPLES[number]["messages"][1]["content"]
    return text[:5] if text[:5].isprintable() else ""


def test_characters_nobody_sees_are_shown_by_number(opened):
    for _ in range(list(HOSTILE).index("bidi")):
        press(opened, "j")
    shown = find(opened, "#messages .user .text").text
    for number in ("U+202E", "U+202C", "U+2066", "U+200B", "U+2028"):
        assert number in shown
    press(opened, "j")
    assert "U+0000" in find(opened, "#messages .user .text").text


def test_a_long_message_is_folded_and_shown_whole_when_asked_for(opened):
    for _ in range(list(HOSTILE).index("long")):
        press(opened, "j")
    text = find(opened, "#messages .user .text")
    assert len(text.text) < 5_000
    find(opened, "#messages .user .more").click()
    whole = opened.execute_script("return arguments[0].textContent.length", text)
    assert whole == len(HOSTILE["long"])


def test_what_is_said_survives_a_reload_and_is_exported(opened, page):
    find(opened, "#alias").send_keys("ada", Keys.ESCAPE)
    for _ in range(10):
        press(opened, "j")
    press(opened, "4")  # example 10
    press(opened, "n")
    find(opened, "#note").send_keys("fine", Keys.ESCAPE)
    press(opened, "j")
    press(opened, "x")  # example 11
    press(opened, "j")
    find(opened, "#messages .assistant .edit").click()  # example 12
    area = find(opened, "#messages textarea")
    area.clear()
    area.send_keys("At nine.", Keys.CONTROL, Keys.ENTER)
    find(opened, "#next").click()
    find(opened, "#rating button:nth-child(2)").click()  # example 13
    opened.get(page.as_uri())
    assert find(opened, "#told").text == "4 of 300 reviewed"
    assert find(opened, "#alias").get_attribute("value") == "ada"
    reviews = [parse_review(line) for line in exported(opened)]
    assert [review.id for review in reviews] == ["log_10", "log_11", "log_12", "log_13"]
    assert {review.reviewer for review in reviews} == {"ada"}
    assert (reviews[0].rating, reviews[0].note) == (4, "fine")
    assert reviews[1].decision == "reject"
    assert [(edit.message, edit.content) for edit in reviews[2].edits] == [(2, "At nine.")]
    assert reviews[2].base == "base12"
    assert reviews[3].rating == 2


def exported(browser):
    """The lines of the file that the page hands out."""
    path = Path(browser.downloads) / "reviews-ada-0123456789abcdef.jsonl"
    path.unlink(missing_ok=True)
    find(browser, "#export").click()
    deadline = time.monotonic() + 10
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_an_exported_file_is_taken_in_elsewhere(opened, page, tmp_path):
    lines = [
        {"id": "log_20", "base": "base20", "rating": 5, "reviewer": "bo", "edits": None},
        {"id": "log_21", "base": "another", "rating": 1},
        {"id": "nobody", "base": "x", "rating": 1},
    ]
    file = tmp_path / "reviews.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)) + "\nbroken")
    find(opened, "#import").send_keys(str(file))
    deadline = time.monotonic() + 5
    while "taken in" not in find(opened, "#banner").text and time.monotonic() < deadline:
        time.sleep(0.02)
    assert find(opened, "#banner").text.startswith("1 reviews taken in; 3 lines")
    assert find(opened, "#told").text == "1 of 300 reviewed"
    assert find(opened, "#alias").get_attribute("value") == "bo"


def test_examples_are_filtered_by_what_they_say_and_by_what_was_said_of_them(opened):
    press(opened, "/")
    find(opened, "#search").send_keys("question 29")
    assert len(opened.find_elements(By.CSS_SELECTOR, "#list li")) == 11
    find(opened, "#search").send_keys(Keys.ESCAPE)
    press(opened, "x")
    find(opened, "#search").clear()
    find(opened, "#state").send_keys("rejected")
    assert len(opened.find_elements(By.CSS_SELECTOR, "#list li")) == 1


def test_no_request_leaves_the_page(opened, page):
    opened.get_log("performance")
    opened.get(page.as_uri())
    press(opened, "j", "3")
    entries = [json.loads(entry["message"])["message"] for entry in opened.get_log("performance")]
    asked = [
        entry["params"]["request"]["url"]
        for entry in entries
        if entry["method"] == "Network.requestWillBeSent"
    ]
    assert [url for url in asked if not url.startswith("file:")] == []
