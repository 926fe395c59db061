"""Made-up personal data and secrets that look right: nobody's numbers, with checksums that hold."""

from __future__ import annotations

from collections.abc import Callable

from ftdata.sample.draws import between, letters, pick

# Numbers that card schemes publish for tests; they pass Luhn's check.
_CARDS = ("4111 1111 1111 1111", "5555 5555 5555 4444", "4012-8888-8888-1881", "378282246310005")
# Printed in advertisements and void ever since (Social Security Administration).
_SSNS = ("219-09-9999", "078-05-1120")
_DIGITS = "0123456789"
_ALNUM = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def phone(name: str) -> str:
    """A number from the ranges set aside for fiction: 555-01xx, or Ofcom's 020 7946 0xxx."""
    if pick((True, False), name, "british"):
        return f"{pick(('+44 20', '020'), name, 'prefix')} 7946 0{letters(_DIGITS, 3, name)}"
    area = pick(("202", "415", "503", "617"), name, "area")
    local = f"555-01{between(0, 99, name, 'line'):02d}"
    return pick((f"({area}) {local}", f"{area}-{local}", f"+1 {area} {local}"), name, "form")


def card(name: str) -> str:
    """A card number from the schemes' own test numbers."""
    return pick(_CARDS, name)


def ssn(name: str) -> str:
    """A social security number that was never valid."""
    return pick(_SSNS, name)


def iban(name: str) -> str:
    """An account number with the right check digits (ISO 7064, MOD 97-10), in groups of four."""
    country, bank, digits = pick((("GB", "QLMR", 14), ("DE", "99", 16), ("NL", "QLMR", 10)), name)
    account = bank + letters(_DIGITS, digits, name)
    as_number = "".join(str(int(sign, 36)) for sign in f"{account}{country}00")
    whole = f"{country}{98 - int(as_number) % 97:02d}{account}"
    return " ".join(whole[start : start + 4] for start in range(0, len(whole), 4))


def api_key(name: str) -> str:
    """Letters and digits behind the prefix of an API key, put together here and nowhere else."""
    return (
        "".join(("s", "k-")) + letters(_ALNUM, 11, name, "head") + "7" + letters(_ALNUM, 28, name)
    )


def password(name: str) -> str:
    """Twelve letters and digits."""
    return letters(_ALNUM, 11, name) + "4"


PERSONAL: dict[str, Callable[[str], str]] = {
    "phone": phone,
    "card": card,
    "ssn": ssn,
    "iban": iban,
    "api_key": api_key,
    "password": password,
}
