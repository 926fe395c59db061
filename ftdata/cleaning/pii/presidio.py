"""The optional engine: presidio's recognisers, with a model of the owner's where one is set."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ftdata.cleaning.pii.recogniser import Found
from ftdata.errors import SettingsError
from ftdata.settings_pii import Entity, Pii

# Presidio's names (2.2) of what has one here; numbers of states are told by their endings.
ENTITIES: dict[str, Entity] = {
    "EMAIL_ADDRESS": "EMAIL", "URL": "URL", "CREDIT_CARD": "CREDIT_CARD", "IBAN_CODE": "IBAN",
    "US_SSN": "SSN", "IP_ADDRESS": "IP", "MAC_ADDRESS": "MAC", "PHONE_NUMBER": "PHONE",
    "PERSON": "PERSON", "US_PASSPORT": "PASSPORT", "US_ITIN": "NATIONAL_ID",
    "UK_NINO": "NATIONAL_ID", "UK_NHS": "NATIONAL_ID", "ES_NIF": "NATIONAL_ID",
    "ES_NIE": "NATIONAL_ID", "IT_FISCAL_CODE": "NATIONAL_ID", "IN_AADHAAR": "NATIONAL_ID",
    "IN_PAN": "NATIONAL_ID", "SG_NRIC_FIN": "NATIONAL_ID", "PL_PESEL": "NATIONAL_ID",
    "AU_TFN": "NATIONAL_ID", "FI_PERSONAL_IDENTITY_CODE": "NATIONAL_ID",
}  # fmt: skip
LANGUAGE = "en"
MIN_SCORE = 0.35  # under it stand shapes alone, such as nine digits for a bank account
_NO_MODEL = {
    "nlp_engine_name": "no_op",
    "models": [{"lang_code": LANGUAGE, "model_name": "no_op"}],
}


def open_presidio(options: Pii) -> Callable[[str], list[Found]]:
    """What presidio finds of the entities of the settings: in no order, possibly overlapping.

    Without `presidio_config` no model is loaded, and no names are found. Raises SettingsError where
    the package is not installed, or the configuration cannot be used.
    """
    engine = _open_engine(options.presidio_config)
    wanted = [name for name, entity in ENTITIES.items() if entity in options.entities]
    known = [name for name in engine.get_supported_entities(LANGUAGE) if name in wanted]

    def find(text: str) -> list[Found]:
        results = engine.analyze(text, language=LANGUAGE, entities=known, score_threshold=MIN_SCORE)
        return [Found(result.start, result.end, ENTITIES[result.entity_type]) for result in results]

    return find


def _open_engine(config: str | None) -> Any:  # noqa: ANN401 - presidio need not be installed
    try:
        presidio = importlib.import_module("presidio_analyzer")
        nlp = importlib.import_module("presidio_analyzer.nlp_engine")
        tldextract = importlib.import_module("tldextract")
    except ImportError as error:
        raise SettingsError(
            f"cleaning.pii.engine is presidio, and {error.name} is not installed:"
            " pip install 'ftdata[presidio]'"
        ) from error
    # Its list of top-level domains is in the package: nothing is fetched while texts are read.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=())
    if config is None:
        model = nlp.NlpEngineProvider(nlp_configuration=_NO_MODEL).create_engine()
        return presidio.AnalyzerEngine(nlp_engine=model, supported_languages=[LANGUAGE])
    if not Path(config).is_file():
        raise SettingsError(f"cleaning.pii.presidio_config: {config}: no such file")
    try:
        return presidio.AnalyzerEngineProvider(analyzer_engine_conf_file=config).create_engine()
    except (ValueError, TypeError, OSError, ImportError) as error:
        raise SettingsError(
            f"cleaning.pii.presidio_config: {config}: presidio cannot use it: {error}"
        ) from error
