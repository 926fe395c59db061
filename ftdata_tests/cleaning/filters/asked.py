"""Asks one filter about one conversation, given as texts of a user and an assistant in turn."""

from time import process_time

from ftdata.cleaning.conversations import read_conversations
from ftdata.settings_cleaning import Cleaning
from ftdata_tests.cleaning.raw import raw_table, turns


def ask(find, *texts, options=None):
    """What a filter finds in the conversation: a `Finding` or None."""
    conversations = read_conversations(raw_table(turns(*texts)).column("messages"))
    return find(conversations, options or Cleaning())[0]


def reason(find, *texts, options=None):
    finding = ask(find, *texts, options=options)
    return finding and finding.reason


# Pieces that patterns with unbounded or nested repetition trip over, said again and again.
PIECES = (
    " ", "a", "a ", "1. ", "\n", "\n- ", "<", "<b ", "{{", "{% ", "[insert ", "[quote ", "&", "?",
    "a??b", "```", "`", "I cannot ", "as an ai ", "not ", "error: ", "( ", "b c d f ", "é", "Ã©",
)  # fmt: skip


def seconds(find, text):
    """CPU seconds that a filter takes for a text on both sides of a conversation."""
    conversations = read_conversations(raw_table(turns(text, text)).column("messages"))
    start = process_time()
    find(conversations, Cleaning())
    return process_time() - start
