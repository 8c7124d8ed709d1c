"""Reading printed files as a person would: pages, letters and their places, pictures, codes."""

from __future__ import annotations

import ctypes
import io
from dataclasses import dataclass
from typing import Any

import pypdf
import pypdfium2
import zxingcpp
from PIL import Image

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Letter:
    """One character on a page; left, bottom, right, top in points from the page's lower left corner."""

    char: str
    box: tuple[float, float, float, float]


class Printed:
    """A PDF file, read."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.document = pypdfium2.PdfDocument(data)

    def __len__(self) -> int:
        return len(self.document)

    def size_mm(self, page: int = 0) -> tuple[int, int]:
        """A page's width and height in millimetres."""
        width, height = self.document[page].get_size()
        return round(width / POINTS_PER_MM), round(height / POINTS_PER_MM)

    def text(self, page: int | None = None) -> str:
        """The words of a page, or of all, without space."""
        pages = range(len(self)) if page is None else [page]
        return "".join("".join(self.document[n].get_textpage().get_text_range().split()) for n in pages)

    def letters(self, page: int = 0) -> list[Letter]:
        """Every visible character of a page."""
        text = self.document[page].get_textpage()
        found = []
        for n in range(text.count_chars()):
            char = text.get_text_range(n, 1)
            if char.strip():
                found.append(Letter(char, text.get_charbox(n)))
        return found

    def outside(self, margin_mm: float = 0) -> list[tuple[int, str]]:
        """Characters nearer to a page's edge than the margin, or beyond it, with their page."""
        out = []
        for page in range(len(self)):
            width, height = self.document[page].get_size()
            edge = margin_mm * POINTS_PER_MM
            for letter in self.letters(page):
                left, bottom, right, top = letter.box
                if left < edge or bottom < edge or right > width - edge or top > height - edge:
                    out.append((page, letter.char))
        return out

    def picture(self, page: int = 0, wide: int = 1000) -> Image.Image:
        """A page as pixels."""
        sheet = self.document[page]
        made: Image.Image = sheet.render(scale=wide / sheet.get_size()[0]).to_pil()
        return made.convert("RGB")

    def codes(self, page: int = 0, wide: int = 2400) -> list[str]:
        """What the page's QR codes say."""
        return [code.text for code in zxingcpp.read_barcodes(self.picture(page, wide))]

    def half_empty(self, page: int = 0) -> float:
        """The share of the page's height below its last ink."""
        grey = self.picture(page, 400).convert("L").point(lambda value: 255 if value < 250 else 0)
        box = grey.getbbox()
        return 1 - box[3] / grey.height if box else 1.0

    def type_sizes(self, page: int = 0) -> set[float]:
        """The type sizes of a page's visible characters, in points."""
        text = self.document[page].get_textpage()
        raw = pypdfium2.raw
        return {
            round(raw.FPDFText_GetFontSize(text.raw, n), 2)
            for n in range(text.count_chars())
            if not raw.FPDFText_IsGenerated(text.raw, n) and text.get_text_range(n, 1).strip()
        }

    def ticks(self, page: int | None = None) -> int:
        """How many square outlines of 2 to 8 mm there are to tick, on a page or on all."""
        found = 0
        for n in range(len(self)) if page is None else [page]:
            for thing in self.document[n].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
                left, bottom, right, top = thing.get_bounds()
                found += abs((right - left) - (top - bottom)) < 0.3 and 2 < (right - left) / POINTS_PER_MM < 8 and _is_outline(thing)
        return found

    def widest_gap(self, page: int = 0, left: float = 0, right: float = 1) -> float:
        """The tallest stripe without ink, as a share of the page's height; `left` and `right` narrow it to a column."""
        picture = self.picture(page, 600)
        grey = picture.crop((int(left * picture.width), 0, int(right * picture.width), picture.height)).convert("L")
        ink = grey.point(lambda value: 0 if value > 245 else 255).convert("F").resize((1, grey.height), Image.Resampling.BOX)
        bare = [ink.getpixel((0, y)) == 0 for y in range(grey.height)]
        longest = run = 0
        for empty in bare:
            run = run + 1 if empty else 0
            longest = max(longest, run)
        return longest / grey.height

    def is_tagged(self) -> bool:
        """Whether a screen reader finds structure, a title and the language."""
        root: Any = pypdf.PdfReader(io.BytesIO(self.data)).trailer["/Root"]
        marked = root.get("/MarkInfo", {}).get("/Marked")
        shown = root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")
        claims = b"pdfuaid:part" in root["/Metadata"].get_data()
        return bool(marked) and "/StructTreeRoot" in root and str(root.get("/Lang", "")).startswith("zh") and bool(shown) and claims

    def fonts_are_inside(self) -> bool:
        """Whether each font travels with the file, as the part of it that is used."""
        fonts = [font.get_object() for page in pypdf.PdfReader(io.BytesIO(self.data)).pages for font in page["/Resources"].get("/Font", {}).values()]
        bare = [font for font in fonts if not any(_program(part.get_object()) for part in font.get("/DescendantFonts", [font]))]
        return bool(fonts) and not bare and all("+" in str(font["/BaseFont"]) for font in fonts)


def _is_outline(thing: Any) -> bool:
    """Whether a path is drawn and not filled."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pypdfium2.raw.FPDFPath_GetDrawMode(thing.raw, fill, stroke)
    return not fill.value and bool(stroke.value)


def _program(font: Any) -> bool:
    descriptor = font.get("/FontDescriptor", {})
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def contrast(picture: Image.Image) -> float:
    """The contrast of a picture's two most frequent colours that differ visibly (WCAG's ratio, 1 to 21)."""
    colours = sorted(picture.getcolors(maxcolors=1 << 24) or [], reverse=True)
    first = colours[0][1]
    second = next(colour for _, colour in colours[1:] if contrast_of(first, colour) > 1.5)
    return contrast_of(first, second)


def contrast_of(one: Any, other: Any) -> float:
    """WCAG's contrast of two colours, each red, green and blue from 0 to 255."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = [value / 255 for value in colour]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
