"""What requests are expected to cost, and what is learned from those that were paid for."""

import pytest

from ftdata.chat import Answer, Usage
from ftdata.llm.chat import CachedChat
from ftdata.llm.chat_cache import ChatCache
from ftdata.llm.estimate import EstimatingChat
from ftdata.llm.expected import rough_count, uncorrected_usages
from ftdata_tests.llm.fake_client import FakeClient
from ftdata_tests.llm.words import OPTIONS, request


def asked_in(round_number):
    return [request(f"round {round_number} n {number}") for number in range(30)]


def test_an_estimate_stays_right_however_often_it_was_corrected(tmp_path):
    [like] = uncorrected_usages(asked_in(1)[:1], rough_count)
    paid = Usage(2 * like.prompt, 0, 3 * like.completion, 0)
    client = FakeClient(lambda number, before: Answer('{"word":"a"}', paid))
    estimates = []
    for round_number in range(1, 6):
        estimating = EstimatingChat(ChatCache(tmp_path), OPTIONS, rough_count)
        estimating.complete(asked_in(round_number))
        estimates.append(estimating.sheet.expected)
        CachedChat(client.open, ChatCache(tmp_path), OPTIONS).complete(asked_in(round_number))
    assert estimates[0].prompt == pytest.approx(30 * like.prompt, rel=0.02)
    for later in estimates[1:]:
        assert later.prompt == pytest.approx(30 * paid.prompt, rel=0.02)
        assert later.completion == pytest.approx(30 * paid.completion, rel=0.02)
