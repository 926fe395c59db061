"""`report.html`: one file that needs no network. Its one script turns light to dark.

A policy in the page lets no other script run, loads nothing and sends nothing. Everything that data
holds stands in it as escaped text; nothing of it comes near the script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files

from ftdata.reporting.page.figure import Figure, page_style, standalone
from ftdata.reporting.page.sections import Section
from ftdata.reporting.page.shown import LABEL, shown
from ftdata.reporting.page.tables import table
from ftdata.reporting.page.verdict import first_screen
from ftdata.reporting.statistics import Report

_NAME = 80  # columns
_SCROLLED = 8  # titles of sections in the head


def report_page(name: str, report: Report, sections: Sequence[Section]) -> bytes:
    """The page of a version; `name` is the dataset's. Same values give the same bytes."""
    style, script = _asset("report.css") + page_style(), _asset("report.js")
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}';"
        " base-uri 'none'; form-action 'none'"
    )
    title = shown(name, _NAME)
    body = first_screen(report) + "".join(_section(one) for one in sections)
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Report: {title}</title>\n<style>{style}</style>\n<script>{script}</script>\n"
        f"</head>\n<body>\n{_head(title, report, sections)}\n<main>{body}</main>\n"
        "</body>\n</html>\n"
    )
    return page.encode()


def report_plots(sections: Sequence[Section]) -> dict[str, str]:
    """The page's plots by key, but for those that quote: each SVG with a style of its own."""
    figures = [figure for section in sections for figure in section.figures]
    return {figure.key: standalone(figure) for figure in figures if not figure.quotes}


def _head(title: str, report: Report, sections: Sequence[Section]) -> str:
    links = "".join(f'<a href="#{one.key}">{one.title}</a>' for one in sections[:_SCROLLED])
    version = shown(report.statistics.version, LABEL)
    return (
        f'<header class="bar"><div class="title"><h1><bdi>{title}</bdi></h1>'
        f"<p>Version <code>{version}</code> · judged on {shown(report.today, LABEL)}</p></div>"
        '<button id="theme" type="button" aria-label="Light or dark">◐</button></header>'
        f'<nav aria-label="Sections">{links}</nav>'
    )


def _section(section: Section) -> str:
    cards = "".join(_card(figure) for figure in section.figures)
    return (
        f'<section aria-labelledby="{section.key}"><h2 id="{section.key}">{section.title}</h2>'
        f'<div class="cards">{cards}</div></section>'
    )


def _card(figure: Figure) -> str:
    style = "card wide" if figure.is_wide else "card"
    note = f'<p class="soft">{figure.note}</p>' if figure.note else ""
    told = table(f"Table: {figure.title}", figure.columns, figure.rows, is_open=figure.is_wide)
    return (
        f'<figure class="{style}"><figcaption><h3><bdi>{figure.title}</bdi></h3>{note}</figcaption>'
        f"{figure.svg}{told}</figure>"
    )


def _asset(name: str) -> str:
    return (files("ftdata.reporting.page") / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
