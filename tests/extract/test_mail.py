"""What is read of mails: the sender's own words, those quoted below, and the attachments."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from checker.extract import extract
from checker.model import Document, FurnitureKind, Mark, ReadStatus


def mail(text: str, subject: str = "SV: Planar") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Kvitlund skule <post@skule.example>"
    message["To"] = "tilsyn@kommune.example"
    message["Subject"] = subject
    message.set_content(text)
    return message


def own_and_quoted(document: Document) -> tuple[list[str], list[str]]:
    own = [block.text for block in document.blocks[1:] if Mark.QUOTED_MAIL not in block.marks]
    return own, [block.text for block in document.blocks if Mark.QUOTED_MAIL in block.marks]


def test_the_subject_is_the_heading_and_the_sender_is_furniture() -> None:
    document = extract(mail("Vi har ingen rutine.").as_bytes(), path="svar.eml")

    assert (document.format, document.status, document.title) == ("eml", ReadStatus.READ, "SV: Planar")
    assert [block.text for block in document.blocks] == ["SV: Planar", "Vi har ingen rutine."]
    assert {piece.kind for piece in document.furniture} == {FurnitureKind.HEADER}


@pytest.mark.parametrize(
    "divider",
    [
        "-----Opprinnelig melding-----",
        "-----Opphavleg melding-----",
        "Den 3. november 2026 kl. 10.12 skrev Tilsynet <tilsyn@kommune.example>:",
        "Den 3. november 2026 kl. 10.12 skreiv Tilsynet:",
        "Fra: Tilsynet\nSendt: 26. oktober 2026",
        "Frå: Tilsynet\nSendt: 26. oktober 2026",
        "From: Tilsynet\nSent: 26 October 2026",
    ],
)
def test_what_stands_below_the_answer_is_quoted(divider: str) -> None:
    text = f"Nei, det har vi ikke.\n\n{divider}\n\nHar skolen rutiner for skolevandring?"

    own, quoted = own_and_quoted(extract(mail(text).as_bytes(), path="svar.eml"))

    assert own == ["Nei, det har vi ikke."]
    assert quoted[-1] == "Har skolen rutiner for skolevandring?"


def test_lines_with_quote_signs_are_quoted_wherever_they_stand() -> None:
    text = "> Har de rutinar?\n\nJa, frå i haust.\n"

    own, quoted = own_and_quoted(extract(mail(text).as_bytes(), path="svar.eml"))

    assert (own, quoted) == (["Ja, frå i haust."], ["Har de rutinar?"])


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Kvar morgon har alle klassane samling med song, og elevane tek opp det\n"
        "dei sjølve vil snakke om.\n\nVenleg helsing\nKari\n"
    )

    own, _ = own_and_quoted(extract(mail(text).as_bytes(), path="svar.eml"))

    assert own[0].endswith("elevane tek opp det dei sjølve vil snakke om.")
    assert own[1:] == ["Venleg helsing", "Kari"]


def test_a_mail_with_attachments_is_a_container_with_its_own_text() -> None:
    message = mail("Planen ligg ved.")
    message.add_attachment(
        "Rektor leier møtet.".encode(), maintype="text", subtype="plain", filename="plan.txt"
    )
    message.add_attachment(
        mail("Eldre svar.", "Eldre").as_bytes(), maintype="application", subtype="octet-stream"
    )

    document = extract(message.as_bytes(), path="svar.eml")

    assert document.status is ReadStatus.CONTAINER
    assert document.blocks[1].text == "Planen ligg ved."
    assert document.attachments[0].path == "svar.eml!/plan.txt"
    assert document.attachments[0].blocks[0].text == "Rektor leier møtet."
    assert document.attachments[1].blocks[1].text == "Eldre svar."


def test_a_mail_in_html_alone_is_read_and_its_quote_marked() -> None:
    message = mail("")
    message.set_content(
        "<p>Vi har ingen rutine.</p><p><b>Fra:</b> Tilsynet<br><b>Sendt:</b> 3. november</p>"
        "<p>Har dere en?</p>",
        subtype="html",
    )

    own, quoted = own_and_quoted(extract(message.as_bytes(), path="svar.eml"))

    assert own == ["Vi har ingen rutine."]
    assert quoted[-1] == "Har dere en?"


def test_a_broken_header_does_not_stop_the_mail() -> None:
    data = (
        b"From: \xff\xfe <a@\nTo: b\nSubject: =?utf-8?q?Pl=C3=A5n?= =?x?b\nDate: nei\n\nTeksten i mailen.\n"
    )

    document = extract(data, path="svar.eml")

    assert document.blocks[-1].text == "Teksten i mailen."
