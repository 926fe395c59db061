"""Excerpts around redactions, and the histogram of quality."""

import pyarrow as pa

from ftdata.cleaning.pii.recogniser import Found
from ftdata.cleaning.screening import (
    AROUND,
    BINS,
    EXCERPTS,
    ExcerptBook,
    join_excerpts,
    quality_histogram,
)


def test_an_excerpt_shows_what_stands_around_a_placeholder_and_no_other_find():
    book = ExcerptBook()
    book.note("to bob@corp.org or +1 555 now", [Found(3, 15, "EMAIL"), Found(19, 25, "PHONE")])
    (email,), (phone,) = book.excerpts["EMAIL"], book.excerpts["PHONE"]
    assert (email.before, email.after) == ("to ", " or [PHONE] now")
    assert (phone.before, phone.after) == ("to [EMAIL] or ", " now")


def test_excerpts_are_few_and_short():
    book = ExcerptBook()
    for _ in range(EXCERPTS + 3):
        book.note("a" * 500 + "x" + "b" * 500, [Found(500, 501, "IP")])
    assert len(book.excerpts["IP"]) == EXCERPTS
    assert (len(book.excerpts["IP"][0].before), len(book.excerpts["IP"][0].after)) == (
        AROUND,
        AROUND,
    )
    joined = join_excerpts([{"URL": book.excerpts["IP"][:2]}, book.excerpts, book.excerpts])
    assert [(entity, len(found)) for entity, found in joined.items()] == [
        ("IP", EXCERPTS),
        ("URL", 2),
    ]


def test_quality_is_counted_where_it_is_known():
    scores = pa.array(
        [[("quality", 1.0)], [("quality", 0.0), ("clarity", 1.0)], None, [("clarity", 0.5)]],
        pa.map_(pa.string(), pa.float64()),
    )
    counts = quality_histogram(pa.chunked_array([scores]))
    assert (len(counts), counts[0], counts[-1], sum(counts)) == (BINS, 1, 1, 2)


def test_an_excerpt_is_private_where_the_settings_are_not():
    book = ExcerptBook()
    text = "bob@corp.org, or ring +44 20 7946 0958"
    book.note(text, [Found(0, 12, "EMAIL")])  # the settings name e-mail addresses alone
    assert book.excerpts["EMAIL"][0].after == ", or ring [PHONE]"
