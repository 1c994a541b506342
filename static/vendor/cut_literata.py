"""Cut Literata to what the site shows; `static/vendor/renew` runs this where fonttools is.

    python cut_literata.py FOLDER

In FOLDER, each `literata-(latin|latin-ext)-opsz-STYLE.woff2` of Fontsource gives way to

- `literata-basic-STYLE.woff2`: the letters of English and its neighbours, fetched by every page;
- `literata-latin-STYLE.woff2`: the rest of Latin-1, fetched where a page holds one of its letters;
- `literata-latin-ext-STYLE.woff2`: Latin extended, likewise.

The roman keeps the weights and optical sizes of css/tokens.css, the italic one of each. The ranges
of characters are printed as tokens.css names them.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

AXES: dict[str, dict[str, float | tuple[float, float]]] = {
    "normal": {"wght": (400, 600), "opsz": (12, 28)},
    "italic": {"wght": 400, "opsz": 18},
}
PUNCTUATION = (*range(0x2010, 0x2016), *range(0x2018, 0x201F), 0x2022, 0x2026, 0x2032, 0x2033)
SIGNS = (0xA0, 0xA7, 0xA9, 0xAB, 0xB0, 0xB1, 0xB5, 0xB7, 0xBB, 0xD7, 0x2039, 0x203A, 0x2191, 0x2193)
CAPITALS = (0xC1, 0xC4, 0xC5, 0xC7, 0xC9, 0xD6, 0xD8, 0xDC)
SMALL = (*range(0xDF, 0xE6), *range(0xE7, 0xF0), *range(0xF1, 0xF7), *range(0xF8, 0xFD))
BASIC = {*range(0x20, 0x7F), *SIGNS, *CAPITALS, *SMALL, *PUNCTUATION, 0x2212}


def cut(source: Path, target: Path, style: str, characters: Iterable[int]) -> None:
    """Write the characters of `source` with the axes of its style, without hints."""
    font = instantiateVariableFont(TTFont(source, recalcTimestamp=False), AXES[style])
    if "gvar" in font:  # glyphs that do not vary are missing there, and the subsetter asks for all
        for glyph in font.getGlyphOrder():
            font["gvar"].variations.setdefault(glyph, [])
    options = Options()
    options.layout_features, options.hinting = ["*"], False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # with copyright and licence
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)


def as_css(characters: set[int]) -> str:
    """`unicode-range` of the characters: U+20-7E, U+A0, ..."""
    starts = sorted(code for code in characters if code - 1 not in characters)
    ends = sorted(code for code in characters if code + 1 not in characters)
    return ", ".join(
        f"U+{start:X}" if start == end else f"U+{start:X}-{end:X}"
        for start, end in zip(starts, ends, strict=True)
    )


def main(folder: Path) -> None:
    """Replace the four files of Fontsource by six smaller ones."""
    for style in AXES:
        latin = folder / f"literata-latin-opsz-{style}.woff2"
        extended = folder / f"literata-latin-ext-opsz-{style}.woff2"
        known = set(TTFont(latin).getBestCmap())
        parts = [
            (latin, "basic", known & BASIC),
            (latin, "latin", known - BASIC),
            (extended, "latin-ext", set(TTFont(extended).getBestCmap()) - known),
        ]
        for source, name, characters in parts:
            target = folder / f"literata-{name}-{style}.woff2"
            cut(source, target, style, characters)
            print(target.name, target.stat().st_size, as_css(characters), sep="\n  ")
        latin.unlink()
        extended.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
