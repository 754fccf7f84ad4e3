"""A mail to the partner's first contact with the document attached, to be looked over and sent (.eml)."""

from __future__ import annotations

from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from sqlalchemy import select

from camdesk.documents.model import Document
from camdesk.documents.phrases import clipped
from camdesk.documents.plain import cleaned
from camdesk.store.database import Database
from camdesk.store.tables import CURRENT

_NAME_LENGTH = 90


@dataclass(frozen=True, slots=True)
class Letter:
    """From whom and to whom; what is not known stays empty."""

    sender: str = ""
    name: str = ""
    address: str = ""


def letter_to(database: Database, partner_id: str, *, sender: str) -> Letter:
    """Return a letter to the partner's primary contact, or to the first one that has an address."""
    contacts = CURRENT["contacts"]
    query = (
        select(contacts.c.name, contacts.c.email)
        .where(
            contacts.c.partner_id == partner_id, contacts.c.email.is_not(None), contacts.c.left_on.is_(None)
        )
        .order_by(contacts.c.is_primary.desc(), contacts.c.contact_id)
    )
    with database.read() as connection:
        first = connection.execute(query).first()
    return Letter(sender) if first is None else Letter(sender, first.name or "", first.email)


def mail_of(body: Document, pdf: bytes, letter: Letter) -> bytes:
    """Return the mail as a draft: a mail program opens it ready to be changed and sent."""
    message = EmailMessage(policy=SMTP)
    title = f"{body.title} {body.period_title}"
    message["Subject"] = cleaned(f"{title}: {clipped(body.partner_name, _NAME_LENGTH)}")
    for header, address in (
        ("From", _address("", letter.sender)),
        ("To", _address(letter.name, letter.address)),
    ):
        if address is not None:
            message[header] = address
    message["X-Unsent"] = "1"
    message.set_content(_words(body, letter))
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=_file_name(body))
    return message.as_bytes()


def _words(body: Document, letter: Letter) -> str:
    greeting = f"Dear {cleaned(clipped(letter.name, _NAME_LENGTH))}," if letter.name else "Hello,"
    title = body.title.rpartition(" · ")[2]  # without the mark of an internal copy
    what = f"{title[:1].lower()}{title[1:]} {body.period_title}"
    return (
        f"{greeting}\n\n"
        f"here is our {what} for our next meeting. Every figure in it leads to its definition and records "
        "in the annex.\n\n"
        "Please tell me what you would like to add or see differently.\n\n"
        f"Kind regards\n{cleaned(body.our_name)}\n"
    )


def _address(name: str, address: str) -> Address | None:
    """Return an address, or None where it is none."""
    plain = cleaned(address).strip()
    if plain != address.strip() or not plain.isascii():
        return None
    try:
        return Address(display_name=cleaned(clipped(name, _NAME_LENGTH)), addr_spec=plain)
    except (ValueError, IndexError, MessageError):
        return None


def _file_name(body: Document) -> str:
    words = f"{body.kind}-{body.partner_id}-{body.period}"
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in words)[:80] + ".pdf"
