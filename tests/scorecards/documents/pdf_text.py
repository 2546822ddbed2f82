"""The words of a PDF, as a reader would copy them."""

import io

from pypdf import PdfReader


def pdf_text(data: bytes) -> str:
    """All pages, one after the other; places at which a long word may break are left out."""
    return "\n".join(pdf_pages(data))


def pdf_pages(data: bytes) -> list[str]:
    """The words of each page."""
    return [page.extract_text().replace("\u200b", "") for page in PdfReader(io.BytesIO(data)).pages]
