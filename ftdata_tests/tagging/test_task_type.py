"""Task types of requests as users write them."""

from __future__ import annotations

import pytest

from ftdata.tagging.said import read_said
from ftdata.tagging.task_type import task_type_of, task_type_of_category
from ftdata.tagging.values import TASK_TYPES
from ftdata_tests.tagging.saying import message, said

CODE = "Why does this fail?\n```\nprint(1\n```"


@pytest.mark.parametrize(
    ("prompt", "task"),
    [
        ("Write a poem about autumn.", "writing"),
        ("Could you please draft an email to my landlord?", "writing"),
        ("Write a Python function that sorts a list.", "coding"),
        ("Can you write an SQL query for the ten newest orders?", "coding"),
        (CODE, "coding"),
        ("Who invented SQL?", "question_answering"),
        ("Summarize the following text: the sea rose.", "summarization"),
        ("Give me a short summary of the article above.", "summarization"),
        ("Translate this into French: good morning", "translation"),
        ("How do you say good morning in French?", "translation"),
        ("Rewrite this sentence so that it is more formal: send it", "rewriting"),
        ("Classify the review as positive or negative: I loved it", "classification"),
        ("Identify which animal is a bird: robin, cod", "classification"),
        ("Extract all names from the paragraph below.", "information_extraction"),
        ("What is the difference between a crow and a raven?", "comparison"),
        ("What are some ways to save water?", "brainstorming"),
        ("Solve 3x + 4 = 19", "reasoning"),
        ("If 3 pens cost 6 euros, how much are 7?", "reasoning"),
        ("How do I change my address?", "procedure"),
        ("Give me a recipe for pancakes.", "procedure"),
        ("What is photosynthesis?", "definition"),
        ("What does ephemeral mean?", "definition"),
        ("What is the capital of Peru?", "question_answering"),
        ("Explain how tides work.", "question_answering"),
        ("My printer is not printing.", "troubleshooting"),
        ("The app doesn't work since yesterday", "troubleshooting"),
        ("I'd like to book a table for two tonight.", "transaction"),
        ("Can you find me a flight to Rome?", "transaction"),
        ("Imagine you are a pirate and tell me of your ship.", "roleplay"),
        ("You are a liar", "conversation"),
        ("How are you?", "conversation"),
        ("Hello there", "conversation"),
        ("word " * 70, "other"),
        ("", "conversation"),
    ],
)
def test_english(prompt: str, task: str) -> None:
    assert task_type_of(said(prompt)) == task


@pytest.mark.parametrize(
    ("prompt", "language", "task"),
    [
        ("Schreibe ein Gedicht über den Herbst.", "de", "writing"),
        ("Wie kann ich meine Adresse ändern?", "de", "procedure"),
        ("Was ist Photosynthese?", "de", "definition"),
        ("Wer hat das Telefon erfunden?", "de", "question_answering"),
        ("Traduce esta frase al inglés: hola", "es", "translation"),
        ("¿Cuál es la capital de Perú?", "es", "question_answering"),
        ("Résume ce texte", "fr", "summarization"),
        ("Quelle est la différence entre les deux ?", "fr", "comparison"),
        ("Ciao, come va?", "it", "conversation"),
        ("这句话翻译成英文", "zh", "translation"),
        ("ジョークは何ですか", "ja", "definition"),
        ("سلام، ساعت چند است؟", "fa", "question_answering"),
    ],
)
def test_other_languages(prompt: str, language: str, task: str) -> None:
    assert task_type_of(said(prompt, language=language)) == task


def test_a_greeting_leaves_it_to_the_next_message() -> None:
    assert task_type_of(said("Hi!", "Translate this into French: yes")) == "translation"


def test_a_call_of_a_tool_is_its_use() -> None:
    messages = [message("user", "Hi"), message("assistant", None, tool_calls="[{}]")]
    assert task_type_of(read_said(messages, "en")) == "tool_use"


@pytest.mark.parametrize(
    ("category", "task"),
    [
        ("creative_writing", "writing"),
        ("Closed QA", "question_answering"),
        ("summarization", "summarization"),
        ("other", None),
        ("billing", None),
        ("", None),
    ],
)
def test_a_category_may_name_a_task(category: str, task: str | None) -> None:
    assert task_type_of_category(category) == task
    assert task is None or task in TASK_TYPES
