"""The optional engine: presidio's recognisers, with a model of the owner's where one is set."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from ftdata.cleaning.pii.recogniser import Found
from ftdata.errors import SettingsError
from ftdata.settings_pii import Entity, Pii

# Presidio's names (2.2) of what has one here; most states' numbers are off until configured.
_NATIONAL_IDS = (
    "AU_TFN", "CA_SIN", "DE_ID_CARD", "DE_SOCIAL_SECURITY", "DE_TAX_ID", "ES_NIE", "ES_NIF",
    "FI_PERSONAL_IDENTITY_CODE", "IN_AADHAAR", "IN_PAN", "IT_FISCAL_CODE", "IT_IDENTITY_CARD",
    "KR_FRN", "KR_RRN", "NG_NIN", "PL_PESEL", "SE_PERSONNUMMER", "SG_NRIC_FIN", "TH_TNIN",
    "TR_NATIONAL_ID", "UK_NHS", "UK_NINO", "US_ITIN", "ZA_ID_NUMBER",
)  # fmt: skip
_PASSPORTS = (
    "DE_PASSPORT", "ES_PASSPORT", "IN_PASSPORT", "IT_PASSPORT", "KR_PASSPORT", "PH_PASSPORT",
    "UK_PASSPORT", "US_PASSPORT", "ZA_PASSPORT",
)  # fmt: skip
ENTITIES: dict[str, Entity] = {
    "EMAIL_ADDRESS": "EMAIL", "URL": "URL", "CREDIT_CARD": "CREDIT_CARD", "IBAN_CODE": "IBAN",
    "US_SSN": "SSN", "IP_ADDRESS": "IP", "MAC_ADDRESS": "MAC", "PHONE_NUMBER": "PHONE",
    "ZA_MOBILE_NUMBER": "PHONE", "ZA_TELEPHONE_NUMBER": "PHONE", "PERSON": "PERSON",
    **dict.fromkeys(_PASSPORTS, "PASSPORT"), **dict.fromkeys(_NATIONAL_IDS, "NATIONAL_ID"),
}  # fmt: skip
LANGUAGE = "en"  # where no configuration names others
MIN_SCORE = 0.35  # under it stand shapes alone, such as nine digits for a bank account
_NO_MODEL = {
    "nlp_engine_name": "no_op",
    "models": [{"lang_code": LANGUAGE, "model_name": "no_op"}],
}
_NOT_INSTALLED = (
    "cleaning.pii.engine is presidio, and {name} is not installed: pip install 'ftdata[presidio]'"
)


class Presidio(NamedTuple):
    """An engine that is open, and the kinds it answers for: the rules find all others."""

    find: Callable[[str], list[Found]]
    entities: frozenset[Entity]


def open_presidio(options: Pii) -> Presidio:
    """What presidio finds of the entities of the settings: in no order, possibly overlapping.

    Without `presidio_config` no model is loaded, and names stay with the rules; the numbers of
    states do in any case, since presidio knows those of a few alone. With one, each text is read
    in all of its `supported_languages`; the file is presidio's own:

        supported_languages: [en]
        nlp_configuration:
          nlp_engine_name: spacy
          models: [{lang_code: en, model_name: en_core_web_lg}]

    Raises SettingsError where the package is not installed, or the configuration cannot be used.
    """
    engine = _open_engine(options.presidio_config)
    wanted = [name for name, entity in ENTITIES.items() if entity in options.entities]
    asked = [
        (language, [name for name in engine.get_supported_entities(language) if name in wanted])
        for language in engine.supported_languages
    ]

    def find(text: str) -> list[Found]:
        return [
            Found(result.start, result.end, ENTITIES[result.entity_type])
            for language, names in asked
            if names  # asked for none, it looks for all
            for result in engine.analyze(
                text, language=language, entities=names, score_threshold=MIN_SCORE
            )
        ]

    answered = {ENTITIES[name] for _, names in asked for name in names}
    return Presidio(find, frozenset(answered) - {"NATIONAL_ID", "PASSPORT"})


def check_presidio(options: Pii) -> None:
    """Raise SettingsError where a package or the configuration is missing; loads no model."""
    for name in ("presidio_analyzer", "tldextract"):
        if find_spec(name) is None:
            raise SettingsError(_NOT_INSTALLED.format(name=name))
    if options.presidio_config is not None:
        _check_config(options.presidio_config)


def presidio_identity(options: Pii) -> str:
    """Version of presidio and hash of its configuration, as far as they are there."""
    config = Path(options.presidio_config) if options.presidio_config else None
    told = config.read_bytes() if config and config.is_file() else b""
    try:
        installed = version("presidio-analyzer")
    except PackageNotFoundError:
        installed = "none"
    return f"presidio {installed} {hashlib.blake2b(told, digest_size=6).hexdigest()}"


def _open_engine(config: str | None) -> Any:  # noqa: ANN401 - presidio need not be installed
    try:
        presidio = importlib.import_module("presidio_analyzer")
        nlp = importlib.import_module("presidio_analyzer.nlp_engine")
        tldextract = importlib.import_module("tldextract")
    except ImportError as error:
        raise SettingsError(_NOT_INSTALLED.format(name=error.name)) from error
    # Its list of top-level domains is in the package: nothing is fetched while texts are read.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=())
    if config is None:
        model = nlp.NlpEngineProvider(nlp_configuration=_NO_MODEL).create_engine()
        return presidio.AnalyzerEngine(nlp_engine=model, supported_languages=[LANGUAGE])
    _check_config(config)
    try:
        return presidio.AnalyzerEngineProvider(analyzer_engine_conf_file=config).create_engine()
    # spaCy ends the process where it cannot fetch a model.
    except (ValueError, TypeError, LookupError, OSError, ImportError, SystemExit) as error:
        raise SettingsError(
            f"cleaning.pii.presidio_config: {config}: presidio cannot use it: {error}: mend it, or"
            " install the model that it names"
        ) from error


def _check_config(config: str) -> None:
    """Presidio would use its default, and fetch a model of 400 MB, for a file it cannot read."""
    try:
        values = yaml.safe_load(Path(config).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(
            f"cleaning.pii.presidio_config: {config}: no such file: give its path from the folder"
            " of ftdata.yaml, or take the setting out"
        ) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(
            f"cleaning.pii.presidio_config: {config}: {error}: make it a file of YAML in UTF-8 that"
            " you may read"
        ) from error
    if not isinstance(values, dict) or "nlp_configuration" not in values:
        raise SettingsError(
            f"cleaning.pii.presidio_config: {config}: nlp_configuration is missing:"
            " name in it the engine and the models that find names"
        )
