"""Reads MSG, the mails that Outlook saves: an OLE container with one stream a property ([MS-OXMSG])."""

from __future__ import annotations

import io
from typing import Any

import olefile

from checker.extract.context import Context
from checker.extract.encoding import decoded
from checker.extract.faults import ReadFault
from checker.extract.mail import Mail, mail_document
from checker.model import Document, Problem

_SUBJECT, _BODY, _HTML = "0037", "1000", "1013"
_SENDER, _SENDER_ADDRESS, _RECEIVERS = "0C1A", "0C1F", "0E04"
_LONG_NAME, _SHORT_NAME, _DATA = "3707", "3704", "3701"
_UNICODE, _ANSI, _BINARY = "001F", "001E", "0102"
Container = Any
"""An open OLE container."""

_ATTACHMENT = "__attach_version1.0_"
_ATTACHED_MAIL = "__substg1.0_3701000D"


def read_msg(data: bytes, context: Context) -> Document:
    """Give the mail in ``data`` with its own text and its attachments.

    Raises:
        ReadFault: the container is damaged.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            mail = _mail(container, context)
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise ReadFault(Problem.DAMAGED, "extract.damaged") from error
    return mail_document(mail, "msg", context)


def _mail(container: Container, context: Context) -> Mail:
    html = _bytes(container, [], _HTML, _BINARY)
    sender = _text(container, [], _SENDER)
    address = _text(container, [], _SENDER_ADDRESS)
    headers = (f"From: {sender} <{address}>" if address else f"From: {sender}",)
    receivers = _text(container, [], _RECEIVERS)
    folders = sorted({entry[0] for entry in container.listdir() if entry[0].startswith(_ATTACHMENT)})
    return Mail(
        subject=_text(container, [], _SUBJECT),
        headers=headers + ((f"To: {receivers}",) if receivers else ()),
        text=_text(container, [], _BODY),
        html=decoded(html) if html else _text(container, [], _HTML),
        attachments=tuple(
            attachment for folder in folders if (attachment := _attachment(container, folder, context))
        ),
    )


def _attachment(container: Container, folder: str, context: Context) -> tuple[str, bytes] | None:
    """Give name and content of an attachment; a mail within the mail is given as its text."""
    name = _text(container, [folder], _LONG_NAME) or _text(container, [folder], _SHORT_NAME)
    content = _bytes(container, [folder], _DATA, _BINARY)
    if content is not None:
        context.unpacked.take(len(content))
        return (name.replace("/", "_").replace("\\", "_") or folder, content)
    if container.exists([folder, _ATTACHED_MAIL]):
        inner = [folder, _ATTACHED_MAIL]
        subject = _text(container, inner, _SUBJECT)
        body = _text(container, inner, _BODY)
        return (f"{subject.replace('/', '_') or 'mail'}.txt", f"{subject}\n\n{body}".encode())
    return None


def _text(container: Container, folder: list[str], tag: str) -> str:
    raw = _bytes(container, folder, tag, _UNICODE)
    if raw is not None:
        return raw.decode("utf-16-le", "replace").rstrip("\0")
    raw = _bytes(container, folder, tag, _ANSI)
    return decoded(raw).rstrip("\0") if raw is not None else ""


def _bytes(container: Container, folder: list[str], tag: str, kind: str) -> bytes | None:
    place = [*folder, f"__substg1.0_{tag}{kind}"]
    return bytes(container.openstream(place).read()) if container.exists(place) else None
