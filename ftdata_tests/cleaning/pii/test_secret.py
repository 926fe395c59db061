"""Secrets. The values are made up; vendor keys are put together here, so that none is whole."""

import pytest

from ftdata.cleaning.pii.redact import redact_text
from ftdata_tests.cleaning.pii.cases import expect

HEX = "0123456789abcdef"
LETTERS = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


@pytest.mark.parametrize(
    "key",
    [
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ghp_" + LETTERS,
        "sk-" + LETTERS,
        "sk-proj-" + LETTERS,
        "xoxb-" + "123456789012-abcdef",
        "AIza" + LETTERS[:35],
        "sk_live_" + LETTERS[:24],
        "sk-ant-api03-" + LETTERS,
        "SG." + LETTERS[:22] + "." + LETTERS + "abcdefg",
        "dop_v1_" + HEX * 4,
        "dapi" + HEX * 2,
        "key-" + HEX * 2,
        "shpat_" + HEX * 2,
        "sq0atp-" + LETTERS[:22],
        "pypi-AgEI" + LETTERS * 2,
        "ya29." + LETTERS,
        "GOCSPX-" + LETTERS[:28],
        "110201543:AA" + LETTERS[:33],
        "https://hooks.slack.com/services/" + "T0000000/B0000000/" + LETTERS[:24],
        "hvs." + LETTERS,
        "AGE-SECRET-KEY-" + "1" + LETTERS.upper() * 2,
        "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0" + ".dozjgNryP4J3jVmNHl0w5N_XgL0n",
    ],
)
def test_vendor_keys(key):
    expect("SECRET", f"use ‹{key}› for it")


@pytest.mark.parametrize(
    "marked",
    [
        "password: ‹hunter2!x›",
        "My password is ‹Tr0ub4dor›.",
        "export API_KEY=‹9f8e7d6c5b4a›",
        '{"password": "‹correcthorse›", "user": "x"}',
        '{\\"client_secret\\": \\"‹s3cr3tvalue›\\"}',
        "Authorization: Bearer ‹abcdef0123456789abcdef›",
        "postgres://admin:‹pa55word›@db.corp.org:5432/x",
        "mongodb+srv://app:‹p4ssW0rd›@cluster0.corp.org/db",
        "redis://:‹onlyletters›@cache:6379",
        "AccountName=shop;AccountKey=‹abcdEFGH0123+/==›;EndpointSuffix=corp.org",
        "Server=db;User Id=sa;Password=‹letters›;Encrypt=yes",
        "jdbc:mysql://db.corp.org/x?user=me&password=‹letters›&useSSL=true",
        "https://x.blob.corp.org/c?sv=2022&sig=‹abcDEF%2Fxyz%3D›",
        "HEROKU_API_KEY=‹01234567-89ab-cdef-0123-456789abcdef›",
        "‹-----BEGIN PGP PRIVATE KEY BLOCK-----\nabc\n-----END PGP PRIVATE KEY BLOCK-----›",
        "‹-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc=\n-----END RSA PRIVATE KEY-----› end",
        "‹-----BEGIN PRIVATE KEY-----\nMIIEowIBAAKCAQEA1234\nMIIEowIBAAKCAQEA1234›\ncut off",
    ],
)
def test_named_secrets(marked):
    expect("SECRET", marked)


@pytest.mark.parametrize(
    "text",
    [
        "I forgot my password, the password is incorrect.",
        "password: required, at least 8 characters",
        'token: str = "string"',
        "max_tokens: 4096, token = 128000, tokens=12ab34cd",
        'api_key="YOUR_API_KEY"; password=${DB_PASSWORD}; secret: <secret1>',
        "token = get_token1(user)",
        "https://corp.org/a:b@c, mailto:x",
        "task-management-in-2024-is-hard, ask-me-anything-123456789012345",
        "The secret is patience and time.",
        "password: [SECRET]",
        "https://corp.org/x?password=<your password>&token=YOUR_TOKEN, ?sig=[SECRET]&x",
        "sk_buff sk_live, key-value-0123, dapi, ACABCDEF, xai-2024, discord",
    ],
)
def test_no_secrets(text):
    assert redact_text(text, ["SECRET"]).text == text
