"""Personal data to be planted in raw files, and where of it is looked for afterwards."""

import json

import pyarrow.parquet as pq

from ftdata_tests.defs.conftest import log_records

USER = "zq_4711_lindqvist"
NAME = "Zebulon Lindqvist"
EMAIL = "zebulon.l@walkabout-gear.co"
PHONE = "(415) 867-5309"
CARD = "4012 8888 8888 1881"
SSN = "321-45-6789"
IBAN = "GB82 WEST 1234 5698 7654 32"
SECRET = "hunter" + "22secret"
ADDRESS = "612 Van Horn Avenue"
PLANTED = (USER, NAME, "Zebulon", "Lindqvist", EMAIL, PHONE, CARD, SSN, IBAN, SECRET, ADDRESS)
SAID = (
    f"My name is {NAME}, mail {EMAIL}, call {PHONE}. Card {CARD}, SSN {SSN}, IBAN {IBAN},"
    f" password: {SECRET}. I live at {ADDRESS}. My user is {USER}."
)
# Nobody's record tells the user's name in a document, and nothing else gives it away there.
SAID_OF_NOBODY = SAID.removesuffix(f" My user is {USER}.")


def planted_records(day):
    """Ordinary records, and one that holds everything everywhere; some of them are dropped."""
    records = log_records(day, 12)
    arguments = json.dumps({"to": EMAIL, "name": NAME, "card": CARD})
    call = {"id": "c1", "type": "function", "function": {"name": "send", "arguments": arguments}}
    private = {
        "id": f"{day}-{EMAIL}",
        "conversation_id": f"chat-{USER}-{day}",
        "user_id": USER,
        "category": f"mail of {EMAIL}",
        "metadata": {"customer_name": NAME, "phone": PHONE, "deep": [{"note": SAID}]},
        "messages": [
            {"role": "system", "content": f"You speak with {NAME}."},
            {"role": "user", "content": SAID},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "c1", "content": json.dumps({"sent": SAID})},
            {"role": "assistant", "content": f"Done, Zebulon. {SAID}"},
        ],
    }
    copy = private | {"id": f"copy-{EMAIL}", "conversation_id": "copy"}
    failed = private | {"id": f"failed-{EMAIL}", "error": f"no route to {EMAIL}"}
    repeated = private | {"conversation_id": "again"}
    refused = private | {"id": f"short-{EMAIL}", "conversation_id": f"short {NAME}", "messages": [
        {"role": "user", "content": SAID}, {"role": "assistant", "content": ""}]}  # fmt: skip
    return [*records, private, copy, failed, repeated, refused]


def contents(folder, *without):
    """Every file below a folder as text, tables decoded; those below `without` left out."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or any(path.is_relative_to(other) for other in without):
            continue
        if path.suffix == ".parquet":
            yield path, json.dumps(pq.read_table(path).to_pylist(), default=str)
        else:
            yield path, path.read_bytes().decode("utf-8", "replace")


def leaks(text):
    return [value for value in PLANTED if value.casefold() in text.casefold()]
