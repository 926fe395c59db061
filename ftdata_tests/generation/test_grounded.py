import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdata.sections import Span, join_parts
from ftdata_tests.generation.grounded import grounding_fault

DOCUMENT = (
    "Helm 3.2 installs charts. Restart it with `helm upgrade --wait`. See https://helm.sh/docs."
)


def test_a_verbatim_part_is_grounded():
    assert grounding_fault("installs charts", [Span(9, 24, 0)], DOCUMENT) is None
    assert grounding_fault("Yes. installs charts", [Span(9, 24, 5)], DOCUMENT) is None


@pytest.mark.parametrize(
    ("answer", "spans", "fault"),
    [
        ("installs charts", [], "no spans"),
        ("installs chartz", [Span(9, 24, 0)], "not what the document says"),
        ("Helm installs charts", [Span(9, 24, 5)], "without a source at 0"),
        ("installs charts quickly", [Span(9, 24, 0)], "without a source at 15"),
        ("installs charts", [Span(9, 9, 0)], "empty"),
        ("installs charts", [Span(9, 24, 0), Span(9, 24, 0)], "out of order"),
        ("installs charts", [Span(-6, 9, 0)], "empty"),
    ],
)
def test_faults(answer, spans, fault):
    assert fault in str(grounding_fault(answer, spans, DOCUMENT))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), min_size=1, max_size=5))
def test_a_join_of_parts_is_grounded(ranges):
    parts = [(DOCUMENT[a : a + n], (Span(a, a + n, 0),)) for a, n in ranges]
    assert grounding_fault(*join_parts(parts, "\n\n"), DOCUMENT) is None
