"""What the tags of labelled texts are to be: intents' domains, and tasks that an origin tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ftdata.tagging.said import Said, read_said
from ftdata_tests.benchmarks.cleaning_truth import read_jsonl
from ftdata_tests.benchmarks.pipeline_truth import records

# CLINC's domains that are ours. Its others are none: utility, small talk, meta, and all of home but
# the smart home (lists, music, orders).
_OFFICIAL: Mapping[str, str] = {
    "finance": """
        transfer transactions balance freeze_account pay_bill bill_balance bill_due interest_rate
        routing min_payment order_checks pin_change report_fraud account_blocked spending_history
        credit_score report_lost_card credit_limit rewards_balance new_card application_status
        card_declined international_fees apr redeem_rewards credit_limit_change damaged_card
        replacement_card_duration improve_credit_score expiration_date
    """,
    "food": """
        recipe restaurant_reviews calories nutrition_info restaurant_suggestion ingredients_list
        ingredient_substitution cook_time food_last meal_suggestion restaurant_reservation
        confirm_reservation how_busy cancel_reservation accept_reservations
    """,
    "transport": """
        traffic directions gas gas_type distance mpg oil_change_when oil_change_how jump_start uber
        schedule_maintenance last_maintenance tire_pressure tire_change current_location
    """,
    "travel": """
        book_flight book_hotel car_rental travel_suggestion travel_alert travel_notification
        carry_on timezone vaccines translate flight_status international_visa lost_luggage plug_type
        exchange_rate
    """,
    "work": """
        direct_deposit pto_request taxes payday w2 pto_balance pto_request_status next_holiday
        insurance insurance_change schedule_meeting pto_used meeting_schedule rollover_401k income
    """,
    "home": "smart_home",
}
# What intents are about as well. These were written down when it was known which domains the rules
# give them: figures that take them into account flatter the rules.
_ALSO: Mapping[str, str] = {
    "billing account": _OFFICIAL["finance"],
    "travel": _OFFICIAL["transport"],
    "transport": "car_rental",
    "finance": """
        exchange_rate travel_notification direct_deposit taxes payday w2 rollover_401k income
        insurance insurance_change
    """,
    "health": "vaccines insurance insurance_change",
    "technical": "plug_type text make_call find_phone share_location smart_home",
    "everyday": """
        timezone smart_home time alarm weather timer date flip_coin roll_dice reminder
        reminder_update calendar calendar_update todo_list todo_list_update text make_call
        find_phone share_location shopping_list shopping_list_update
    """,
    "shopping": "shopping_list shopping_list_update order order_status",
    "shipping": "order order_status",
    "food": "shopping_list shopping_list_update",
    "entertainment": "next_song play_music update_playlist what_song",
}


def _by_intent(listed: Mapping[str, str]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for domains, intents in listed.items():
        for intent in intents.split():
            found[intent] |= {*domains.split()}
    return {intent: frozenset(domains) for intent, domains in found.items()}


OFFICIAL: Mapping[str, frozenset[str]] = _by_intent(_OFFICIAL)
ALSO: Mapping[str, frozenset[str]] = _by_intent(_ALSO)
# Of public benchmarks, which nobody looked at while the rules were written.
UNSEEN_TASKS = {"humaneval": "coding", "gsm8k": "reasoning"}
UNSEEN_DOMAINS = {
    "mmlu_abstract_algebra": "science",
    "mmlu_high_school_us_history": "society",
    "mmlu_sociology": "society",
}
_QUESTIONS = "question_answering definition comparison procedure policy reasoning"
# The tasks that conversations of an origin, or of a category of Dolly's, may have.
_TASKS: Mapping[str, str] = {
    "open_qa": _QUESTIONS,
    "general_qa": _QUESTIONS,
    "closed_qa": f"{_QUESTIONS} information_extraction",
    "classification": "classification",
    "brainstorming": "brainstorming",
    "information_extraction": "information_extraction",
    "summarization": "summarization",
    "creative_writing": "writing",
    "roleplay": "roleplay",
    "tech_support": "troubleshooting",
    "coding": "coding",
    "greetings": "conversation",
    "sgd": "transaction",
    "truthfulqa-multi": _QUESTIONS,
    "tau-retail-fewshot": "transaction troubleshooting",
}
OF_ORIGIN: Mapping[str, frozenset[str]] = {
    name: frozenset(tasks.split()) for name, tasks in _TASKS.items()
}


class Logged(NamedTuple):
    """What users say in a conversation of the logs, where it is from, and what it is called."""

    said: Said
    dataset: str
    category: str

    @property
    def origin(self) -> str | None:
        """The key of OF_ORIGIN that tells its tasks; None where none does."""
        return next((one for one in (self.category, self.dataset) if one in OF_ORIGIN), None)


def logged(data: Path) -> Iterator[Logged]:
    """The conversations of the logs, as they are before cleaning, each once."""
    truth = {row["id"]: row for row in read_jsonl(data / "logs" / "truth.jsonl.gz")}
    turns: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records(data / "logs"):
        if record.get("id") in truth:
            turns[str(record.get("conversation_id"))].append(record)
    for own in turns.values():
        told = truth[own[0]["id"]]
        messages = [message for one in own for message in _turn(one)]
        said = read_said(messages, told["lang"])
        yield Logged(said, told["dataset"], str(own[0].get("category")))


def _turn(record: dict[str, Any]) -> list[dict[str, Any]]:
    said = (("user", record.get("prompt")), ("assistant", record.get("response")))
    return [{"role": role, "content": text or "", "tool_calls": None} for role, text in said]


def of_one_message(text: str) -> Said:
    """A prompt in English without a reply."""
    return read_said([{"role": "user", "content": text, "tool_calls": None}], "en")
