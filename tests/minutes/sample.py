"""Minutes made by hand, of any length, for tests of the typesetting that need no meeting behind them."""

from __future__ import annotations

import dataclasses
import datetime as dt

from meeting_server.minutes.blocks import bullets, numbered, paragraph, section
from meeting_server.minutes.document import (
    Attachment,
    AttendanceRow,
    Block,
    Confirmation,
    DecisionMinuted,
    Facts,
    LogProof,
    Minutes,
    Paragraph,
    Run,
    Signatory,
    Span,
    Verification,
    Vote,
    VoteList,
)
from meeting_server.minutes.wording import paragraph_span

AT = dt.datetime(2026, 11, 18, 13, 2, tzinfo=dt.UTC)
NAMES = (
    ("Torgny Tallvik", "A"),
    ("Gunvor Granberg", "E"),
    ("Bertil Bokström", "B"),
    ("Rut Rosenlöf", "A"),
    ("Erik Ekdal", "A"),
    ("Kerstin Kjellander", "E"),
    ("Mirjam Myrvik", "E"),
    ("Berit Björklöf", "B"),
    ("Mohammad Reza Abdirahman-Lindhagen", "G"),
    ("Nilla Nordanäng", "N"),
    ("Margareta Wilhelmsson-Ekenstierna", "H"),
    ("Tora Tunberg", "T"),
    ("Ahmed Alström", "A"),
)
REMOTE = frozenset({"p5", "p7", "p8", "p9", "p10", "p11"})


def minutes(paragraphs: int = 5, first: int = 208, people: int = 13, rehearsal: bool = False) -> Minutes:
    """Minutes with that many §§, every third with a division and a longer text."""
    numbers = tuple(range(first, first + paragraphs))
    made = tuple(_paragraph(number, people) for number in numbers)
    long_roll = people > 25
    attachments = [Attachment(1, "attendance", "Närvarolista", None)] if long_roll else []
    return Minutes(
        meeting="demo-ks",
        organisation="Ekhamra kommun",
        body="Kommunstyrelsen",
        body_definite="kommunstyrelsen",
        body_kind="executive",
        title="Kommunstyrelsens sammanträde",
        date="2026-11-17",
        date_text="17 november 2026",
        place="Sessionssalen, kommunhuset",
        time_text="Den 17 november 2026, kl. 18.00–21.35, ajournering kl. 19.40–19.55",
        form_text="6 av de beslutande deltar på distans, enligt beslut KF 2026-03-02 § 31.",
        regime="kl-2026",
        regime_text="Sammanträdet är hållet enligt kommunallagen från den 1 juli 2026.",
        rehearsal=rehearsal,
        complete=True,
        opened_at="2026-11-17T18:00:00+01:00",
        closed_at="2026-11-17T21:35:00+01:00",
        span=paragraph_span(numbers),
        breaks=(),
        attendance=tuple(_row(at, numbers) for at in range(people)),
        attendance_attachment=1 if long_roll else None,
        verification=Verification(
            ("p2",),
            "Bertil Bokström (B)",
            "Digital justering",
            "2026-12-01",
            "Justeras senast den 1 december 2026.",
        ),
        signatories=(
            Signatory(
                "s1", "secretary", "Sekreterare", "Selma Sjögren", None, numbers, paragraph_span(numbers)
            ),
            Signatory("p0", "chair", "Ordförande", "Torgny Tallvik", "A", numbers, paragraph_span(numbers)),
            Signatory(
                "p2", "verifier", "Justerare", "Bertil Bokström", "B", numbers, paragraph_span(numbers)
            ),
        ),
        paragraphs=made,
        attachments=tuple(attachments),
        log=LogProof("demo-ks", 412, "9f3a71c2" * 8),
    )


def with_text(whole: Minutes, text: str) -> Minutes:
    """The minutes with a text of the secretary's put first in the first §."""
    one = whole.paragraphs[0]
    own = (
        dataclasses.replace(each, source="secretary") for each in section("own-1", "Eget", paragraph(text))
    )
    changed = dataclasses.replace(one, sections=(*own, *one.sections))
    return dataclasses.replace(whole, paragraphs=(changed, *whole.paragraphs[1:]))


def _name(at: int) -> tuple[str, str]:
    name, party = NAMES[at % len(NAMES)]
    return (name, party) if at < len(NAMES) else (f"{name} {at}", party)


def _row(at: int, numbers: tuple[int, ...]) -> AttendanceRow:
    name, party = _name(at)
    remote = f"p{at}" in REMOTE
    note = "Bekräftad kl. 17.52, känd för ordföranden." if remote else ""
    return AttendanceRow(
        person=f"p{at}",
        name=name,
        party=party,
        party_name=None,
        duty={
            0: "ordförande",
            1: "2:e vice ordförande",
            2: "1:e vice ordförande",
            12: "tjänstgörande ersättare",
        }.get(at, "ledamot"),
        group="serving",
        place="remote" if remote else "room",
        place_text="på distans" if remote else "i rummet",
        serves_for="Hjalmar Hedlund (A)" if at == 12 else None,
        time_text=paragraph_span(numbers),
        decided=paragraph_span(numbers),
        decided_in=numbers,
        disqualified_in=(),
        spans=(Span("2026-11-17T18:00:00+01:00", None, "remote" if remote else "room", True),),
        confirmations=(Confirmation("2026-11-17T17:52:00+01:00", "known", note),) if remote else (),
        interruptions=(),
        note=note,
    )


def _paragraph(number: int, people: int) -> Paragraph:
    divided = number % 3 == 0
    decision = DecisionMinuted(
        "Kommunstyrelsen beslutar",
        (
            "Remissen besvaras med hänvisning till vad som sägs i promemorian.",
            "Paragrafen justeras omedelbart.",
        ),
        "m1-p0",
        "division" if divided else "acclamation",
        "decided",
        "d1" if divided else None,
    )
    votes = (_votes(number, people),) if divided else ()
    background = (
        "Finansdepartementet har remitterat en utredning om samverkan mellan staten och kommunerna till "
        "kommunen för "
        "yttrande. Förvaltningen har berett ärendet och bedömer att förslagen i huvudsak kan tillstyrkas, "
        "men att "
        "kostnaderna för kommunsektorn behöver utredas vidare innan de genomförs."
    )
    return Paragraph(
        matter=f"m{number}",
        number=number,
        title="Staten och kommunsektorn – samverkan, självstyrelse, styrning",
        reference=f"KS 2024/{number}",
        kind="decision",
        chair="p0",
        taken_up_at="2026-11-17T18:20:00+01:00",
        finished_at="2026-11-17T18:40:00+01:00",
        present=13,
        immediate=divided,
        sections=(
            *section("decision", "Beslut", paragraph("Kommunstyrelsen beslutar"), numbered(decision.points)),
            *section("background", "Ärendet", paragraph(background)),
            *section("documents", "Beslutsunderlag", bullets(["Tjänsteskrivelse 2026-10-21", "Remissen"])),
            *section(
                "proposals",
                "Förslag och yrkanden",
                paragraph("Kommundirektörens förslag föreligger och framgår av beslutet."),
                Block(
                    "paragraph", runs=(Run("Nilla Nordanäng (N) yrkar "), Run("avslag", bold=True), Run("."))
                ),
            ),
            *section("course", "Beslutsgång", paragraph("Ordföranden ställer proposition på förslagen.")),
            *(
                section(
                    "division",
                    "Omröstning",
                    paragraph("Vid omröstningen avges 7 ja-röster och 6 nej-röster; 0 ledamöter avstår."),
                    Block("votes", division=f"d{number}"),
                )
                if divided
                else ()
            ),
        ),
        facts=Facts(decision=decision, took_part=tuple(f"p{at}" for at in range(people))),
        vote_lists=votes,
    )


def _votes(number: int, people: int) -> VoteList:
    rows = tuple(
        Vote(
            f"p{at}",
            *_name(at),
            "ledamot",
            "remote" if f"p{at}" in REMOTE else "room",
            "yes" if at % 2 == 0 else "no",
            False,
        )
        for at in range(people)
    )
    yes = sum(1 for row in rows if row.vote == "yes")
    return VoteList(
        division=f"d{number}",
        number=1,
        paragraph=number,
        title=f"Voteringslista 1, § {number}",
        yes_text="Bifall till kommundirektörens förslag",
        no_text="Bifall till Nilla Nordanängs (N) yrkande",
        yes=yes,
        no=len(rows) - yes,
        abstain=0,
        absent=0,
        by_casting_vote=False,
        carried="Bifall till kommundirektörens förslag",
        attachment=None,
        rows=rows,
    )
