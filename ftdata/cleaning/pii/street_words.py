"""Words for streets in the main European languages, and the states of postal addresses."""

from __future__ import annotations

# After the name of a street; capitalised names alone stand before them.
STREET_TYPES = (
    "street", "st", "avenue", "ave", "av", "road", "rd", "boulevard", "blvd", "drive", "dr", "lane",
    "ln", "way", "court", "ct", "place", "pl", "square", "sq", "parkway", "pkwy", "highway", "hwy",
    "terrace", "ter", "plaza", "circle", "cir", "crescent", "close", "mews", "gardens", "grove",
    "row", "alley", "expressway", "freeway", "turnpike", "trail", "loop", "walk", "quay", "common",
    "broadway", "real", "hill", "parade", "esplanade", "embankment", "wharf", "streets", "squares",
    "roads", "ulica", "utca", "út", "tér", "sokak", "caddesi", "path", "bypass", "park",
    "crossing", "causeway", "commons", "point", "ridge", "run", "pike", "vista", "mall", "center",
    "centre",
)  # fmt: skip
# These mean nothing else, so that a street before them may be in lower case.
PLAIN_TYPES = (
    "street", "avenue", "boulevard", "blvd", "road", "rd", "ave", "parkway", "pkwy", "expressway",
    "highway", "terrace", "plaza",
)  # fmt: skip
# Before the name of a street.
STREET_OPENERS = (
    "rue", "calle", "avenida", "via", "viale", "piazza", "corso", "rua", "camino", "paseo", "plaza",
    "carrer", "travessa", "praça", "largo", "strada", "avenue", "boulevard", "place", "quai",
    "chemin", "allée", "impasse", "jalan", "ulica", "ul.", "al.", "aleja", "carretera", "ronda",
    "el camino", "the embarcadero", "cours", "route", "vicolo", "contrada", "av.", "avda.", "c/",
)  # fmt: skip
# Before a name that has its number behind it: none of these is an English word.
LATE_OPENERS = (
    "rue", "calle", "avenida", "viale", "piazza", "corso", "rua", "camino", "paseo", "carrer",
    "travessa", "praça", "strada", "via", "jalan", "ul.", "aleja", "carretera", "vicolo", "avda.",
)  # fmt: skip
# Endings of a name of a street, with the number behind it.
STREET_ENDINGS = (
    "str", "straße", "strasse", "gasse", "weg", "platz", "allee", "ufer", "damm", "straat",
    "laan", "gade", "vej", "vegen", "veien", "gatan", "vägen", "gata", "tie", "katu", "kuja",
    "polku", "steenweg", "plein", "gracht", "kade", "singel", "dreef", "utca", "ulica", "bulvar",
    "stræde", "allé", "stien", "gränd", "steig", "graben",
)  # fmt: skip
# These mean nothing else, so that the name may be in lower case.
PLAIN_ENDINGS = (
    "straße", "strasse", "gasse", "straat", "steenweg", "vägen", "vegen", "veien", "gatan", "platz",
    "laan", "plein", "gracht", "katu",
)  # fmt: skip
STATES = (
    "A[AEKLPRSZ]", "C[AOT]", "D[CE]", "FL", "GA", "HI", "I[ADLN]", "K[SY]", "LA", "M[ADEINOPST]",
    "N[CDEHJMVY]", "O[HKR]", "P[AR]", "RI", "S[CD]", "T[NX]", "UT", "V[AIT]", "W[AIVY]",
    "District of Columbia", "California", "New York", "New South Wales", "Texas", "Florida",
    "Washington", "Illinois", "Massachusetts", "Georgia", "Virginia", "Victoria", "Queensland",
)  # fmt: skip
