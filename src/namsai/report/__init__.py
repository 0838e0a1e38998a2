"""The report: one document as data (blocks), in Lao or English, written as PDF or as a page for the web."""

from namsai.report.blocks import Document
from namsai.report.document import blocks_of
from namsai.report.html import write_html
from namsai.report.pdf import write_pdf

__all__ = ["Document", "blocks_of", "write_html", "write_pdf"]
