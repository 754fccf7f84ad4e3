"""The partner file: what an examiner asks for, the same for every type."""

from camdesk.documents.partner_file.file import draft_file
from camdesk.documents.partner_file.known import FileFacts

__all__ = ["FileFacts", "draft_file"]
