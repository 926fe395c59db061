"""The registry: the first filter that refuses names the reason."""

from ftdata.cleaning.conversations import read_conversations
from ftdata.cleaning.filters import refuse
from ftdata.settings import Cleaning
from ftdata_tests.cleaning.raw import raw_table, turns


def test_the_first_refusal_counts():
    table = raw_table(turns("secret"), turns("secret", "yes"), turns("fine", "yes"))
    options = Cleaning(drop_patterns=("secret",))
    reasons = [
        refusal and refusal.reason
        for refusal in refuse(read_conversations(table.column("messages")), options)
    ]
    assert reasons == ["no_reply", "pattern", None]
