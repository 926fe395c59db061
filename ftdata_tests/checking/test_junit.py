"""JUnit's XML: suites, cases and failures as CI servers count them."""

from xml.etree import ElementTree as ET

from ftdata.checking.junit import junit_xml
from ftdata_tests.checking.rows import checked, encoded, row

GOOD = [row(f"Is shop {n} open?", f"Until {n}.") for n in range(12)]
WRONG = encoded([*GOOD, row("Hi")]) + b'{bad <&\n{"messages": [{"role": "\\u0000 <b>"}]}\n\n'


def suites(*files, strict=False):
    return ET.fromstring(junit_xml(files, strict=strict))


def test_a_rule_that_found_errors_is_a_failed_case_with_its_lines(tmp_path):
    (suite,) = suites(checked(tmp_path, WRONG))
    cases = {case.get("name"): case for case in suite}
    assert (suite.get("tests"), suite.get("failures")) == ("5", "4")
    assert cases["blank_line"].find("failure") is None
    failure = cases["invalid_json"].find("failure")
    assert failure.get("message") == "errors: 1, warnings: 0"
    assert failure.text.startswith("line 14: is no JSON")
    assert "<b>" in cases["unknown_role"].find("failure").text


def test_warnings_fail_where_they_are_strict(tmp_path):
    (suite,) = suites(checked(tmp_path, WRONG), strict=True)
    assert suite.get("failures") == "5"


def test_a_file_that_is_right_is_a_case_that_passes(tmp_path):
    (suite,) = suites(checked(tmp_path, encoded(GOOD)))
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")


def test_each_file_is_a_suite(tmp_path):
    found = checked(tmp_path, WRONG)
    assert len(suites(found, found)) == 2
