"""Checks a recogniser by texts in which the wanted places stand between ‹ and ›."""

from ftdata.cleaning.pii import RECOGNISERS


def expect(entity, marked):
    """The recogniser of `entity` alone finds exactly the marked places."""
    text = marked.replace("‹", "").replace("›", "")
    recogniser = RECOGNISERS[entity]
    digits = sum(char in "0123456789" for char in text)
    places = set(recogniser.find(text)) if recogniser.may_find(digits, text.lower()) else set()
    reserved = recogniser.is_reserved or (lambda found: False)
    places = {place for place in places if not reserved(text[slice(*place)])}
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
