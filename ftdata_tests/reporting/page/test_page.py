"""The page as a whole: whole HTML, no text of the data that is anything but text, few bytes."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
import tempfile
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from upath import UPath

from ftdata.reporting.judge import judge
from ftdata.reporting.page.material import PageMaterial, read_page_material
from ftdata.reporting.page.page import report_page, report_plots
from ftdata.reporting.page.sections import sections_of
from ftdata.reporting.statistics import PARTS
from ftdata.settings_report import Report as Options
from ftdata_tests.reporting.given import (
    TODAY,
    VERSION,
    chat,
    examined,
    example,
    sound,
    write_examples,
)

HOSTILE = (
    "<script>window.pwned = 1</script>",
    "\"><img src=x onerror='window.pwned = 2'>",
    "'-alert(1)-' & \"x\" `code` </title></style></svg>",
    "abc\u202egnp.exe\u2066x\u2069\u200b\x00\x1b[31m\ud800",
    "javascript:alert(1)",
    "日本語" * 200,
    "W" * 100_000,
    "",
)
VOID = {"meta", "br", "img", "input", "link", "hr"}
_LOST = {"rows_dropped": 5, "rows_quarantined": 0, "reasons": {}}
STAGES = {
    "raw_logs": {"rows_in": 30, "rows_out": 25, **_LOST},
    "cleaned": {"rows_in": 25, "rows_out": 20, **_LOST},
}
SHAPES = {"svg", "style", "rect", "text", "path", "circle", "title", "marker", "polyline"}


class Tree(HTMLParser):
    """Elements with their attributes; raises where one is not closed in order."""

    def __init__(self, page):
        super().__init__()
        self.found, self.open, self.text = [], [], []
        self.feed(page.decode())
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in {"script", "style"}:
            self.text.append(data)

    def all(self, *names):
        return [attrs for tag, attrs in self.found if tag in names]


def manifest(selection=(), paid=()):
    splits = {split: {"examples": 6, "pairs": 0} for split in ("train", "validation", "test")}
    dataset = {"rows_in": 20, "rows_out": 18, "rows_dropped": 2, "reasons": {}, "splits": splits}
    content = {"stages": {"totals": STAGES}, "dataset": dataset, "selection": list(selection)}
    return {"version": VERSION, "content": content, "environment": {"paid": list(paid)}}


def material(rows):
    with tempfile.TemporaryDirectory() as scratch:
        write_examples(UPath(scratch), rows)
        return read_page_material(UPath(scratch) / "examples.parquet")


def pieces(rows, previous=None, own=None, **more):
    before = ("fedcba9876543210", previous) if previous else None
    report = judge(examined(rows, **more), before, Options(), TODAY)
    return report, own or manifest(), material(rows)


def made(name, report, own, found):
    return report_page(name, report, sections_of(report, own, found))


def page_of(rows, name="Shop", **more):
    return made(name, *pieces(rows, **more))


def hostile_rows():
    rows = []
    for at in range(40):
        text = HOSTILE[at % len(HOSTILE)].replace("\ud800", "")
        tags = {
            "category": text,
            "language": text,
            text[:40] or "tone": text,
            "model": f"{text}{at % 3}",
        }
        messages = chat(f"{text} {at}", f"{text} reply {at}")
        rows.append(example(at, source=text, provenance=text, tags=tags, messages=messages))
    return rows  # fmt: skip


def test_every_part_of_a_sound_dataset_is_there():
    tree = Tree(page_of(sound(), drops=[("cleaned", "near_duplicate", "2025-03-01")], cleaned=20,
                        redactions={"2025-03-01": {"EMAIL": 3}}))  # fmt: skip
    headings = [attrs["id"] for attrs in tree.all("h2") if "id" in attrs]
    assert headings == ["verdict", "warnings", "made", "lengths", "content", "variety", "time"]
    text = "".join(tree.text)
    for told in (
        "Can I train on it?",
        VERSION,
        "near duplicate",
        "EMAIL",
        "median",
        "From raw files",
    ):
        assert told in text
    assert all(attrs["aria-label"] for attrs in tree.all("svg"))
    assert len(tree.all("svg")) == len(tree.all("figure")) == len(tree.all("table")) - 1
    ids = [attrs["id"] for _, attrs in tree.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"][1:] for attrs in tree.all("a")} <= set(ids)


def test_what_selection_and_models_did_is_shown():
    rule = {"rule": "diverse", "before": 90, "after": 70, "by": {"tents": [50, 30]}, "note": "rare"}
    paid = {"stage": "augmented", "source": "web", "model": "m", "requests": 3, "cost": "unknown",
            "prompt_tokens": 1_000, "completion_tokens": 234}  # fmt: skip
    text = "".join(Tree(page_of(sound(), own=manifest([rule], [paid]))).text)
    assert "90 → 70" in text
    assert "tents 50 → 30; rare" in text
    assert "1,234 tokens · price unknown" in text
    known = {**paid, "cost": 0.5}
    assert "0.5000 in all" in "".join(Tree(page_of(sound(), own=manifest([], [known]))).text)


def test_what_changed_since_the_version_before_is_shown():
    previous = examined([example(at, tags={"category": "boats"}) for at in range(60)]).profile
    tree = Tree(page_of(sound(), previous=previous))
    assert "previous" in [attrs.get("id") for attrs in tree.all("h2")]
    assert "100\u00a0% → 0\u00a0%" in "".join(tree.text)


def test_the_verdict_names_the_worst_claim_first():
    report, *rest = pieces(sound())
    failing = [
        dataclasses.replace(one, passed=False, observed=observed, threshold=1.0)
        for one, observed in zip(report.warnings, (2.0, 50.0, 0.5), strict=False)
    ]
    rest_held = [dataclasses.replace(one, passed=True) for one in report.warnings[3:]]
    told = dataclasses.replace(report, warnings=(*failing, *rest_held))
    text = "".join(Tree(made("Shop", told, *rest)).text)
    assert f"Look first: 3 of {len(report.warnings)} claims do not hold." in text
    assert text.index(failing[1].name) < text.index(failing[0].name)
    held = dataclasses.replace(report, warnings=tuple(rest_held))
    text = "".join(Tree(made("Shop", held, *rest)).text)
    assert f"Yes: all {len(rest_held)} claims hold." in text


def test_texts_of_the_data_stay_texts():
    rows = hostile_rows()
    report, own, found = pieces(rows)
    warnings = [dataclasses.replace(w, passed=False, samples=HOSTILE) for w in report.warnings]
    rule = {
        "rule": HOSTILE[0],
        "before": 9,
        "after": 7,
        "by": {HOSTILE[1]: [5, 3]},
        "note": HOSTILE[2],
    }
    paid = {"stage": HOSTILE[0], "source": HOSTILE[1], "model": HOSTILE[3], "requests": 1,
            "prompt_tokens": 1, "completion_tokens": 1, "cost": 0.1}  # fmt: skip
    own = manifest([rule], [paid])
    drops = [dataclasses.replace(drop, stage=HOSTILE[0], reason=HOSTILE[1]) for drop in
             examined(rows, [("cleaned", "x", "2025-03-01")], cleaned=9).drops]  # fmt: skip
    statistics = dataclasses.replace(
        report.statistics, drops=tuple(drops), redactions={text: 2 for text in HOSTILE if text}
    )
    report = dataclasses.replace(report, warnings=tuple(warnings), statistics=statistics)
    page = made(HOSTILE[2] + HOSTILE[0], report, own, found)
    tree = Tree(page)
    assert len(tree.all("script")) == len(tree.all("style")) == 1
    assert not tree.all("img", "iframe", "object", "link", "foreignObject", "foreignobject")
    assert not [name for _, attrs in tree.found for name in attrs if name.startswith("on")]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00-\x08\x0b-\x1f]", page.decode())
    assert "\\u202egnp.exe" in "".join(tree.text)
    assert "W" * 200 not in page.decode()
    assert len(page) < 1_000_000
    for svg in report_plots(sections_of(report, own, found)).values():
        elements = ElementTree.fromstring(svg).iter()
        assert {element.tag.rpartition("}")[2] for element in elements} <= SHAPES


def test_the_policy_allows_the_script_and_the_style_that_are_there_and_nothing_else():
    page = page_of(sound()).decode()
    policy = re.search('Content-Security-Policy" content="([^"]+)"', page)[1]
    for tag in ("script", "style"):
        (body,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert not re.search(r"""(src|href)=(?!"#)|url\((?!#)|@import| style=""", page)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 11, 13])
def test_few_examples_make_a_page(count):
    rows = [example(at, split="train") for at in range(count)]
    text = "".join(Tree(page_of(rows)).text)
    assert ("No: train is empty." in text) == (count == 0)


def test_an_empty_split_makes_a_page():
    rows = [row for row in sound() if row["split"] != "validation"]
    assert "0\u00a0%" in "".join(Tree(page_of(rows)).text)


@pytest.mark.parametrize("values", [1, 9, 500])
def test_few_and_many_categories_make_a_page(values):
    rows = [example(at, tags={"category": f"class {at % values}"}) for at in range(600)]
    page = page_of(rows)
    text = "".join(Tree(page).text)
    assert (f"{values - 8} more value" in text) == (values > 8)
    assert len(page) < 400_000


def test_a_thousand_days_are_few_bars():
    report, *rest = pieces(sound(40))
    day = report.statistics.periods[0]
    days = tuple(dataclasses.replace(day, date=f"{at:04}-01-01") for at in range(1_000, 2_000))
    long = dataclasses.replace(
        report, statistics=dataclasses.replace(report.statistics, periods=days)
    )
    text = "".join(Tree(made("Shop", long, *rest)).text)
    assert "One bar for 17 days." in text
    assert "1000-01-01 to 1016-01-01" in text


def test_the_same_values_give_the_same_bytes_whatever_the_order_of_the_rows():
    rows = sound(80)
    report, own, found = pieces(rows)
    turned = material(rows[::-1])
    assert turned == found
    assert made("Shop", report, own, found) == made("Shop", report, own, turned)


def test_plots_stand_alone_and_quote_nothing():
    report, own, found = pieces(sound())
    plots = report_plots(sections_of(report, own, found))
    assert {"funnel", "map", "prompt_tokens", "by_source", "by_split"} <= plots.keys()
    assert not plots.keys() & {"words", "structures", "prompts_openings", "completions_openings"}
    for svg in plots.values():
        assert ElementTree.fromstring(svg).find("{http://www.w3.org/2000/svg}style") is not None
        assert "word" + "1" not in svg
        assert len(svg) < 70_000


def test_without_any_tag_there_is_a_page():
    rows = [{**row, "tags": {}} for row in sound()]
    report, own, found = pieces(rows)
    assert found.label == "split"
    assert report.statistics.parts.keys() == set(PARTS)
    assert Tree(made("Shop", report, own, found)).all("figure")


def test_nothing_is_known_of_groups_where_there_are_none():
    report, own, _ = pieces(sound())
    page = made("Shop", report, own, PageMaterial({}, ()))
    assert "Groups of tied examples" not in "".join(Tree(page).text)
