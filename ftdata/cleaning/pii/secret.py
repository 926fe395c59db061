"""Keys, tokens and passwords: the vendors' own prefixes, and values that are named as secrets.

Anchored patterns, not entropy: on support conversations full of ids entropy is nearly always wrong.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from ftdata.cleaning.gate import any_of, search_of
from ftdata.cleaning.pii.recogniser import Place, Recogniser

_VENDOR = re.compile(
    r"(?<![A-Za-z0-9_-])(?:"
    r"(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])"  # Amazon
    r"|gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{22,255}"  # GitHub
    r"|glpat-[A-Za-z0-9_-]{20,64}"  # GitLab
    r"|sk-(?=[A-Za-z_-]{0,64}[0-9])[A-Za-z0-9_-]{20,255}"  # OpenAI, Anthropic
    r"|(?:[rs]k|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,255}"  # Stripe
    r"|xox[abeoprs]-[A-Za-z0-9-]{10,255}|xapp-[A-Za-z0-9-]{20,255}"  # Slack
    r"|AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,512}|GOCSPX-[A-Za-z0-9_-]{20,64}"  # Google
    r"|hf_[A-Za-z0-9]{30,64}|npm_[A-Za-z0-9]{36}"  # Hugging Face, npm
    r"|pypi-AgEI[A-Za-z0-9_-]{40,512}|dapi[0-9a-f]{32}"  # PyPI, Databricks
    r"|SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}|key-[0-9a-f]{32}"  # SendGrid, Mailgun
    r"|(?:AC|SK)[0-9a-f]{32}"  # Twilio
    r"|do[opr]_v1_[0-9a-f]{64}|hv[sb]\.[A-Za-z0-9_-]{20,255}"  # DigitalOcean, HashiCorp
    r"|shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"  # Shopify
    r"|sq0[a-z]{3}-[A-Za-z0-9_-]{22,64}|EAAA[A-Za-z0-9_-]{56,64}"  # Square
    r"|[0-9]{8,10}:AA[A-Za-z0-9_-]{33}"  # Telegram
    r"|[MNO][A-Za-z0-9_-]{22,27}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,40}"  # Discord
    r"|https://hooks\.slack\.com/services/[A-Za-z0-9/]{20,128}"
    r"|https://discord(?:app)?\.com/api/webhooks/[0-9]{10,24}/[A-Za-z0-9_-]{20,128}"
    r"|gsk_[A-Za-z0-9]{40,64}|r8_[A-Za-z0-9]{30,64}|xai-[A-Za-z0-9]{40,128}"  # Groq, Replicate, xAI
    r"|lin_api_[A-Za-z0-9]{30,64}|PMAK-[A-Za-z0-9-]{40,80}|NRAK-[A-Z0-9]{20,40}"  # Linear, Postman
    r"|AGE-SECRET-KEY-1[A-Z0-9]{40,80}"
    r"|eyJ[A-Za-z0-9_-]{8,8000}\.eyJ[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{0,8000}"  # JSON Web Token
    r")"
)
_BEARER = re.compile(r"(?i)\bbearer[ ]{1,4}(?=[A-Za-z._~+/-]{0,64}[0-9])([\w.~+/-]{16,8000}={0,2})")
_PEM = re.compile(r"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----")
_PEM_LINES = re.compile(r"(?:(?:\s|\\[nr])*[A-Za-z0-9+/=]{16,})*")
_LOGIN = re.compile(r"://[^\s/:@\"'<>]{0,64}:(?!\[[A-Z_]+\]@)([^\s/\"'<>]{1,128})@")
# password= in the query of an address or in a connection string: ";Pwd=…;", "?sig=…&".
_PARAMETER = re.compile(
    r"[;?&] ?(?:pass(?:word|wd|phrase)?|pwd|sig|(?:(?:access|auth|refresh|id)[_-]?)?token"
    r"|api[_-]?key|(?:client[_-]?)?secret|(?:shared)?(?:access|account)key) ?= ?"
    r"([^\s;&\"'`<>#()\[\]\\]{3,512}|\[[A-Z_]{1,20}\])",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(api[ _-]?key|(?:access|secret|private|account)[ _-]?key|token|passw(?:or)?d|passcode"
    r"|passphrase|pwd|secret)\\?[\"'`*]{0,2}[ \t]{0,4}(?::=|=>|[:=]|is\b)[ \t*]{0,4}"
)
_NAMES = ("key", "token", "passw", "passcode", "passphrase", "pwd", "secret")
_QUOTED = re.compile(r"(\\?[\"'`])((?:(?!\1)(?:\\.|[^\\\s])){6,512})(?=\1|\Z)")
_BARE = re.compile(r"[^\s\"'`,;<>(){}\[\]\\]{6,512}")
_SAMPLE = re.compile(
    r"(?i)(?-i:\[[A-Z_]+\])|[<${%*]|https?:|(?:your|my|some|the|xxx|insert|enter)(?:[^a-z]|\Z)"
    r"|(?:string|password|secret|required|optional|undefined|example|changeme|integer|boolean"
    r"|number)\Z"
)
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
# Without any of these the vendors' pattern, which is slow, is not tried.
_PREFIXES = (
    "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "sk-", "sk_",
    "rk_", "whsec_", "xox", "xapp-", "AIza", "ya29.", "GOCSPX-", "hf_", "npm_", "pypi-A", "dapi",
    "SG.", "key-", "AC", "SK", "_v1_", "hvs.", "hvb.", "shpat_", "shpca_", "shppa_", "shpss_",
    "sq0", "EAAA", ":AA", "discord", "hooks.", "r8_", "xai-", "lin_api_", "PMAK-", "NRAK-",
    "eyJ", "KEY-1",
)  # fmt: skip
_PREFIX = "|".join(map(re.escape, _PREFIXES))
_GATE = any_of((*_NAMES, "bearer", "://", "sig=", "-----BEGIN")) + f"|(?-i:{_PREFIX})"


def find_secrets(text: str) -> Iterator[Place]:
    """Vendor keys, JWT, bearer tokens, private keys, passwords in URLs, `name: value` pairs."""
    if search_of(_PREFIX)(text):
        yield from (found.span() for found in _VENDOR.finditer(text))
    if "earer" in text:
        yield from (found.span(1) for found in _BEARER.finditer(text))
    if "://" in text:
        yield from (found.span(1) for found in _LOGIN.finditer(text))
    if "=" in text:
        for found in _PARAMETER.finditer(text):
            if not _SAMPLE.match(found.group(1)):
                yield found.span(1)
    if "-----BEGIN " in text:
        yield from _find_pem(text)
    lowered = text.translate(_LOWER)
    if any(name in lowered for name in _NAMES):
        yield from _find_named(text, lowered)


def _find_pem(text: str) -> Iterator[Place]:
    """PEM blocks; of one that was cut off, the lines that look like base64."""
    last_footer = text.rfind("-----END ")
    end = 0
    while begin := _PEM.search(text, end):
        if begin.end() <= last_footer:
            closed = text.find("-----", text.find("-----END ", begin.end()) + 9)
            end = closed + 5 if closed >= 0 else len(text)
        else:
            lines = _PEM_LINES.match(text, begin.end())
            end = lines.end() if lines else begin.end()
        yield begin.start(), end


def _find_named(text: str, lowered: str) -> Iterator[Place]:
    # Case is folded before and not in the pattern, which is several times slower that way.
    done = 0
    for name in _NAME.finditer(lowered):
        if name.end() < done:  # inside a value that was looked at: a=b=c=… would take forever
            continue
        quoted = _QUOTED.match(text, name.end())
        if quoted:
            if not _SAMPLE.match(quoted.group(2)):
                yield quoted.span(2)
        elif (bare := _BARE.match(text, name.end())) and text[bare.end() : bare.end() + 1] not in (
            "(",
            "[",
        ):
            value = bare.group().rstrip(".!?:*")
            if len(value) >= 6 and _looks_secret(name.group(1), value):
                yield bare.start(), bare.start() + len(value)
            if not _SAMPLE.match(value):
                done = bare.end()


def _looks_secret(name: str, value: str) -> bool:
    """A bare value must hold a digit, and a letter too where numbers are common ("token: 4096")."""
    if _SAMPLE.match(value) or not any("0" <= char <= "9" for char in value):
        return False
    return name.startswith("pass") or any(map(str.isalpha, value))


SECRET = Recogniser(find_secrets, gate=_GATE)
