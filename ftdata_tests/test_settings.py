"""Settings: defaults hold, complaints name file, line, field and fix, hashes follow values."""

import datetime as dt

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ftdata.errors import SettingsError
from ftdata.init import settings_text
from ftdata.settings import Settings, section_hash
from ftdata.settings_cleaning import Cleaning
from ftdata.settings_dedup import Dedup
from ftdata.settings_file import load_settings, parse_settings
from ftdata.settings_pii import Pii


def complaint(text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        parse_settings(text, "ftdata.yaml")
    return str(caught.value)


def test_an_empty_file_gives_the_defaults():
    assert parse_settings("") == Settings()


def test_an_unknown_key_names_line_and_nearest():
    text = "cleaning:\n  dedup:\n    treshold: 0.9\n"
    assert complaint(text) == (
        "ftdata.yaml:3: unknown key `cleaning.dedup.treshold`: did you mean `threshold`?"
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("splits:\n  ratios:\n    train: 0.5\n", 2, "add up to 0.7"),
        ("sources:\n  ../x: {}\n", 2, "pattern"),
        ("extraction:\n  max_line_bytes: 3\n", 2, "greater than or equal to 1024"),
        ("extraction:\n  start: 2025-01-01\n", 2, "instant with its zone"),
        ("extraction:\n  start: 2025-01-01T00:00:00\n", 1, "needs a zone"),
        ("cleaning:\n  drop_patterns: ['(']\n", 2, "not a regular expression"),
        ("cleaning:\n  drop_patterns: ['']\n", 2, "found in an empty text"),
        ("cleaning:\n  drop_patterns: ['a|b*']\n", 2, "match a character at least"),
        (
            "cleaning:\n  language: {candidates: [en], keep: [en]}\n",
            2,
            "add to candidates the languages that are to go",
        ),
        (
            "cleaning:\n  control_tokens:\n    tokens: ['<|x|>', '[EMAIL]']\n",
            3,
            "`cleaning.control_tokens.tokens.1`: '[EMAIL]' is in the placeholder [EMAIL], which"
            " redaction writes: take it out",
        ),
        ("a: 1\na: 2\n", 2, "stands already at line 1"),
        ("- 1\n", 1, "expected sections"),
        ("automation:\n  dataset_cron: '0 25 * * *'\n", 2, "'25' is no hour (0 to 23)"),
        ("formatting: {tokenizer: gpt2}\n", 1, "'auto', 'o200k' or 'estimate'"),
        ("splits: {time: {test_from: 2025-03-01}}\n", 1, "write `by: time`, or take it out"),
        ("splits: {by: time, ratios: {train: 1, validation: 0, test: 0}}\n", 1, "by: groups"),
        ("splits: {by: time}\n", 1, "name the first date of test"),
        ("splits: {by: source}\n", 1, "name a source that is test"),
        ("splits: {by: source, source: {validation: [a], test: [a]}}\n", 1, "a stands under"),
        (
            "splits: {by: time, time: {validation_from: 2025-03-02, test_from: 2025-03-01}}\n",
            1,
            "the newest go to test",
        ),
        ("splits: {holdout: ../ids.txt}\n", 1, "pattern"),
        ("dataset: {exports: [opnai]}\n", 1, "Input should be 'openai', "),
    ],
)
def test_a_wrong_value_names_its_line(text, line, words):
    message = complaint(text)
    assert message.startswith(f"ftdata.yaml:{line}: ")
    assert words in message


def test_off_is_a_word_although_yaml_reads_it_as_false():
    for text in ("off", "'off'"):
        assert parse_settings(f"cleaning: {{dedup: {{semantic: {text}}}}}") == Settings()


def test_broken_yaml_names_its_line():
    assert complaint("cleaning:\n  dedup: [\n").startswith("ftdata.yaml:3: not valid YAML")


def test_a_window_is_compared_as_instants():
    settings = parse_settings(
        "extraction:\n  start: 2025-03-01T01:00:00+02:00\n  end: 2025-03-01T00:00:00Z\n"
    )
    assert settings.extraction.end - settings.extraction.start == dt.timedelta(hours=1)


def test_a_relative_data_folder_stands_beside_the_file(tmp_path):
    path = tmp_path / "ftdata.yaml"
    path.write_text("data_dir: elsewhere\n")
    assert load_settings(path).data_dir == str(tmp_path / "elsewhere")
    assert load_settings(path, data_dir="memory://x").data_dir == "memory://x"
    path.write_text("cleaning: {pii: {engine: presidio, presidio_config: a.yaml}}\n")
    assert load_settings(path).cleaning.pii.presidio_config == str(tmp_path / "a.yaml")


def test_a_named_file_that_is_missing_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match="no such settings file"):
        load_settings(tmp_path / "other.yaml")


def test_the_file_that_init_writes_holds_the_defaults_and_every_field():
    text = settings_text()
    assert parse_settings(text) == Settings()
    for name, field in Cleaning.model_fields.items():
        assert f"  {name}:" in text
        assert field.description in text


@given(st.floats(0.5, 1))
def test_a_hash_changes_exactly_with_a_value(threshold):
    base, other = Dedup(), Dedup(threshold=threshold)
    assert (section_hash(base) == section_hash(other)) == (base == other)


def test_words_that_yaml_reads_as_false_are_words():
    settings = parse_settings(
        "cleaning: {echo: {action: off}, language: {mismatch: off, candidates: [en, no]}}"
    )
    assert settings.cleaning.echo.action == settings.cleaning.language.mismatch == "off"
    assert settings.cleaning.language.candidates == ("en", "no")


@pytest.mark.parametrize("text", ["toxicity: {words: ['']}", "placeholder: {phrases: [' ']}"])
def test_empty_words_are_refused(text):
    with pytest.raises(SettingsError, match="at least 1 character"):
        parse_settings(f"cleaning: {{{text}}}")


@pytest.mark.parametrize(
    ("pii", "line", "words"),
    [
        (
            "modes: {EMAIL: tag,\n     URL: report}",
            4,
            "`cleaning.pii.modes.URL`: nothing looks for",
        ),
        ("entities: [EMAIL]\n    allow: {IP: [x]}", 4, "allow.IP`: nothing looks for IP"),
        ("entities: [EMAIL]\n    fields: {PERSON: [rep]}", 4, "fields.PERSON`: nothing looks"),
        ("entities: []", 3, "write `enabled: false` instead"),
        (
            "presidio_config: x.yaml",
            3,
            "presidio_config`: nothing reads it: add `engine: presidio`",
        ),
        ("fields: {USER: [rep_id], PERSON: [repId]}", 3, "repId stands under USER and PERSON"),
        ("mode: off", 3, "`off` is no mode: `report` counts"),
        ("modes: {EMAIL: off}", 3, "`off` is no mode: `report` counts"),
        ("modes: PERSON", 3, "values below it, such as `{PERSON: number}`"),
        ("fields: [rep]", 3, "values below it, such as `{PERSON: [customer.name]}`"),
        ("allow: [x]", 3, "such as `{EMAIL: [help@our-shop.example]}`"),
    ],
)
def test_what_nothing_would_heed_in_redaction_is_refused(pii, line, words):
    message = complaint(f"cleaning:\n  pii:\n    {pii}\n")
    assert message.startswith(f"ftdata.yaml:{line}: ")
    assert words in message


@pytest.mark.parametrize(
    "pii",
    [
        "{entities: [], presidio_config: x.yaml, enabled: false}",
        "{modes: {URL: drop}, allow: {URL: [y]}, deny: {URL: [x]}}",
        "{entities: [EMAIL]}",
        "{entities: [EMAIL], fields: {PERSON: [], USER: []}}",
    ],
)
def test_what_is_heeded_in_redaction_or_switched_off_is_no_fault(pii):
    assert parse_settings(f"cleaning: {{pii: {pii}}}").cleaning.pii == Pii(**yaml.safe_load(pii))


def test_fields_join_the_usual_ones():
    usual = Pii().fields
    fields = Pii(fields={"ADDRESS": ("ship.to",), "USER": ("rep", "Customer")}).fields
    assert fields["USER"] == (*usual["USER"], "rep", "Customer")
    assert fields["PERSON"] == tuple(key for key in usual["PERSON"] if key != "customer")
    assert fields["ADDRESS"] == ("ship.to",)
    assert Pii(fields=fields).fields == fields
    assert Pii(fields={"USER": ()}).fields == {"PERSON": usual["PERSON"], "USER": ()}


@pytest.mark.parametrize(
    ("cleaning", "words"),
    [
        ("language: {keep: [english]}", "keep.0`: a language is given by its code (ISO 639)"),
        ("language: {keep: [xx]}", "keep.0`: no language that is known: give some of ace af"),
        ("language: {candidates: []}", "name one language at least, or leave this out"),
        ("custom_filters: [my_filters.f]", "write module:function, such as my_filters:f"),
        ("custom_filters: ['my_filters.py:f']", "leave out .py, such as my_filters:f"),
        ("custom_filters: ['own/a.py:f']", "leave out .py, such as own.a:f"),
        ("custom_filters: ['/x/a.py:f']", "such as my_filters:drop_internal"),
        ("custom_filters: [f]", "write module:function, such as my_filters:drop_internal"),
        ("repetition: drop", "`cleaning.repetition`: write `repetition: {action: drop}`"),
        ("toxicity: off", "write `toxicity: {action: off}`"),
        ("pii: off", "write `pii: {enabled: false}`"),
        ("refusals: {max_share: 0.1}", "such as `{boilerplate: 0.02}`"),
        ("control_tokens: {tokens: [the]}", "'the' stands in plain texts"),
        ("control_tokens: {tokens: [Human]}", "'Human' stands in plain texts"),
    ],
)
def test_a_wrong_value_in_cleaning_is_told_with_its_fix(cleaning, words):
    assert words in complaint(f"cleaning: {{{cleaning}}}")


ALL_KINDS = (
    "question faq how_to troubleshooting definition policy code look_up summary comparison yes_no"
)
NO_KIND = "{" + ", ".join(f"{kind}: 0" for kind in ALL_KINDS.split()) + "}"


@pytest.mark.parametrize(
    ("generation", "field", "words"),
    [
        ("answers: model", "answers", "add `writer: model`, or take this out"),
        ("min_coverage: 0.9", "min_coverage", "add `writer: model` and `answers: model`"),
        ("{writer: model, min_coverage: 0.9}", "min_coverage", ": add `answers: model`, or"),
        ("decline: 'Not in {document}.'", "decline", "{document} is filled by nothing: write"),
        ("decline: '{Title} lacks it.'", "decline", "write {title} or {topics}"),
        ("kinds: {out_of_scope: 0}", "kinds.out_of_scope", "set that, or take this out"),
        (f"kinds: {NO_KIND}", "kinds", "nothing would be made: leave one out"),
    ],
)
def test_what_nothing_would_heed_in_generation_is_refused(generation, field, words):
    message = complaint(f"generation:\n  {generation}\n")
    assert message.startswith(f"ftdata.yaml:2: `generation.{field}`: ")
    assert words in message


@pytest.mark.parametrize(
    "generation",
    [
        "{writer: model, answers: model, min_coverage: 0.9}",
        "{writer: rules, answers: spans, min_coverage: 0.8}",
        "{decline: 'No. {topics} are in {title}.'}",
        """{decline: '{"answer": null}'}""",
        "{kinds: {question: 0, summary: 0}}",
    ],
)
def test_what_is_heeded_in_generation_or_is_the_default_is_no_fault(generation):
    parse_settings(f"generation: {generation}")


@pytest.mark.parametrize(
    ("source", "field", "fix"),
    [
        ("kind: logs\n    snapshot: all", "snapshot", "`kind: documents`"),
        ("kind: synthetic\n    snapshot: latest", "snapshot", "`kind: documents`"),
        ("kind: documents\n    synthetic: {count: 5}", "synthetic", "`kind: synthetic`"),
        ("dedup: {}\n    synthetic: {count: 5}", "synthetic", "`kind: synthetic`"),
        ("kind: documents\n    fields: {id: x}", "fields", "`kind: logs` or `kind: examples`"),
    ],
)
def test_what_a_source_of_its_kind_does_not_heed_is_refused(source, field, fix):
    assert complaint(f"sources:\n  web:\n    {source}\n") == (
        f"ftdata.yaml:4: `sources.web.{field}`: nothing heeds it here: write {fix}, or take it out"
    )


@pytest.mark.parametrize(
    "source",
    [
        "{snapshot: all}",
        "{kind: documents, snapshot: all}",
        "{kind: synthetic, synthetic: {count: 5}}",
        "{fields: {prompt: question}}",
        "{kind: examples, fields: {prompt: question}, dedup: {threshold: 0.9}}",
    ],
)
def test_what_a_source_heeds_is_no_fault(source):
    parse_settings(f"sources: {{web: {source}}}")
