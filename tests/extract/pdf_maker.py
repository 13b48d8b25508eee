"""Writes small PDFs for tests, so that each says in a few lines what it holds."""

from __future__ import annotations

from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842


def _escaped(text: str) -> bytes:
    raw = text.encode("cp1252") if any(ord(char) >= 0x20 for char in text) else text.encode("latin-1")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


@dataclass
class PdfPage:
    """A page; places are in points from the top left."""

    width: float = WIDTH
    height: float = HEIGHT
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    ops: list[bytes] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)
    has_picture: bool = False

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 11,
        bold: bool = False,
        colour: tuple[float, float, float] = (0, 0, 0),
        mode: int = 0,
        turn: tuple[int, int, int, int] = (1, 0, 0, 1),
    ) -> PdfPage:
        """Set a line of text with its base line ``y`` below the upper edge."""
        red, green, blue = colour
        a, b, c, d = turn
        font = "F2" if bold else "F1"
        place = f"{a} {b} {c} {d} {x} {self.height - y} Tm"
        head = f"BT /{font} {size} Tf {red} {green} {blue} rg {mode} Tr {place} ("
        self.ops.append(head.encode() + _escaped(text) + b") Tj ET")
        return self

    def lines(self, x: float, y: float, *texts: str, leading: float = 14, **style: object) -> PdfPage:
        """Set lines of text one below the other."""
        for index, text in enumerate(texts):
            self.text(x, y + index * leading, text, **style)  # type: ignore[arg-type]
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> PdfPage:
        """Draw a line."""
        self.ops.append(f"0.5 w {x0} {self.height - y0} m {x1} {self.height - y1} l S".encode())
        return self

    def area(self, x0: float, y0: float, x1: float, y1: float, colour: tuple[float, float, float]) -> PdfPage:
        """Colour an area."""
        red, green, blue = colour
        box = f"{x0} {self.height - y1} {x1 - x0} {y1 - y0}"
        self.ops.append(f"{red} {green} {blue} rg {box} re f".encode())
        return self

    def picture(self, x0: float, y0: float, x1: float, y1: float) -> PdfPage:
        """Set a grey picture."""
        self.has_picture = True
        self.ops.append(f"q {x1 - x0} 0 0 {y1 - y0} {x0} {self.height - y1} cm /Im1 Do Q".encode())
        return self

    def table(
        self,
        xs: list[float],
        ys: list[float],
        rows: list[list[str]],
        *,
        bold_head: bool = False,
        size: float = 10,
    ) -> PdfPage:
        """Draw a table with lines on all sides; ``\\n`` in a cell begins a new line."""
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for index, row in enumerate(rows):
            for x, cell in zip(xs, row, strict=False):
                bold = bold_head and index == 0
                self.lines(x + 4, ys[index] + 12, *cell.split("\n"), leading=12, size=size, bold=bold)
        return self

    def field(self, x0: float, y0: float, x1: float, y1: float, name: str, value: str) -> PdfPage:
        """Add a form field with what was filled in."""
        self.annotations.append(
            f"/Type/Annot/Subtype/Widget/FT/Tx/T({name})/V({value})/F 4"
            f"/Rect[{x0} {self.height - y1} {x1} {self.height - y0}]"
        )
        return self

    def note(self, x0: float, y0: float, x1: float, y1: float, text: str, kind: str = "FreeText") -> PdfPage:
        """Add free text, or a comment (``Text``)."""
        self.annotations.append(
            f"/Type/Annot/Subtype/{kind}/Contents({text})/F 4/DA(/Helv 10 Tf)"
            f"/Rect[{x0} {self.height - y1} {x1} {self.height - y0}]"
        )
        return self


def pdf(*pages: PdfPage, title: str | None = None) -> bytes:
    """Give a PDF with these pages."""
    objects: list[bytes] = [b"", b""]

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    fonts = [
        add(f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>".encode())
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    picture = add(
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
        b"stream\n\x80\nendstream"
    )
    kids: list[int] = []
    fields: list[int] = []
    for page in pages:
        stream = b"\n".join(page.ops)
        content = add(b"<</Length %d>>stream\n" % len(stream) + stream + b"\nendstream")
        notes = []
        for annotation in page.annotations:
            number = add(f"<<{annotation}>>".encode("cp1252"))
            notes.append(number)
            if "/Widget" in annotation:
                fields.append(number)
        crop = f"/CropBox[{' '.join(map(str, page.crop))}]" if page.crop else ""
        references = " ".join(f"{number} 0 R" for number in notes)
        kids.append(
            add(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.width} {page.height}]{crop}"
                f"/Rotate {page.rotate}"
                f"/Resources<</Font<</F1 {fonts[0]} 0 R/F2 {fonts[1]} 0 R>>/XObject<</Im1 {picture} 0 R>>>>"
                f"/Contents {content} 0 R/Annots[{references}]>>".encode()
            )
        )
    form = f"/AcroForm<</Fields[{' '.join(f'{number} 0 R' for number in fields)}]>>" if fields else ""
    objects[0] = f"<</Type/Catalog/Pages 2 0 R{form}>>".encode()
    references = " ".join(f"{number} 0 R" for number in kids)
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{references}]>>".encode()
    info = add(b"<</Title(" + _escaped(title) + b")>>") if title else 0
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    more = f"/Info {info} 0 R" if info else ""
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{more}>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)
