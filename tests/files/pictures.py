"""Pictures and documents for tests, harmless and hostile."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

from PIL import Image, PngImagePlugin

SCRIPT = b"<script>alert(document.domain)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"


def draw(
    kind: str = "PNG", size: tuple[int, int] = (8, 6), mode: str = "RGB", **how: object
) -> bytes:
    """A picture with a gradient, so that it does not compress to nothing."""
    image = Image.linear_gradient("L").resize(size).convert(mode)
    written = BytesIO()
    image.save(written, kind, **how)
    return written.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def claim_png(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG that says it is so large."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(body or b"\x00" * 1000))
    return b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b"")


def draw_with_place() -> bytes:
    """A photo that says where it was taken, by whom, and which way is up."""
    exif = Image.Exif()
    exif[0x010E] = "g3heim"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 0.0), 3: "E", 4: (11.0, 34.0, 0.0)})
    return draw("JPEG", (60, 20), exif=exif, comment=b"g3heim")


def draw_with_text() -> bytes:
    """A PNG with words in its chunks and a profile."""
    about = PngImagePlugin.PngInfo()
    about.add_text("Comment", "g3heim" + SCRIPT.decode(), zip=True)
    return draw("PNG", pnginfo=about, icc_profile=b"g3heim" * 50)


def bomb_text() -> bytes:
    """A PNG with a comment that unpacks to 60 MB."""
    body = b"Comment\x00\x00" + zlib.compress(b"x" * 60_000_000)
    plain = draw("PNG")
    return plain[:33] + chunk(b"zTXt", body) + plain[33:]


def write_pdf(title: str = "On graphs", tail: bytes = b"") -> bytes:
    """The smallest PDF with a page and a title."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        b"<< /Title (" + title.encode() + b") >>",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(written))
        written += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    start = len(written)
    written += b"xref\n0 5\n0000000000 65535 f \n"
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer << /Size 5 /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    return written + tail


def write_slides(**more: bytes) -> bytes:
    """A container of PowerPoint with one slide."""
    written = BytesIO()
    kinds = b"<Types application/vnd.openxmlformats-officedocument.presentationml.presentation />"
    files = {"[Content_Types].xml": kinds, "ppt/presentation.xml": b"<p/>",
             "ppt/slides/slide1.xml": b"<p/>", **more}  # fmt: skip
    with ZipFile(written, "w") as container:
        for name, content in files.items():
            container.writestr(name, content)
    return written.getvalue()


def list_hostile() -> dict[str, bytes]:
    """Files that claim to be pictures: each is refused, or what is left of it is a picture."""
    png, jpeg, gif = draw("PNG"), draw("JPEG"), draw("GIF", mode="P")
    html = b"<!doctype html><html>" + SCRIPT
    return {
        "svg with a script": SVG,
        "svg behind an xml head": b"<?xml version='1.0'?>" + SVG,
        "svg in gzip": zlib.compress(SVG, wbits=31),
        "page named png": html,
        "script named png": b"alert(1)//",
        "xhtml": b"<html xmlns='http://www.w3.org/1999/xhtml'>" + SCRIPT + b"</html>",
        "pdf named png": write_pdf(),
        "zip named png": write_slides(),
        "program": b"MZ\x90\x00" + b"\x00" * 200,
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file\n",
        "bmp": draw("BMP"),
        "tiff": draw("TIFF"),
        "icon": draw("ICO", (16, 16)),
        "ppm": draw("PPM"),
        "psd head": b"8BPS" + b"\x00" * 100,
        "empty head of a png": b"\x89PNG\r\n\x1a\n",
        "png cut short": png[: len(png) // 2],
        "jpeg cut short": draw("JPEG", (300, 300))[:900],
        "gif cut short": gif[:20],
        "webp cut short": draw("WEBP")[:30],
        "png with a wrong sum": png[:40] + b"\xff\xff" + png[42:],
        "png bomb of 50,000 x 50,000": claim_png(50_000, 50_000),
        "png bomb that unpacks to 300 MB": claim_png(10_000, 10_000, b"\x00" * 300_000_000),
        "gif bomb of 65,535 x 65,535": b"GIF89a\xff\xff\xff\xff\x80\x00\x00" + gif[13:],
        "jpeg bomb of 65,500 x 65,500": claim_jpeg(65_500),
        "png of no size": claim_png(0, 10),
        "png with a text that unpacks to 60 MB": bomb_text(),
        "png and page in one": png + html,
        "jpeg and zip in one": jpeg + write_slides(),
        "gif and script in one": b"GIF89a/*" + gif[8:] + b"*/=1;alert(1)",
        "png with a script in its words": draw_with_text(),
        "jpeg with the place it was taken at": draw_with_place(),
        "jpeg with a script as comment": draw("JPEG", comment=SCRIPT),
        "nothing but zeros": b"\x00" * 1000,
    }  # fmt: skip


def claim_jpeg(side: int) -> bytes:
    """A JPEG whose head says it is so large."""
    jpeg = draw("JPEG")
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", side, side) + jpeg[at + 4 :]
