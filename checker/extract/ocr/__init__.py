"""Reads text from pictures: with tesseract where it is installed with Norwegian, else with rapidocr where that is.

The pages get a text layer and are read as a PDF is; each block gets the confidence of the words that it holds.

Measured (extraction notes): tesseract 95–98 % of the words of ordinary scans at 200 dpi, 2–4 s a page. rapidocr
3.10 on the same kind of page: ``tests/extract/test_ocr.py``; it is slower, and loses the stroke of a capital Ø.
"""

from checker.extract.ocr.engine import Engine, Recognised, Word
from checker.extract.ocr.rapid import has_rapidocr, rapid_engine
from checker.extract.ocr.reading import MOST_PAGES, read_picture, read_scanned_pdf
from checker.extract.ocr.tesseract import tesseract_engine

__all__ = [
    "MOST_PAGES",
    "Engine",
    "Recognised",
    "Word",
    "has_rapidocr",
    "rapid_engine",
    "read_picture",
    "read_scanned_pdf",
    "tesseract_engine",
]
