"""A made-up report: three schools and their owner, with everything a report must be able to show."""

from __future__ import annotations

from dataclasses import replace

from checker.model import (
    Document,
    ElementHit,
    ElementKind,
    Finding,
    How,
    Level,
    Mention,
    ModelInfo,
    Observation,
    Passage,
    Place,
    Problem,
    ReadStatus,
    Report,
    ReportDocument,
    RequirementInfo,
    Review,
    RulePackInfo,
    RunInfo,
    School,
    Severity,
    Stance,
    Status,
)

PACK = "klasseledelse"
PLAN = "Ålvik skole/virksomhetsplan 2026–2027.pdf"
DRAFT = "Ålvik skole/utkast til standard.docx"
MINUTES = "Ålvik skole/referater.zip!/plangruppa.docx"
HILDE = "Bjørkelia skule/utviklingsplan.pdf"
DECK = "Bjørkelia skule/planleggingsdag.pptx"
SCAN = "Bjørkelia skule/årshjul.pdf"
LOCKED = "Bjørkelia skule/=1+1 <script>alert('x')</script>.docx"
OWNER = "Oppvekst/kvalitetssystem.xlsx"

FOLLOW_UPS = {
    "KL-102": "Hvem er inne i timene, når, og hva skjer etterpå?",
    "KL-202": "Hvordan følger kommunen opp hver skole, og hvor står det skrevet?",
}

TITLES = (
    ("KL-101", "Felles plan eller standard for klasseledelse", "Q1", ("responsible", "followup")),
    (
        "KL-102",
        "Rutine for oppfølging av klasseledelse i klasserommet",
        "Q1",
        ("responsible", "timing", "followup"),
    ),
    (
        "KL-103",
        "Rutine for videreutvikling av klasseledelse og læringskultur",
        "Q1",
        ("responsible", "timing"),
    ),
    (
        "KL-104",
        "Etterlevelse: at rutinene følges, blir dokumentert og kontrollert",
        "Q1",
        ("responsible", "record"),
    ),
    ("KL-105", "Årlig evaluering og revidering av plan og rutiner", "Q1", ("responsible", "timing")),
    ("KL-301", "System for å innhente lærernes erfaringer med klasseledelse", "Q2", ("timing", "followup")),
    ("KL-302", "Ledelsens engasjement i arbeidet med klasseledelse", "Q2", ("leadership", "timing")),
    ("KL-401", "Kartlegging av lærernes egen mestring av klasseledelse", "Q3", ("timing", "followup")),
    ("KL-402", "Veiledning og støtte til lærere i klasseledelse", "Q3", ("responsible", "timing")),
    ("KL-501", "Ledelsens ansvar som kultursetter", "Q4", ("leadership", "action")),
    ("KL-601", "Strukturperspektivet", "perspective", ()),
    ("KL-602", "Kulturperspektivet", "perspective", ()),
    ("KL-603", "Læringsperspektivet", "perspective", ()),
    ("KL-604", "Læringskultur: anerkjennelse, forskjellighet og tilhørighet", "perspective", ()),
)
OWNER_TITLES = (
    ("KL-201", "Skoleeiers system omfatter klasseledelse og læringsmiljø", "Q1", ("responsible", "timing")),
    ("KL-202", "Skoleeiers oppfølging av skolenes arbeid", "Q1", ("responsible", "timing", "record")),
)
SUBTHEMES = (
    ("rules", "regler og tydelige forventninger"),
    ("routines", "faste rutiner for start, slutt og overganger"),
    ("organisation", "rom, grupper og plassering"),
    ("goals", "tydelige mål og beskjeder"),
    ("supervision", "tilsyn og felles reaksjoner"),
)


def requirement(entry: tuple[str, str, str, tuple[str, ...]], level: Level) -> RequirementInfo:
    """Give what the report says of a requirement."""
    name, title, question, required = entry
    perspective = question == "perspective"
    return RequirementInfo(
        id=name,
        pack=PACK,
        title=title,
        question=question,
        level=level,
        source="Opplæringslova § 12-2; Udir: Perspektiver på klasseledelse",
        required=required,
        follow_up=FOLLOW_UPS.get(name, "Hvordan arbeider dere med dette, og hvor står det skrevet?"),
        rationale="Uten navn og tid vet ingen om det blir gjort.",
        subthemes=SUBTHEMES if perspective else (),
        minimum_subthemes=2 if perspective else None,
    )


def passage(
    name: str,
    path: str,
    quote: str,
    *,
    page: int | None = None,
    stance: Stance = Stance.AFFIRMED,
    score: float = 0.9,
    section: tuple[str, ...] = (),
    sheet: str | None = None,
    cell: str | None = None,
    offset: int = 0,
    cue: str = "",
    elements: tuple[tuple[ElementKind, str], ...] = (),
    is_practice: bool = True,
) -> Passage:
    """Give a passage with its place, mentions and elements."""
    place = Place(
        path=path,
        block=12,
        offset=offset,
        page=page,
        sheet=sheet,
        cell=cell,
        section=section,
        boxes=((page, 72.0, 310.5, 523.2, 351.0),) if page is not None and path.endswith(".pdf") else (),
    )
    return Passage(
        requirement=name,
        rule="visit",
        quote=quote,
        place=place,
        stance=stance,
        is_practice=is_practice,
        score=score,
        mentions=(Mention("skolevandring", "skolevandring", 6, 19, How.LEMMA, 1.0),),
        elements=tuple(ElementHit(kind, text, place) for kind, text in elements),
        stance_cue=cue,
    )


def finding(school: str, name: str, status: Status, **fields: object) -> Finding:
    """Give a finding of ``status`` with what else the test sets."""
    base = Finding(
        school=school,
        requirement=name,
        pack=PACK,
        status=status,
        severity=Severity.HIGH if name in {"KL-102", "KL-202"} else Severity.MEDIUM,
        searched_documents=4,
        searched_pages=31,
        searched_sections=48,
        searched_terms=62,
        searched_concepts=9,
    )
    return replace(base, **fields)  # type: ignore[arg-type]


def _alvik() -> tuple[Finding, ...]:
    school = "Ålvik skole"
    visit = passage(
        "KL-102",
        PLAN,
        "Rektor og avdelingsleder går skolevandring i alle klasser to ganger i halvåret.",
        page=4,
        score=0.96,
        section=("5 Kvalitetsarbeid", "5.2 Skolevandring"),
        elements=(
            (ElementKind.RESPONSIBLE, "Rektor og avdelingsleder"),
            (ElementKind.TIMING, "to ganger i halvåret"),
        ),
    )
    stopped = passage(
        "KL-103",
        MINUTES,
        "Kollegaveiledningen ble avviklet våren 2026.",
        stance=Stance.ENDED,
        score=0.4,
        cue="avviklet",
        section=("Sak 12/26",),
    )
    together = tuple(
        passage(
            "KL-103",
            PLAN,
            f"Trinnene arbeider med klasseledelse i fellestid annenhver onsdag, bolk {number}.",
            page=6,
            score=0.9 - number / 100,
            offset=number,
            elements=((ElementKind.TIMING, "annenhver onsdag"),),
        )
        for number in range(1, 7)
    )
    standard = passage(
        "KL-101",
        DRAFT,
        "Plangruppa eier standarden «Den gode timen» og går gjennom den i mai.",
        score=0.91,
        section=("Om standarden",),
        elements=((ElementKind.RESPONSIBLE, "Plangruppa"), (ElementKind.FOLLOWUP, "går gjennom den i mai")),
    )
    quoted = passage(
        "KL-105",
        PLAN,
        "Skolen skal jevnlig vurdere i hvilken grad organiseringen medvirker til å nå målene.",
        page=2,
        stance=Stance.QUOTED,
        score=0.3,
        cue="etter opplæringslova",
        is_practice=False,
    )
    planned = passage(
        "KL-401",
        PLAN,
        "Skolen skal utarbeide en kartlegging av lærernes trygghet i lærerrollen.",
        page=7,
        stance=Stance.PLANNED,
        score=0.5,
        cue="skal utarbeide",
    )
    denied = passage(
        "KL-402",
        PLAN,
        "Vi har ikke noen fast mentor for nyutdannede lærere.",
        page=7,
        stance=Stance.DENIED,
        score=0.6,
        cue="har ikke",
    )
    mentioned = passage(
        "KL-501",
        PLAN,
        "Ledelsen er kultursetter på skolen.",
        page=1,
        score=0.3,
        is_practice=False,
    )
    rules = passage("KL-601", PLAN, "Alle timer begynner ved at læreren hilser i døra.", page=5, score=0.8)
    return (
        finding(
            school,
            "KL-101",
            Status.DOCUMENTED,
            evidence=(standard,),
            elements=standard.elements,
            basis=("draft",),
        ),
        finding(
            school,
            "KL-102",
            Status.PARTIAL,
            missing=(ElementKind.FOLLOWUP,),
            evidence=(visit,),
            considered=(visit, quoted),
            elements=visit.elements,
            explanation="Rektor og avdelingsleder er i klassene hvert halvår. Hva som skjer så, står ikke.",
            review=Review("Oppfølging kan stå på neste side.", PLAN, 5, "Etter besøkene snakker vi sammen."),
        ),
        finding(
            school,
            "KL-103",
            Status.DOCUMENTED,
            conflict=True,
            evidence=(*together, stopped),
            elements=together[0].elements,
        ),
        finding(school, "KL-105", Status.MISSING, nearest=(quoted,)),
        finding(school, "KL-401", Status.PLANNED, evidence=(planned,)),
        finding(school, "KL-402", Status.DENIED, evidence=(denied,)),
        finding(school, "KL-501", Status.MENTIONED, evidence=(mentioned,)),
        finding(
            school,
            "KL-601",
            Status.PARTIAL,
            evidence=(rules,),
            subthemes=("routines",),
            severity=Severity.LOW,
        ),
        *(
            finding(school, name, Status.MISSING)
            for name in ("KL-104", "KL-301", "KL-302", "KL-602", "KL-603", "KL-604")
        ),
    )


def _bjorkelia() -> tuple[Finding, ...]:
    school = "Bjørkelia skule"
    visit = passage(
        "KL-102",
        HILDE,
        "Skuleleiinga er med i undervisninga kvar haust og gir tilbakemelding til læraren innan ei veke.",
        page=3,
        score=0.98,
        section=("3 Slik arbeider vi",),
        elements=(
            (ElementKind.RESPONSIBLE, "Skuleleiinga"),
            (ElementKind.TIMING, "kvar haust"),
            (ElementKind.FOLLOWUP, "gir tilbakemelding til læraren innan ei veke"),
        ),
    )
    led = passage(
        "KL-302",
        DECK,
        "Rektor leier utviklingstida om klasseleiing.",
        page=2,
        score=0.8,
        elements=((ElementKind.LEADERSHIP, "Rektor"),),
    )
    return (
        finding(school, "KL-102", Status.DOCUMENTED, evidence=(visit,), elements=visit.elements),
        finding(
            school,
            "KL-302",
            Status.PARTIAL,
            missing=(ElementKind.TIMING,),
            evidence=(led,),
            elements=led.elements,
            basis=("expired", "scan"),
            follow_up="Kva tid er rektor med i dette arbeidet?",
        ),
        *(
            finding(
                school,
                name,
                Status.NOT_ASSESSABLE,
                reason="unreadable_documents",
                unread=(LOCKED, SCAN),
                searched_documents=2,
            )
            for name, *_ in TITLES
            if name not in {"KL-102", "KL-302"}
        ),
    )


def sample_report(language: str = "nb") -> Report:
    """Give the sample: all seven statuses, a conflict, unread files, both written forms and hostile names."""
    silent = tuple(
        finding(
            "Tom & <b>stille</b> skole",
            name,
            Status.MISSING,
            reason="no_documents",
            searched_documents=0,
            searched_pages=0,
        )
        for name, *_ in TITLES
    )
    dialogue = passage(
        "KL-202",
        OWNER,
        "Kommunalsjefen har dialogmøte med hver skole i mars.",
        sheet="Årshjul",
        cell="B7",
        score=0.85,
        elements=((ElementKind.RESPONSIBLE, "Kommunalsjefen"), (ElementKind.TIMING, "i mars")),
    )
    owner = (
        finding("Oppvekst", "KL-201", Status.MISSING),
        finding(
            "Oppvekst",
            "KL-202",
            Status.PARTIAL,
            missing=(ElementKind.RECORD,),
            evidence=(dialogue,),
            elements=dialogue.elements,
        ),
    )
    return Report(
        run=RunInfo(
            started="2026-11-23T12:00:00Z",
            seconds=12.3,
            as_of="2026-11-23",
            version="0.1.0",
            folder="Fjordvær",
            settings=(("jobs", "2"), ("readers", "auto")),
            rule_packs=(RulePackInfo(PACK, "1.0.0", "ab12" * 16),),
            language_models=(
                ("nb", ModelInfo("nb_core", "3.8.0", "cd34" * 16)),
                ("nn", ModelInfo("nn_core", "1.0", "ef56" * 16)),
            ),
            readers=(("pdf", "pypdfium2 5.15"), ("ocr", "tesseract 5.3 nor")),
        ),
        schools=(
            School(
                "Ålvik skole",
                "Ålvik skole",
                Level.SCHOOL,
                orgnr="974567890",
                folder="Ålvik skole",
                on_list=True,
            ),
            School(
                "Bjørkelia skule",
                "Bjørkelia skule",
                Level.SCHOOL,
                orgnr="974567891",
                folder="Bjørkelia skule",
                on_list=True,
            ),
            School("Tom & <b>stille</b> skole", "Tom & <b>stille</b> skole", Level.SCHOOL, on_list=True),
            School("Oppvekst", "=1+1 Fjordvær kommune", Level.OWNER, folder="Oppvekst"),
        ),
        documents=_documents(),
        findings=(*silent, *owner, *_bjorkelia(), *_alvik()),
        requirements=(
            *(requirement(entry, Level.OWNER) for entry in OWNER_TITLES),
            *(requirement(entry, Level.SCHOOL) for entry in TITLES),
        ),
        notices=("Mappen «Bjorkelia skule» er lest som «Bjørkelia skule» i skolelisten.",),
        language=language,
    )


def _documents() -> tuple[ReportDocument, ...]:
    def entry(path: str, **fields: object) -> tuple[str, dict[str, object]]:
        return path, fields

    outdated = Observation("DOC-02", PLAN, 3, "jf. opplæringslova § 9A", "Viser til en lov som er opphevet.")
    draft = Observation("DOC-09", DRAFT, None, "UTKAST", "Dokumentet er et utkast.")
    entries = sorted(
        (
            entry(
                PLAN,
                pages=8,
                words=3120,
                language="nb",
                period="2026–2027",
                revised="august 2026",
                observations=(outdated,),
            ),
            entry(DRAFT, words=640, language="nb", observations=(draft,)),
            entry("Ålvik skole/referater.zip", status=ReadStatus.CONTAINER, words=0),
            entry(MINUTES, words=210, language="nb"),
            entry(HILDE, pages=6, words=2100, language="nn", period="2025–2027"),
            entry(DECK, pages=12, words=480, language="nn"),
            entry(SCAN, pages=2, words=14, status=ReadStatus.PARTLY_READ, problem=Problem.NO_TEXT),
            entry(
                LOCKED,
                words=0,
                status=ReadStatus.UNREADABLE,
                problem=Problem.ENCRYPTED,
                message="Filen er beskyttet med passord. Be skolen om en fil uten passord.",
            ),
            entry(OWNER, pages=3, words=900, language="nb"),
            entry("skoler.csv", status=ReadStatus.IGNORED, words=0, message="Skolelisten."),
        ),
        key=lambda pair: pair[0],
    )
    return tuple(
        _document(f"d{number}", path, **fields) for number, (path, fields) in enumerate(entries, start=1)
    )


def _document(name: str, path: str, *, words: int, **fields: object) -> ReportDocument:
    own = {key: fields.pop(key) for key in ("period", "revised", "observations", "message") if key in fields}
    fields.setdefault("status", ReadStatus.READ)
    document = Document(path=path, format=path.rsplit(".", 1)[-1], sha256=f"{len(path):064x}", **fields)  # type: ignore[arg-type]
    folder = path.partition("/")[0]
    school = folder if "/" in path else None
    return ReportDocument(id=name, document=document, school=school, words=words, **own)  # type: ignore[arg-type]
