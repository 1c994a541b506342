"""Formulas in titles as plain letters: "$\\ell_1$ in $O(\\log n)$" reads "ℓ1 in O(log n)". Pure.

For lists, window titles, feeds and email, where nothing can be set. What is not known stays as it
is: better seen than lost.
"""

from __future__ import annotations

import re

from papers.text.memoizing import memoize

_FORMULA = re.compile(r"\$(?![\s$])((?:\\.|[^$\\\n]){1,300}?)(?<!\s)\$|\\\((.{1,300}?)\\\)")
_IS_MATH = re.compile(r"[\\^_{}=<>+*|]|^[A-Za-z]'?$|^[A-Za-z]\([A-Za-z, ]+\)$")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*|\\(.)")
_RAISED = re.compile(r"\^\{([^{}]*)\}|\^(.)")
_LOWERED = re.compile(r"_\{([^{}]*)\}|_(.)")

_LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ", "infty": "∞", "partial": "∂", "nabla": "∇",
    "times": "×", "cdot": "·", "pm": "±", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
    "neq": "≠", "ne": "≠", "approx": "≈", "sim": "∼", "in": "∈", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "mapsto": "↦", "forall": "∀", "exists": "∃", "sum": "∑", "prod": "∏",
    "int": "∫", "sqrt": "√", "star": "⋆", "ast": "∗", "dagger": "†", "circ": "∘", "ldots": "…",
    "dots": "…", "cdots": "⋯", "subset": "⊂", "cup": "∪", "cap": "∩", "otimes": "⊗", "oplus": "⊕",
    "propto": "∝", "epsilon_": "ϵ", "top": "⊤", "perp": "⊥", "mid": "|", "ll": "≪", "gg": "≫",
}  # fmt: skip
_NAMES = ("log", "ln", "exp", "min", "max", "arg", "sin", "cos", "tan", "dim", "det", "lim", "sup")
_DRESS = ("mathcal", "mathbb", "mathbf", "mathrm", "mathsf", "mathit", "text", "textit", "textbf",
          "textrm", "texttt", "textsf", "operatorname", "boldsymbol", "bm", "left", "right", "big",
          "tilde", "hat", "bar", "widehat", "widetilde", "vec", "rm", "it", "bf",
          "textsc")  # fmt: skip
_HIGH = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")


def to_letters(text: str) -> str:
    """The text with its formulas in plain letters; most texts have none and are done."""
    return _convert(text) if "$" in text or "\\(" in text else text


@memoize(1 << 11)
def _convert(text: str) -> str:
    return _FORMULA.sub(lambda found: _read(found[1] or found[2], found[0]), text)


def _read(formula: str, whole: str) -> str:
    if not _IS_MATH.search(formula):
        return whole  # two prices are no formula
    text = _COMMAND.sub(_name, formula)
    text = _RAISED.sub(lambda found: _raise(found[1] or found[2] or ""), text)
    text = _LOWERED.sub(lambda found: found[1] or found[2] or "", text)
    return " ".join(text.replace("{", "").replace("}", "").split())


def _name(found: re.Match[str]) -> str:
    name = found[1]
    if name is None:
        return {",": " ", ";": " ", ":": " ", "!": "", " ": " "}.get(found[2], found[2])
    if name in _DRESS:
        return ""
    if name in _NAMES:
        return f"{name} "
    return _LETTERS.get(name, name)


def _raise(text: str) -> str:
    high = text.translate(_HIGH)
    is_high = all(one in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ" for one in high)
    return high if is_high and high else f"^{text}" if len(text) < 2 else f"^({text})"
