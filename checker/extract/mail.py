"""Reads mails: EML by the standard library, and what is common to EML and MSG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from checker.extract.compose import Composer
from checker.extract.context import Context, unique_names
from checker.extract.encoding import decoded
from checker.extract.faults import ReadFault
from checker.extract.lines import folded
from checker.extract.text import compose_text
from checker.extract.webpage import compose_html
from checker.extract.words import words
from checker.model import Block, BlockKind, Document, FurnitureKind, Mark, Problem, ReadStatus

_HEADERS = ("From", "To", "Cc", "Date")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail, taken apart.

    Args:
        headers: sender, receivers and date, as lines.
        text: its plain text; ``html`` its text as HTML, used where there is no plain one.
        attachments: names and contents.
    """

    subject: str
    headers: tuple[str, ...]
    text: str
    html: str
    attachments: tuple[tuple[str, bytes], ...]


def read_eml(data: bytes, context: Context) -> Document:
    """Give the mail in ``data`` with its own text and its attachments."""
    message = message_from_bytes(data, policy=policy.default)
    text, html = _bodies(message)
    attachments = tuple(_attachments(message))
    headers = tuple(f"{name}: {value}" for name in _HEADERS if (value := _header(message, name)))
    return mail_document(Mail(_header(message, "Subject"), headers, text, html, attachments), "eml", context)


def mail_document(mail: Mail, name: str, context: Context) -> Document:
    """Give the document of a mail; one with attachments is a container, and its own text is its blocks.

    Raises:
        ReadFault: it has too many attachments, or neither these nor a text that can be read.
    """
    limit = context.limits.package_parts
    if len(mail.attachments) > limit:
        raise ReadFault(Problem.BLOCKED, "extract.too_many_parts", limit=limit)
    composer = Composer(context.limits)
    for header in mail.headers:
        composer.furnish(FurnitureKind.HEADER, header)
    composer.heading(mail.subject, 1)
    if mail.text.strip():
        own, quoted = split_quoted(mail.text)
        compose_text(own, composer, is_mail=True)
        compose_text(quoted, composer, is_mail=True, marks=(Mark.QUOTED_MAIL,))
        blocks = composer.blocks
    else:
        try:
            compose_html(mail.html, composer)
        except ReadFault:
            if not mail.attachments:
                raise
        blocks = _with_quoted_marked(composer.blocks)
    names = unique_names([attachment for attachment, _ in mail.attachments])
    inner = tuple(
        context.read(content, attachment)
        for attachment, (_, content) in zip(names, mail.attachments, strict=True)
    )
    return Document(
        path=context.path,
        format=name,
        status=ReadStatus.CONTAINER if inner else ReadStatus.READ,
        title=folded(mail.subject) or None,
        blocks=blocks,
        furniture=composer.furniture,
        attachments=inner,
    )


def split_quoted(text: str) -> tuple[str, str]:
    """Give a mail's own text and the mails quoted in it, without their quote signs.

    Example:
        >>> split_quoted("Ja.\\n\\n> Har de rutinar?")
        ('Ja.\\n', 'Har de rutinar?')
    """
    lines = text.splitlines()
    start = next((index for index in range(len(lines)) if begins_quote(lines, index)), len(lines))
    own = [line for line in lines[:start] if not line.startswith(">")]
    quoted = [line for line in lines[:start] if line.startswith(">")] + lines[start:]
    return "\n".join(own), "\n".join(line.lstrip("> ") for line in quoted)


def begins_quote(lines: Sequence[str], index: int) -> bool:
    """Whether a quoted mail begins at a line and reaches to the end."""
    line = lines[index].strip().lower()
    bare = line.strip("-_ *")
    if bare != line and bare in words("mail_dividers"):
        return True
    following = [other.strip(" *>").lower() for other in lines[index + 1 : index + 4] if other.strip()]
    if line.strip("* ").startswith(words("mail_from")):
        return any(other.startswith(words("mail_sent")) for other in following)
    if line.rstrip(":").endswith(words("mail_wrote")) or any(
        f" {verb} " in f" {line} " for verb in words("mail_wrote")
    ):
        is_dated = any(letter.isdigit() for letter in line) and len(line) < 200
        return is_dated and line.endswith(":")
    return False


def _with_quoted_marked(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give the blocks with those from the first quoted mail on marked."""
    texts = [block.text for block in blocks]
    start = next((index for index in range(len(texts)) if begins_quote(texts, index)), len(texts))
    return blocks[:start] + tuple(
        replace(
            block,
            kind=BlockKind.PARAGRAPH if block.kind is BlockKind.HEADING else block.kind,
            level=None,
            marks=tuple(dict.fromkeys((*block.marks, Mark.QUOTED_MAIL))),
        )
        for block in blocks[start:]
    )


def _header(message: Message, name: str) -> str:
    """Give a header's text; a header that breaks the rules as it stands."""
    try:
        return folded(str(message[name] or ""))
    except (ValueError, IndexError, KeyError, AttributeError, TypeError, LookupError):
        raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
        return folded(str(raw))


def _bodies(message: EmailMessage | Message) -> tuple[str, str]:
    """Give the plain and the HTML text."""
    text = html = ""
    for part in _leaves(message):
        if _is_attachment(part):
            continue
        kind = part.get_content_type()
        if kind == "text/plain":
            text = f"{text}\n{_part_text(part)}" if text else _part_text(part)
        elif kind == "text/html" and not html:
            html = _part_text(part)
    return text, html


def _leaves(message: Message) -> list[Message]:
    """Give the parts that hold content; a mail within the mail is one part."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        return [message]
    found: list[Message] = []
    for part in message.get_payload():
        if isinstance(part, Message):
            found.extend(_leaves(part))
    return found


def _part_text(part: Message) -> str:
    content = part.get_payload(decode=True)
    text = decoded(content, declared=part.get_content_charset()) if isinstance(content, bytes) else ""
    if part.get_param("format") == "flowed":
        text = "\n".join(_unflowed(text.splitlines()))
    return text


def _unflowed(lines: Sequence[str]) -> list[str]:
    """Give the lines with those that end in a space joined to the next (RFC 3676)."""
    found: list[str] = []
    is_open = False
    for line in lines:
        if is_open and line.strip() and not line.startswith(">"):
            found[-1] += line
        else:
            found.append(line)
        is_open = line.endswith(" ") and line != "-- "
    return found


def _is_attachment(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_file_name(part))


def _file_name(part: Message) -> str:
    try:
        return (part.get_filename() or "").replace("/", "_").replace("\\", "_").strip()
    except (ValueError, TypeError, LookupError):
        return ""


def _attachments(message: Message) -> list[tuple[str, bytes]]:
    """Give names and contents of the attachments; pictures that belong to the HTML text are none."""
    found: list[tuple[str, bytes]] = []
    for part in _leaves(message):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            if isinstance(inner, Message):
                name = _file_name(part) or f"{_header(inner, 'Subject') or 'mail'}.eml"
                found.append((name.replace("/", "_"), inner.as_bytes()))
            continue
        is_inline_picture = kind.startswith("image/") and part["Content-ID"] is not None
        if kind in {"text/plain", "text/html"} and not _is_attachment(part):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and not (
            is_inline_picture and part.get_content_disposition() != "attachment"
        ):
            found.append((_file_name(part) or f"{kind.replace('/', '.')}", content))
    return found
