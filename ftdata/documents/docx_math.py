r"""Equations of a docx file as LaTeX: `x` over `2` becomes `\frac{x}{2}`.

Office Math Markup Language: ISO/IEC 29500-1, section 22.1.
"""

from __future__ import annotations

from collections.abc import Callable

from ftdata.documents.docx_package import child, local, value
from ftdata.documents.elements import Element, all_text

_DEEPEST = 40  # elements in one another; what is deeper is written in one line
_FUNCTIONS = frozenset(
    ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "arcsin", "arccos",
     "arctan", "log", "ln", "lg", "exp", "lim", "max", "min", "sup", "inf", "det", "dim", "gcd")
)  # fmt: skip
_SIGNS = {
    "π": r"\pi", "∞": r"\infty", "×": r"\times", "·": r"\cdot", "⋅": r"\cdot", "≤": r"\leq",
    "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "±": r"\pm", "∓": r"\mp", "÷": r"\div",
    "→": r"\to", "←": r"\leftarrow", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow", "∈": r"\in",
    "∉": r"\notin", "⊂": r"\subset", "⊆": r"\subseteq", "∪": r"\cup", "∩": r"\cap",
    "∅": r"\emptyset", "∀": r"\forall", "∃": r"\exists", "∂": r"\partial", "∇": r"\nabla",
    "√": r"\sqrt", "∝": r"\propto", "∧": r"\wedge", "∨": r"\vee", "¬": r"\neg", "α": r"\alpha",
    "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "ϵ": r"\epsilon",
    "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "λ": r"\lambda", "μ": r"\mu", "ν": r"\nu",
    "ξ": r"\xi", "ρ": r"\rho", "σ": r"\sigma", "τ": r"\tau", "φ": r"\varphi", "ϕ": r"\phi",
    "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta",
    "Λ": r"\Lambda", "Ξ": r"\Xi", "Π": r"\Pi", "Σ": r"\Sigma", "Φ": r"\Phi", "Ψ": r"\Psi",
    "Ω": r"\Omega", "…": r"\ldots", "⋯": r"\cdots", "−": "-", "–": "-", "∑": r"\sum",
    "∏": r"\prod", "∫": r"\int", "∬": r"\iint", "∭": r"\iiint", "∮": r"\oint", "∯": r"\oiint",
    "∰": r"\oiiint", "⋃": r"\bigcup", "⋂": r"\bigcap", "⋀": r"\bigwedge", "⋁": r"\bigvee",
    "⏞": r"\overbrace", "⏟": r"\underbrace", "%": r"\%", "#": r"\#", "&": r"\&",
}  # fmt: skip
_ACCENTS = {
    "\u0302": r"\hat", "\u0303": r"\tilde", "\u0304": r"\bar", "\u0305": r"\overline",
    "\u0307": r"\dot", "\u0308": r"\ddot", "\u20d7": r"\vec",
}  # fmt: skip


def latex(element: Element) -> str:
    """An `oMath` element as LaTeX, without the marks around it."""
    return " ".join(_inner(element, 0).split())


def _inner(element: Element | None, depth: int) -> str:
    if element is None:
        return ""
    if depth > _DEEPEST:
        return _signs(all_text(element))
    return "".join(_one(each, depth + 1) for each in element)


def _one(element: Element, depth: int) -> str:
    name = local(element)
    if name == "t":
        return _signs(element.text or "")
    if name.endswith("Pr"):
        return ""
    made = _MAKERS.get(name)
    return made(element, depth) if made else _inner(element, depth)


def _signs(text: str) -> str:
    if text.isascii():
        return text.replace("%", r"\%").replace("#", r"\#").replace("&", r"\&")
    return "".join(f" {_SIGNS[sign]} " if sign in _SIGNS else sign for sign in text)


def _part(element: Element, name: str, depth: int) -> str:
    return _inner(child(element, name), depth).strip()


def _fraction(element: Element, depth: int) -> str:
    over, under = _part(element, "num", depth), _part(element, "den", depth)
    if value(child(element, "fPr", "type")) == "noBar":
        return rf"\genfrac{{}}{{}}{{0pt}}{{}}{{{over}}}{{{under}}}"
    return rf"\frac{{{over}}}{{{under}}}"


def _scripts(element: Element, depth: int) -> str:
    made = _part(element, "e", depth)
    for name, mark in (("sub", "_"), ("sup", "^")):
        script = _part(element, name, depth)
        made += f"{mark}{{{script}}}" if script else ""
    return made


def _large(element: Element, depth: int) -> str:
    sign = value(child(element, "naryPr", "chr")) or "∫"
    low, high = _part(element, "sub", depth), _part(element, "sup", depth)
    limits = (f"_{{{low}}}" if low else "") + (f"^{{{high}}}" if high else "")
    return f"{_SIGNS.get(sign, sign)}{limits} {_part(element, 'e', depth)}"


def _brackets(element: Element, depth: int) -> str:
    properties = child(element, "dPr")
    opened = value(child(properties, "begChr")) or "("
    closed = value(child(properties, "endChr")) or ")"
    inner = ", ".join(_inner(each, depth).strip() for each in element if local(each) == "e")
    opened, closed = (rf"\{mark}" if mark in "{}" else mark for mark in (opened, closed))
    return rf"\left{opened}{inner}\right{closed}"


def _root(element: Element, depth: int) -> str:
    degree = _part(element, "deg", depth)
    return rf"\sqrt{f'[{degree}]' if degree else ''}{{{_part(element, 'e', depth)}}}"


def _function(element: Element, depth: int) -> str:
    name, of = _part(element, "fName", depth), _part(element, "e", depth)
    word, mark, rest = name.partition("_")
    if word in _FUNCTIONS:
        name = rf"\{word}{mark}{rest}"
    return f"{name}{of}" if of.startswith(("(", r"\left")) else f"{name} {of}"


def _limit(element: Element, depth: int) -> str:
    mark = "_" if local(element) == "limLow" else "^"
    return f"{_part(element, 'e', depth)}{mark}{{{_part(element, 'lim', depth)}}}"


def _group(element: Element, depth: int) -> str:
    sign = value(child(element, "groupChrPr", "chr")) or "⏟"
    return f"{_SIGNS.get(sign, '')}{{{_part(element, 'e', depth)}}}"


def _accent(element: Element, depth: int) -> str:
    sign = value(child(element, "accPr", "chr")) or "\u0302"
    return f"{_ACCENTS.get(sign, '')}{{{_part(element, 'e', depth)}}}"


def _bar(element: Element, depth: int) -> str:
    return rf"\overline{{{_part(element, 'e', depth)}}}"


def _matrix(element: Element, depth: int) -> str:
    rows = [
        " & ".join(_inner(cell, depth).strip() for cell in row if local(cell) == "e")
        for row in element
        if local(row) == "mr"
    ]
    return r"\begin{matrix}" + r" \\ ".join(rows) + r"\end{matrix}"


def _lines(element: Element, depth: int) -> str:
    rows = [_inner(each, depth).strip() for each in element if local(each) == "e"]
    if len(rows) == 1:
        return rows[0]
    return r"\begin{aligned}" + r" \\ ".join(rows) + r"\end{aligned}"


_MAKERS: dict[str, Callable[[Element, int], str]] = {
    "f": _fraction,
    "sSub": _scripts,
    "sSup": _scripts,
    "sSubSup": _scripts,
    "nary": _large,
    "d": _brackets,
    "rad": _root,
    "func": _function,
    "limLow": _limit,
    "limUpp": _limit,
    "groupChr": _group,
    "acc": _accent,
    "bar": _bar,
    "m": _matrix,
    "eqArr": _lines,
}
