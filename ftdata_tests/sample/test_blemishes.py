"""Every blemish is in the shipped files as often as the generator says, and often enough."""

import re
from collections import Counter, defaultdict

from ftdata.text import same_key, words
from ftdata_tests.sample.reading import prompts

THRESHOLD = 0.85
MOJIBAKE = re.compile("Ã[\u0080-¿€-™\xa0]|Â[¿¡«»]")
ZERO_WIDTH = re.compile("[\u200b\ufeff]")
KANA = re.compile("[\u3040-\u30ff]")


def answered(talk):
    """The turns of a conversation, without those that were tried again or failed."""
    return tuple((row["prompt"], row["response"]) for row in talk if not row["error"])


def has(pattern, talk):
    return any(pattern.search(f"{row['prompt']} {row['response']}") for row in talk)


def similarity(left, right):
    return len(left & right) / len(left | right)


def test_malformed_lines(lines, summary):
    found = Counter(line.fault for line in lines if line.fault)
    assert found == summary.malformed
    assert set(found) == {"bad_json", "missing_field", "wrong_type", "bad_time", "invalid_utf8"}
    assert min(found.values()) >= 4


def test_no_partition_is_over_a_tenth_malformed(lines):
    total = Counter((line.source, line.date) for line in lines)
    bad = Counter((line.source, line.date) for line in lines if line.fault)
    assert max(bad[key] / total[key] for key in total) <= 0.1


def test_errors_have_no_response_and_some_are_tried_again(talks, summary):
    failed = retried = 0
    for talk in talks.values():
        for place, row in enumerate(talk):
            if row["error"]:
                assert row["response"] is None
                again = place + 1 < len(talk) and talk[place + 1]["prompt"] == row["prompt"]
                failed, retried = failed + (not again), retried + again
    assert retried == summary.blemishes["error_then_retry"] >= 8
    assert failed == summary.blemishes["error"] >= 8


def test_empty_responses(records, summary):
    empty = [
        record.values["response"]
        for record in records
        if not (record.values["response"] or "").strip() and not record.values["error"]
    ]
    assert len(empty) == summary.blemishes["empty_response"] >= 8
    assert {None, ""} <= set(empty)


def test_exact_repeats(talks, summary):
    same = Counter((source, answered(talk)) for (source, _), talk in talks.items())
    repeats = sum(count - 1 for (_, turns), count in same.items() if turns)
    assert repeats == summary.blemishes["exact_repeat"] >= 15


def test_near_repeats(talks, summary):
    firsts = defaultdict(list)
    for (source, _), talk in talks.items():
        firsts[source].append(prompts(talk))
    near = 0
    for texts in firsts.values():
        sets = [set(words(text)) for text in texts]
        keys = [same_key(text) for text in texts]
        near += sum(
            any(
                keys[place] != keys[other] and similarity(sets[place], sets[other]) >= THRESHOLD
                for other in range(place)
            )
            for place in range(len(texts))
        )
    assert near >= summary.blemishes["near_repeat"] >= 15


def test_conversations_logged_twice(talks, summary):
    turns = {key: answered(talk) for key, talk in talks.items()}
    twice = [
        key
        for key, short in turns.items()
        if short
        and any(
            other[0] == key[0] and len(long) > len(short) and long[: len(short)] == short
            for other, long in turns.items()
        )
    ]
    assert len(twice) == summary.blemishes["logged_twice"] >= 4


def test_conversations_that_span_midnight(talks, summary):
    spanning = [
        key for key, talk in talks.items() if len({row["instant"].date() for row in talk}) > 1
    ]
    assert len(spanning) == summary.blemishes["over_midnight"] >= 3


def test_damaged_encodings(talks, summary):
    damaged = sum(has(MOJIBAKE, talk) for talk in talks.values())
    assert damaged == summary.blemishes["mojibake"] >= 6


def test_zero_width_characters(talks, summary):
    marked = sum(has(ZERO_WIDTH, talk) for talk in talks.values())
    assert marked == summary.blemishes["zero_width"] >= 6


def test_replies_that_hedge_decline_or_refuse(talks, summary):
    openings = {
        "hedge": (
            "not entirely sure",
            "It depends",
            "As far as I know",
            "can't be sure",
            "a guess",
        ),
        "decline": ("I'm sorry, but we", "Unfortunately we", "I'm afraid", "We are sorry"),
        "refusal": ("I'm sorry, but I can't", "I can't help with that"),
    }
    for kind, phrases in openings.items():
        found = sum(
            any(phrase in (row["response"] or "") for row in talk for phrase in phrases)
            for talk in talks.values()
        )
        assert found >= 6, kind
        assert summary.replies[kind] >= 8


def test_most_conversations_survive_deduplication(talks):
    kept = []
    for talk in talks.values():
        own = set(words(prompts(talk)))
        if not any(similarity(own, other) >= THRESHOLD for other in kept):
            kept.append(own)
    assert len(kept) / len(talks) >= 0.6


def test_languages(talks, summary):
    assert sum(has(KANA, talk) for talk in talks.values()) >= summary.languages["ja"] >= 5
    assert all(summary.languages[code] >= 5 for code in ("de", "es", "fr", "pt"))
    assert summary.languages["en"] / sum(summary.languages.values()) > 0.8


def test_categories(records):
    found = Counter(record.values["category"] for record in records)
    rare = {name for name, count in found.items() if count <= 3}
    assert rare == {"gift_cards", "press", "recall"}
    assert len(found) - len(rare) == 12
    assert min(count for name, count in found.items() if name not in rare) >= 15


def test_ratings(records):
    ratings = [record.values.get("user_rating") for record in records]
    given = Counter(int(rating) for rating in ratings if rating is not None)
    assert set(given) == {1, 2, 3, 4, 5}
    assert 0.35 <= sum(given.values()) / len(ratings) <= 0.45


def test_texts_of_all_kinds(records, talks):
    texts = [f"{record.values['prompt']}\n{record.values['response']}" for record in records]
    assert sum("```" in text for text in texts) >= 25
    assert sum(len(text) > 2_000 for text in texts) >= 5
    assert sum(len(record.values["prompt"].split()) <= 2 for record in records) >= 5
    assert sum(len(answered(talk)) > 1 for talk in talks.values()) >= 60
    assert max(len(answered(talk)) for talk in talks.values()) >= 4
