"""The report in a real browser: no error, no request, nothing of the data runs, no text is cut."""

from __future__ import annotations

import json

import pytest

from ftdata_tests.reporting.page.test_page import hostile_rows, made, pieces

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_bytes(made("<script>window.pwned = 5</script>", *pieces(hostile_rows())))
    return path


@pytest.fixture
def opened(browser, page):
    """The page as somebody sees it who was never there."""
    browser.get(page.as_uri())
    browser.execute_script("localStorage.clear()")
    for log in ("browser", "performance"):
        browser.get_log(log)
    browser.get(page.as_uri())
    return browser


def narrow(browser):
    sizes = {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", sizes)


def test_it_loads_nothing_and_nothing_of_the_data_runs(opened, page):
    assert opened.find_elements(By.CSS_SELECTOR, "figure svg")
    assert opened.execute_script("return window.pwned === undefined")
    assert [entry["message"] for entry in opened.get_log("browser")] == []
    events = [json.loads(entry["message"])["message"] for entry in opened.get_log("performance")]
    asked = [
        e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"
    ]
    assert set(asked) <= {page.as_uri()}


def test_the_theme_is_kept(opened):
    dark = "return getComputedStyle(document.body).backgroundColor"
    before = opened.execute_script(dark)
    opened.find_element(By.ID, "theme").click()
    after = opened.execute_script(dark)
    assert after != before
    opened.refresh()
    assert opened.execute_script(dark) == after


def test_a_phone_never_scrolls_it_sideways(opened):
    narrow(opened)
    try:
        for details in opened.find_elements(By.TAG_NAME, "details"):
            opened.execute_script("arguments[0].open = true", details)
        wide = opened.execute_script("return document.documentElement.scrollWidth")
        assert wide == 360
    finally:
        opened.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_no_text_in_a_plot_is_cut_or_covers_another(opened):
    outside = opened.execute_script("""
        const found = [];
        for (const svg of document.querySelectorAll("figure svg")) {
          const box = svg.viewBox.baseVal, before = [];
          for (const text of svg.querySelectorAll("text")) {
            const own = text.getBBox(), end = own.x + own.width;
            const covers = before.some((one) => own.x < one.x + one.width && one.x < end
              && own.y + 3 < one.y + one.height && one.y + 3 < own.y + own.height);
            if (own.x < -1 || end > box.width + 1 || covers) found.push(text.textContent);
            before.push(own);
          }
        }
        return found;
    """)
    assert outside == []
