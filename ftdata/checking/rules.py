"""What each rule of `ftdata check` is about; those of the targets speak by their own messages."""

from __future__ import annotations

from collections.abc import Sequence

from ftdata.checking.findings import Finding
from ftdata.checking.personal import RULE as PERSONAL_DATA

_HELP = {
    "blank_line": "Every line holds a row. Many readers stop at a blank line; take it out.",
    "byte_order_mark": "A file begins with its first row, without a byte order mark. Save the file"
    " as UTF-8 without one.",
    "crlf": r"Lines end with \n alone. Convert the file, such as by dos2unix.",
    "damaged_file": "A compressed file or a table can be read to its end. Write it again.",
    "duplicate_key": "A key stands once in an object: of two readers take one, or none.",
    "exact_duplicate": "No row says the same as an earlier one but for case, punctuation and white"
    " space: it would be learnt twice.",
    "file_too_large": "The file is no larger than the owner of the format takes.",
    "invalid_json": "Every line is one JSON object.",
    "invalid_utf8": "The file is UTF-8.",
    "json_list": "A file holds one row to a line, not one list of all rows.",
    "leaks_conversation": "No row is of the same conversation as a row of the other file.",
    "leaks_derived": "No row derives from a row of the other file, or the other way round.",
    "leaks_prefix": "No row's conversation is the beginning of one of the other file's, or equal.",
    "leaks_prompt": "No row asks nearly the same as a row of the other file.",
    "leaks_turn": "No row shares a user turn of eight words or more with the other file.",
    "line_separator": "U+2028, U+2029 and U+0085 stand as \\u escapes: some readers cut lines at"
    " them.",
    "line_too_long": "No line is longer than extraction.max_line_bytes in ftdata.yaml.",
    "lone_surrogate": "A \\ud800 to \\udfff escape stands in a pair: alone it is no character.",
    "near_duplicate": "No row has most of its words in common with an earlier one.",
    "nested_too_deeply": "Objects and lists stand at most 100 deep within each other.",
    "no_final_newline": "The last line ends with a line break: what is appended would join it.",
    "no_rows": "A file holds rows.",
    "not_a_number": "NaN and Infinity are no JSON. Write null.",
    "nul_byte": "A file holds no NUL byte.",
    "row_on_many_lines": "A row stands on one line.",
    "too_few_rows": "The file has as many rows as the owner of the format asks for.",
    "too_many_rows": "The file has no more rows than the owner of the format takes.",
    "too_many_tokens": "No row has more tokens than the owner of the format takes.",
}


def help_of(rule: str, findings: Sequence[Finding]) -> str:
    """What the rule asks for; for a rule of a target what its first finding says."""
    if rule.startswith(PERSONAL_DATA):
        return "No personal data and no secret is left in a row. What is shown of a find is masked."
    known = _HELP.get(rule)
    if known is not None:
        return known
    first = next((one for one in findings if one.rule == rule), None)
    return rule.replace("_", " ") if first is None else f"{first.where} {first.message}".strip()
