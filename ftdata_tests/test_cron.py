"""Cron schedules: which are taken, and what is said of the others."""

import dagster as dg
import pytest

from ftdata.cron import check_cron

TAKEN = [
    "0 3 * * *", "*/5 * * * *", "0,30 8-18/2 * * mon-fri", "59 23 31 12 7", "0 0 1 JAN *",
    "00 03 * * 1,3-5", "0-10/10 * * * *",
]  # fmt: skip


@pytest.mark.parametrize("text", TAKEN)
def test_what_is_taken_is_a_schedule_to_dagster(text):
    check_cron(text)
    dg.ScheduleDefinition(name="s", cron_schedule=text, job_name="j")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "5 fields, not 0"),
        ("@daily", "5 fields, not 1"),
        ("0 3 * *", "5 fields, not 4"),
        ("0 0 3 * * *", "5 fields, not 6"),
        ("60 * * * *", "'60' is no minute (0 to 59)"),
        ("* 24 * * *", "'24' is no hour"),
        ("* * 0 * *", "'0' is no day of the month (1 to 31)"),
        ("* * * 13 *", "'13' is no month"),
        ("* * * mon *", "'mon' is no month"),
        ("* * * * 8", "'8' is no day of the week"),
        ("* * * * fri-mon", "'fri-mon' is no day of the week"),
        ("*/0 * * * *", "'*/0' is no minute"),
        ("*/60 * * * *", "'*/60' is no minute"),
        ("0-10/20 * * * *", "'0-10/20' is no minute"),
        ("5/2 * * * *", "'5/2' is no minute"),
        ("1,,2 * * * *", "'' is no minute"),
        ("1-2-3 * * * *", "'1-2-3' is no minute"),
        ("-1 * * * *", "'-1' is no minute"),
        ("0 L * * *", "'L' is no hour"),
        ("0 \u0663 * * *", "is no hour"),
    ],
)
def test_what_is_no_schedule_is_told_by_its_field(text, words):
    with pytest.raises(ValueError, match="write it as 0 3") as raised:
        check_cron(text)
    assert words in str(raised.value)
