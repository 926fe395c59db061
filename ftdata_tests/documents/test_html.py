"""What is read of HTML pages, and what is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.documents.html import html_markdown, read_html
from ftdata.documents.parsed import RejectedDocumentError
from ftdata.settings_documents import Documents

TEXT = "This page has enough words to be a page that is worth reading by somebody."


def markdown(body: str) -> str:
    return html_markdown(f"<html><body>{body}</body></html>".encode())[0].strip()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>A</h2><p>One <b>two</b>.</p>", "## A\n\nOne **two**."),
        ("<p>a <i> b </i>c</p>", "a *b* c"),
        ("<p>a <strong><b>b</b></strong></p>", "a **b**"),
        ("<p>Run <code>a  `b`</code>!</p>", "Run `` a `b` ``!"),
        ("<p>x<sup>2</sup> and 1<sup>st</sup></p>", "x^2 and 1st"),
        ("<p>1 &lt;b&gt; {{ x }}</p>", "1 `<b>` `{{ x }}`"),
        ("<p># no<br>- yes<br>=== </p>", "\\# no\n- yes\n\\==="),
        ("<p>• one</p>", "- one"),
        ("<ol start='3'><li>a<li>b<ul><li>c</ul></ol>", "3. a\n4. b\n   - c"),
        ("<ol><li value=7>a</ol><ol><li>b</ol>", "7. a\n\n1) b"),
        ("<ol><li><p>a</p><pre>x\n y</pre><li>b</ol>", "1. a\n\n   ```\n   x\n    y\n   ```\n2. b"),
        ("<dl><dt>T</dt><dd>a</dd><dd>b</dd><dt>U</dt></dl>", "- **T**\n  - a\n  - b\n- **U**"),
        ("<blockquote>a<p>b</blockquote>", "> a\n>\n> b"),
        ("<pre class='language-sh'>a <b>b</b><br>c</pre>", "```sh\na b\nc\n```"),
        ("<pre>```</pre>", "````\n```\n````"),
        ("<a href='https://x.y/a b(c)'>t</a>", "[t](https://x.y/a%20b%28c%29)"),
        ("<a href='https://x.y'>x.y</a> <a href='javascript:f()'>g</a>", "x.y g"),
        ("<a href='/s'><div>t</div></a>", "t"),
        ("<details><summary>Why?</summary><p>So.</p></details>", "**Why?**\n\nSo."),
        ("<p>Click <img alt='gear'> now</p><p><img alt='screen'></p>", "Click gear now"),
        ("<p><math alttext='x^2'><mi>x</mi></math></p>", "$x^2$"),
    ],
)
def test_elements_become_markdown(body: str, expected: str) -> None:
    assert markdown(body) == expected


def test_what_cells_span_stands_in_each_place() -> None:
    body = (
        "<table><caption>Ducks</caption><tr><th>A<th colspan=2>B<tr><td rowspan=2>1|2<td>"
        "<ul><li>x<li>y</ul><td><table><tr><td>p<td>q</table><tr><td>3<td></table>"
    )
    assert markdown(body) == (
        "Ducks\n\n| A | B | B |\n| --- | --- | --- |\n| 1\\|2 | - x - y | p q |\n| 1\\|2 | 3 |  |"
    )


def test_tables_that_only_arrange_are_no_tables() -> None:
    assert markdown("<table><tr><td><h2>A</h2><p>b</table>") == "## A\n\nb"


def test_spans_add_little_to_a_table() -> None:
    cell = "<td colspan=1000 rowspan=60000>" + "x" * 500
    made = markdown(f"<table><tr>{cell}<td>y" + "<tr><td>z" * 500 + "</table>")
    assert len(made) < 500_000


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav>gone</nav>",
        "<footer>gone</footer>",
        "<aside>gone</aside>",
        "<header><a href=/>gone</a></header>",
        "<script>gone</script><style>gone</style><template>gone</template>",
        "<div class='site-nav'><a href=/>gone</a></div>",
        "<div role=navigation>gone</div>",
        "<p hidden>gone</p><p style='display: none'>gone</p><i aria-hidden=true>gone</i>",
        "<button>gone</button><select><option>gone</select>",
        "<!-- gone -->",
    ],
)
def test_furniture_is_left_out(furniture: str) -> None:
    assert markdown(f"{furniture}<p>{TEXT}</p>") == TEXT


@pytest.mark.parametrize(
    "kept",
    [
        "<header><h1>kept</h1></header>",
        "<div class='sidebar'>kept as most of it is no link <a href=/>x</a></div>",
        "<form><p>kept</p></form>",
    ],
)
def test_what_only_looks_like_furniture_stays(kept: str) -> None:
    assert "kept" in markdown(f"{kept}<p>{TEXT}</p>")


def test_the_main_part_is_all_that_counts() -> None:
    assert markdown(f"<div>gone</div><main><p>{TEXT}</p></main>") == TEXT


def test_a_page_of_nothing_but_furniture_is_read_whole() -> None:
    assert markdown("<nav><h2><a href=/h>Home</a></h2></nav>") == "## [Home](/h)"


def test_an_admonition_is_marked_and_its_title_goes() -> None:
    body = "<div class='admonition warning'><p class='admonition-title'>Warning</p><p>Hot.</div>"
    assert markdown(f"<p>{TEXT}</p>{body}") == f"{TEXT}\n\n> [!WARNING]\n> Hot."


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>Setup - Site</title><h1>Setup<button>Copy</button></h1><p>x", "Setup"),
        ("<title> Two\n lines </title><p>x", "Two lines"),
        ("<title>T</title><h1>a</h1><h1>b</h1><p>x", "T"),
        ("<p>x", None),
    ],
)
def test_the_title_is_the_only_first_heading_or_what_the_page_says(
    page: str, title: str | None
) -> None:
    assert read_html(page.encode(), Documents()).title == title


def test_the_page_says_how_it_is_encoded() -> None:
    page = "<meta charset='iso-8859-2'><p>ł ő</p>"
    assert html_markdown(page.encode("iso-8859-2"))[0] == "ł ő\n"
    assert html_markdown("<meta charset='nonsense'><p>ł".encode())[0] == "ł\n"
    assert html_markdown("<p>é".encode("cp1252"))[0] == "é\n"
    assert html_markdown("<p>é".encode("utf-16"))[0] == "é\n"


def test_entities_of_a_page_are_not_expanded() -> None:
    page = b"<!DOCTYPE html [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><p>a &e; b</p>"
    assert "&e;" in html_markdown(page)[0]


def test_pages_nest_as_deep_as_they_like() -> None:
    page = b"<div>" * 100_000 + b"<p>hello</p>" + b"</div>" * 100_000 + b"<p>after</p>"
    assert html_markdown(page)[0] == "hello\n\nafter\n"
    with pytest.raises(RejectedDocumentError, match="nested too deeply"):
        html_markdown(b"<table><tr><td>" * 1_000 + b"x")


def test_deep_lists_do_not_fill_the_memory_with_white_space() -> None:
    page = b"<ul><li>" * 100 + b"<p>x</p>" * 1_000
    assert len(html_markdown(page)[0]) < 50_000


@pytest.mark.parametrize("page", [b"", b" \n", b"<html><body><script>x</script></body></html>"])
def test_pages_without_text_are_empty(page: bytes) -> None:
    with pytest.raises(RejectedDocumentError) as raised:
        read_html(page, Documents())
    assert raised.value.reason == "empty_document"


def test_spans_count_in_the_markdown() -> None:
    parsed = read_html(f"<h1>A</h1><p>{TEXT}</p><ul><li>b</ul>".encode(), Documents())
    for element in parsed.elements[1:]:
        for start, end, at in element.spans:  # type: ignore[union-attr]
            assert element.text[at : at + end - start] == parsed.text[start:end]
    assert [element.text for element in parsed.elements] == ["A", TEXT, "- b"]


@given(st.text(alphabet="<>/abdehilnoprtuvx=\"'& \n!-", max_size=300))
def test_whatever_a_page_holds_is_read_or_rejected(page: str) -> None:
    try:
        text, _ = html_markdown(page.encode())
    except RejectedDocumentError as error:
        text = error.detail
    assert text.strip()


@given(st.lists(st.text(alphabet="abc xyz", min_size=1, max_size=20), min_size=1, max_size=9))
def test_no_word_of_a_paragraph_is_lost(texts: list[str]) -> None:
    page = "".join(f"<div><p>w{text}</p></div>" for text in texts)
    assert markdown(page).split() == " ".join(f"w{text}" for text in texts).split()
