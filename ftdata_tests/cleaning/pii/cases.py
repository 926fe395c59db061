"""Checks a recogniser by texts in which the wanted places stand between ‹ and ›."""

from ftdata.cleaning.pii.finder import open_finder
from ftdata.settings_pii import Pii


def expect(entity, marked):
    """The recogniser of `entity` alone finds exactly the marked places."""
    text = marked.replace("‹", "").replace("›", "")
    places = {(start, end) for start, end, _ in open_finder(Pii(entities=(entity,)))(text)}
    found = marks = ""
    for index, char in enumerate(text):
        inside = any(start <= index < end for start, end in places)
        found += char if inside else "_"
    depth = 0
    for char in marked:
        if char in "‹›":
            depth += 1 if char == "‹" else -1
        else:
            marks += char if depth else "_"
    assert found == marks
