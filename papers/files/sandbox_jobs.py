"""What the sandbox runs on uploaded files; `sandboxed` is the site's side.

A picture is decoded and drawn anew, so that nothing of the uploaded bytes is served: no metadata
(EXIF with the place it was taken at, comments, color profiles), nothing appended, no script.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from papers.files.found_in_file import Document, Drawn

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MOST_PIXELS = 50_000_000
"""Of an uploaded picture; a phone's photo has 12 to 50 million."""

LONGEST_SIDE = 4_000
LARGEST_PICTURE = 10_000_000
LOGO = (480, 96)
"""Width and height in pixels: three times what the bar at the head of a page has room for."""
LONGEST_FIRST_PAGE = 20_000
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
LARGEST_LIST = 200_000
BROKEN_PDF = (
    PyPdfError, ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError,
    NotImplementedError, RecursionError,
)  # fmt: skip
"""What pypdf raises on broken bytes."""

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def draw(data: bytes) -> Drawn:
    """The picture as WebP (from JPEG) or PNG, upright, at most 4,000 pixels on a side."""
    return _try_to_draw(data, (LONGEST_SIDE, LONGEST_SIDE))


def draw_logo(data: bytes) -> Drawn:
    """The same, within the size of a logo."""
    return _try_to_draw(data, LOGO)


def _try_to_draw(data: bytes, most: tuple[int, int]) -> Drawn:
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            return _draw(opened, most)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Drawn("vast")
    except UnidentifiedImageError:
        return Drawn("unknown")
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError):
        return Drawn("damaged")  # Pillow raises any of these on broken bytes


def _draw(opened: Image.Image, most: tuple[int, int]) -> Drawn:
    is_photo = opened.format == "JPEG"
    if opened.width * opened.height > MOST_PIXELS or not opened.width or not opened.height:
        return Drawn("vast")
    if is_photo:  # decoded at half or a quarter of its size where that is enough
        opened.draft("RGB", most)
    opened.load()
    ImageOps.exif_transpose(opened, in_place=True)
    opened.thumbnail(most, Image.Resampling.LANCZOS)
    has_alpha = opened.has_transparency_data
    plain = opened.convert("RGBA" if has_alpha else "RGB")
    fresh = Image.new(plain.mode, plain.size)  # pixels only: no `info` comes along
    fresh.paste(plain)
    made = _encode(fresh, "WEBP" if is_photo else "PNG")
    if len(made.content) > LARGEST_PICTURE:
        made = _encode(fresh, "WEBP")
    return Drawn("large") if len(made.content) > LARGEST_PICTURE else made


def _encode(image: Image.Image, name: str) -> Drawn:
    written = BytesIO()
    if name == "WEBP":
        image.save(written, "WEBP", quality=85, method=3)
    else:
        image.save(written, "PNG", compress_level=6)
    return Drawn("", f"image/{name.lower()}", written.getvalue(), image.width, image.height)


def read_document(data: bytes) -> Document:
    """What a PDF or a PowerPoint file is. Its bytes are served as they came, in a sandbox."""
    if data.startswith(b"%PDF-"):
        return _read_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _read_slides(data)
    return Document("unknown")


def _read_pdf(data: bytes) -> Document:
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return Document("locked")
        pages = len(reader.pages)
        if not pages:
            return Document("damaged")
        about = reader.metadata
        text = reader.pages[0].extract_text()[:LONGEST_FIRST_PAGE]
    except BROKEN_PDF:
        return Document("damaged")
    title = (about.title if about else "") or ""
    author = (about.author if about else "") or ""
    names = [one.strip() for one in re.split(r"[;,]| and ", str(author)) if one.strip()]
    return Document("", "application/pdf", pages, str(title)[:500], _clean(text), names[:100])


def _clean(text: str) -> str:
    """Text without halves of pairs and control characters, as it can travel and be stored."""
    whole = text.encode("utf-8", "ignore").decode()
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", whole)


def _read_slides(data: bytes) -> Document:
    """PowerPoint by what its container lists; nothing in it is unpacked but that list of types."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as container:
            names = set(container.namelist())
            if not {"[Content_Types].xml", "ppt/presentation.xml"} <= names:
                return Document("unknown")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return Document("unknown")
            with container.open("[Content_Types].xml") as kinds:
                if b"presentationml.presentation" not in kinds.read(LARGEST_LIST):
                    return Document("unknown")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return Document("damaged")
    slides = sum(bool(re.fullmatch(r"ppt/slides/slide\d+\.xml", name)) for name in names)
    return Document("", PPTX, slides)


def warm_up() -> None:
    """Load the readers of all formats ahead of the first file."""
    Image.preinit()
    drawn = BytesIO()
    Image.new("RGB", (2, 2)).save(drawn, "JPEG")
    draw(drawn.getvalue())
