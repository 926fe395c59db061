"""Every rule says what it asks for."""

import pytest

from ftdata.checking.findings import Finding
from ftdata.checking.leaks import RULES as LEAKS
from ftdata.checking.personal import rule_of
from ftdata.checking.rules import help_of


@pytest.mark.parametrize("rule", ["blank_line", "no_rows", rule_of("EMAIL"), *LEAKS.values()])
def test_a_rule_of_the_check_speaks_for_itself(rule):
    assert help_of(rule, []).endswith(".")


def test_a_rule_of_a_target_speaks_by_its_first_finding():
    findings = [
        Finding(3, "nova_role", "error", "messages[1].role", "is 'tool': write user"),
        Finding(9, "nova_role", "error", "messages[0].role", "is 'x': write user"),
    ]
    assert help_of("nova_role", findings) == "messages[1].role is 'tool': write user"
    assert help_of("nova_text", findings) == "nova text"
