"""What is read of the mails that Outlook saves."""

from __future__ import annotations

import pytest
from msg_maker import attachment, container, msg, properties

from checker.extract import extract
from checker.model import Document, FurnitureKind, Mark, Problem, ReadStatus

OWN = "Hei!\r\n\r\nVi har innført skolevandring fra høsten, og rektor følger opp.\r\n\r\nHilsen Kari"
QUOTED = "Fra: Tilsynet\r\nSendt: 26. oktober 2026\r\nTil: Lia skole\r\nEmne: Planer\r\n\r\nHar skolen rutiner for skolevandring?"


def parted(document: Document) -> tuple[str, str]:
    own = [block.text for block in document.blocks if Mark.QUOTED_MAIL not in block.marks]
    return " ".join(own), " ".join(block.text for block in document.blocks if Mark.QUOTED_MAIL in block.marks)


@pytest.mark.parametrize("ansi", [False, True])
def test_a_saved_mail_is_read_and_what_it_quotes_is_marked(ansi: bool) -> None:
    body = f"{OWN}\r\n\r\n{QUOTED}"
    data = msg(properties(subject="SV: Planer", body=body, sender="Kari Moe", ansi=ansi))

    document = extract(data, path="svar.msg")
    own, quoted = parted(document)

    assert (document.format, document.status, document.title) == ("msg", ReadStatus.READ, "SV: Planer")
    assert "Vi har innført skolevandring fra høsten, og rektor følger opp." in own
    assert "Har skolen rutiner" not in own
    assert quoted.endswith("Har skolen rutiner for skolevandring?")
    assert [piece.text for piece in document.furniture if piece.kind is FurnitureKind.HEADER] == [
        "From: Kari Moe"
    ]


def test_a_saved_mail_in_html_alone_is_read() -> None:
    html = "<html><body><p>Rektor går skolevandring hver måned.</p></body></html>".encode()

    document = extract(msg(properties(subject="Planer", html=html)), path="svar.msg")

    assert "Rektor går skolevandring hver måned." in parted(document)[0]


def test_attachments_are_read_small_and_large_ones() -> None:
    small, large = b"Rektor leder kriseteamet.", ("Rektor leder teamet hver uke.\n\n" * 400).encode()
    data = msg(
        properties(subject="Planer", body="Se vedlegg."),
        attachment("liten.txt", small),
        attachment("stor.txt", large),
    )

    document = extract(data, path="svar.msg")

    assert document.status is ReadStatus.CONTAINER
    assert [inner.path for inner in document.attachments] == ["svar.msg!/liten.txt", "svar.msg!/stor.txt"]
    assert document.attachments[0].blocks[0].text == "Rektor leder kriseteamet."
    assert len(document.attachments[1].blocks) == 400


def test_a_mail_within_the_mail_is_an_attachment() -> None:
    inner = properties(subject="Referat", body="Trinnleder skriver referat fra møtet.")

    document = extract(
        msg(properties(subject="VS: Referat", body="Se under."), attachment("", inner)), path="a.msg"
    )

    (found,) = document.attachments
    assert "Trinnleder skriver referat fra møtet." in " ".join(block.text for block in found.blocks)


def test_the_subject_alone_is_all_of_a_mail_without_a_text() -> None:
    document = extract(msg(properties(subject="Planer", sender="Kari Moe")), path="a.msg")

    assert [block.text for block in document.blocks] == ["Planer"]


def test_a_cut_off_mail_is_damaged_and_never_raises() -> None:
    data = msg(properties(subject="Planer", body=OWN * 40), attachment("plan.txt", b"x" * 9_000))

    for length in (600, 2_000, len(data) // 2):
        assert extract(data[:length], path="a.msg").status is not None
    assert extract(data[:600], path="a.msg").problem is Problem.DAMAGED


def test_a_container_that_is_no_mail_is_not_taken_for_one() -> None:
    assert extract(container({"Tull": b"x" * 200}), path="a.msg").status is ReadStatus.UNREADABLE
