"""The optional engine behind the same interface: with a stand-in, and with presidio itself."""

import sys
import types

import pytest

from ftdata.cleaning.pii.finder import open_finder
from ftdata.errors import SettingsError
from ftdata.project import open_project
from ftdata.settings_pii import Pii

TEXT = "Mail bob@corp.org or me@example.com, password: x1y2z3w4"


class Result:
    def __init__(self, start, end, entity_type):
        self.start, self.end, self.entity_type = start, end, entity_type


class Engine:
    """Finds everything with an @, and says which entities it was asked for."""

    asked = None
    supported_languages = ("en",)

    def __init__(self, **options):
        pass

    def get_supported_entities(self, language):
        return ["EMAIL_ADDRESS", "CRYPTO", "PERSON"]

    def analyze(self, text, *, language, entities, score_threshold):
        Engine.asked = (language, entities, score_threshold > 0)
        words = [word for word in text.replace(",", "").split() if "@" in word]
        return [Result(text.index(w), text.index(w) + len(w), "EMAIL_ADDRESS") for w in words]

    def create_engine(self):
        return self


@pytest.fixture
def stand_in(monkeypatch):
    modules = {
        "presidio_analyzer": {"AnalyzerEngine": Engine, "AnalyzerEngineProvider": Engine},
        "presidio_analyzer.nlp_engine": {"NlpEngineProvider": Engine},
        "tldextract": {"tldextract": types.SimpleNamespace(), "TLDExtract": lambda **options: None},
    }
    for name, values in modules.items():
        module = types.ModuleType(name)
        vars(module).update(values)
        monkeypatch.setitem(sys.modules, name, module)


def found(options):
    return {(TEXT[start:end], entity) for start, end, entity in open_finder(options)(TEXT)}


def test_presidio_finds_what_it_knows_and_the_rules_find_the_rest(stand_in):
    assert found(Pii(engine="presidio")) == {("bob@corp.org", "EMAIL"), ("x1y2z3w4", "SECRET")}
    assert Engine.asked == ("en", ["EMAIL_ADDRESS", "PERSON"], True)
    everything = found(Pii(engine="presidio", entities=("EMAIL",), keep_reserved=False))
    assert everything == {("bob@corp.org", "EMAIL"), ("me@example.com", "EMAIL")}


def test_a_missing_package_is_named_with_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    with pytest.raises(SettingsError, match=r"pip install 'ftdata\[presidio\]'"):
        open_finder(Pii(engine="presidio"))


def test_the_project_of_settings_that_ask_for_a_missing_package_does_not_open(
    tmp_path, monkeypatch
):
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    path = tmp_path / "ftdata.yaml"
    path.write_text("cleaning: {pii: {engine: presidio}}\n")
    with pytest.raises(SettingsError, match=r"presidio_analyzer is not installed: pip install"):
        open_project(path)


def test_a_missing_configuration_is_named(stand_in, tmp_path):
    config = str(tmp_path / "none.yaml")
    with pytest.raises(SettingsError, match=r"config: .*none\.yaml: no such file: give its path"):
        open_finder(Pii(engine="presidio", presidio_config=config))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("supported_languages: [en\n", r"expected ',' or '\]'.*: make it a file of YAML"),
        ("- en\n", "nlp_configuration is missing: name in it the engine"),
        ("supported_languages: [en]\n", "nlp_configuration is missing"),
    ],
)
def test_a_configuration_that_presidio_would_pass_over_is_refused(
    stand_in, tmp_path, written, said
):
    config = tmp_path / "presidio.yaml"
    config.write_text(written)
    with pytest.raises(SettingsError, match=rf"(?s)presidio_config: .*presidio\.yaml: .*{said}"):
        open_finder(Pii(engine="presidio", presidio_config=str(config)))


def test_every_language_of_the_engine_is_read(stand_in, monkeypatch):
    read = []

    def analyze(self, text, *, language, entities, score_threshold):
        read.append(language)
        return []

    monkeypatch.setattr(Engine, "supported_languages", ("de", "en"))
    monkeypatch.setattr(Engine, "analyze", analyze)
    assert found(Pii(engine="presidio", entities=("EMAIL",))) == set()
    assert read == ["de", "en"]


def test_names_stay_with_the_rules_where_presidio_has_no_model(stand_in, monkeypatch):
    monkeypatch.setattr(Engine, "get_supported_entities", lambda self, language: ["EMAIL_ADDRESS"])
    text = "My name is Anna Smith."
    assert [text[a:b] for a, b, _ in open_finder(Pii(engine="presidio"))(text)] == ["Anna Smith"]
    monkeypatch.setattr(Engine, "get_supported_entities", lambda self, language: ["PERSON"])
    assert open_finder(Pii(engine="presidio"))(text) == []


def test_of_an_engine_that_knows_no_entity_of_the_settings_nothing_is_asked(stand_in, monkeypatch):
    monkeypatch.setattr(Engine, "asked", None)
    assert found(Pii(engine="presidio", entities=("IBAN",))) == set()
    assert Engine.asked is None


def test_presidio_itself():
    pytest.importorskip("presidio_analyzer")
    assert found(Pii(engine="presidio")) == {("bob@corp.org", "EMAIL"), ("x1y2z3w4", "SECRET")}


def test_presidio_itself_with_a_configuration(tmp_path):
    pytest.importorskip("presidio_analyzer")
    config = tmp_path / "presidio.yaml"
    config.write_text(
        "supported_languages: [en]\n"
        "nlp_configuration:\n"
        "  nlp_engine_name: no_op\n"
        "  models: [{lang_code: en, model_name: no_op}]\n"
    )
    options = Pii(engine="presidio", presidio_config=str(config), entities=("EMAIL",))
    assert found(options) == {("bob@corp.org", "EMAIL")}
