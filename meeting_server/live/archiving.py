"""The archive package of a sealed meeting: gathered from the store, made, and that it was made recorded."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Sequence
from datetime import datetime

from meeting_server import __version__
from meeting_server.live.chamber import records_of, refused
from meeting_server.meeting import replay
from meeting_server.minutes import announcing
from meeting_server.minutes.approvals import METHODS
from meeting_server.minutes.archive import tables
from meeting_server.minutes.archive.holdings import (
    CSV,
    JSON,
    NDJSON,
    PDF,
    PEM,
    TEXT,
    Agent,
    Contents,
    Deed,
    HeldFile,
    Making,
)
from meeting_server.minutes.archive.package import PACKAGER, Package, build
from meeting_server.minutes.document import Minutes, from_json, to_json
from meeting_server.minutes.validation_data import ValidationData, validation_data
from meeting_server.store import Store
from meeting_server.store.archive_packages import PackageMade
from meeting_server.store.chain import StoredRow
from meeting_server.store.evidence import faults as evidence_faults
from meeting_server.store.evidence_export import as_json as evidence_json
from meeting_server.store.minutes import WHOLE, Approval, SealedDocument
from meeting_server.store.notices import StoredNotice
from meeting_server.store.summons_sent import Letter
from meeting_server.store.verify import to_ndjson, verify_rows

ROLES = {"chair": "ordförande", "verifier": "justerare"}


async def gather(store: Store, meeting_id: str) -> Contents:
    """Everything that goes into the meeting's package. Refused until the minutes are verified and sealed."""
    sealed = await store.minutes.sealed(meeting_id)
    if sealed is None:
        raise refused(
            "not-verified",
            "Arkivpaketet görs när protokollet är justerat och stämplat. Det är det inte än.",
            "Inte justerat än",
        )
    prepared = await store.minutes.version(meeting_id, sealed.prepared_sha256)
    assert prepared is not None  # a sealed document refers to it, by a foreign key
    minutes = from_json(prepared.document)
    names = {each.id: each.name for each in await store.register.persons()}
    names |= {each.person: each.name for each in minutes.signatories}
    documents = [sealed]
    for one in await store.notice_board.verified(meeting_id):
        alone = await store.minutes.sealed(meeting_id, one.scope) if one.scope != WHOLE else None
        documents += [alone] if alone is not None else []
    given = [
        each
        for document in documents
        for each in await store.minutes.approvals(meeting_id, document.prepared_sha256)
    ]
    named = {_pdf_name(minutes, document): document for document in documents}
    data = {
        name: (await validation_data(document.pdf), document.shortfall) for name, document in named.items()
    }
    rows = await store.log.read(meeting_id)
    kept = await store.evidence.of(meeting_id)
    matters = replay(records_of(rows)).matters
    secret = frozenset(matter for matter, state in matters.items() if state.matter.secrecy)
    files = [
        *_pdfs(minutes, named, secret),
        *_of_minutes(minutes, given, data, names, sealed.at, is_secret=bool(secret)),
        HeldFile(
            "handelselogg.ndjson",
            to_ndjson(rows).encode(),
            NDJSON,
            "Allt som hände vid sammanträdet, i ordning, med hashkedja. Ska prövas före utlämnande.",
            rows[-1].at,
            restricted=True,
        ),
        HeldFile(
            "underlag.json",
            evidence_json(meeting_id, kept, ()).encode(),
            JSON,
            "Vad som mättes av dem på distans vid varje beslut, i sammandrag. Ska prövas före utlämnande.",
            rows[-1].at,
            restricted=True,
        ),
        *_notices(await store.notice_board.of_meeting(meeting_id), names, sealed.at),
        *_summons(await store.summons.letters(meeting_id), names, sealed.at),
    ]
    deeds = [
        Deed(
            "creation",
            prepared.prepared_at,
            "Protokollet upprättat ur händelseloggen och framlagt för justering.",
            ((prepared.prepared_by, "implementer"),),
            ("protokoll.json",),
        ),
        *_approved(given, documents, minutes),
        *_sealed(named, data, minutes),
        _log_checked(minutes, rows, [str(each) for each in evidence_faults(rows, kept)]),
    ]
    acting = {person for deed in deeds for person, _ in deed.by}
    told = {each.person: each.role_text for each in minutes.signatories}
    agents = [
        Agent(each, "organization", minutes.organisation, "den som stämplade")
        if each == _organisation(minutes)
        else Agent(each, "person", names.get(each, each), told.get(each, ""))
        for each in sorted(acting - {PACKAGER})
    ]
    return Contents(minutes, __version__, tuple(files), tuple(agents), tuple(deeds), secret)


async def make(store: Store, meeting_id: str, by: str, at: datetime) -> tuple[PackageMade, Package]:
    """Make the package and record that; of the same contents it is the one that was made first, again."""
    contents = await gather(store, meeting_id)
    earlier = await _earlier(store, contents)
    if earlier is not None:
        return earlier, await _built(store, contents, earlier)
    package = await _built(store, contents, None, by, at)
    made = await store.archive_packages.record(
        PackageMade(
            meeting_id=meeting_id,
            contents=contents.digest,
            sha256=package.sha256,
            size=len(package.body),
            files=package.files,
            made_by=by,
            made_at=at,
        )
    )
    if made.made_at != at or made.made_by != by:  # somebody else made it at the same moment
        package = await _built(store, contents, made)
    return made, package


async def made_now(store: Store, meeting_id: str) -> Package:
    """The package of what there is, when it has been made. Refused before, and when something has come to."""
    contents = await gather(store, meeting_id)
    earlier = await _earlier(store, contents)
    if earlier is None:
        raise refused(
            "package-not-made",
            "Det finns inget arkivpaket av det som nu är bevarat: inget är gjort, eller så har ett anslag "
            "eller en kallelse kommit till sedan dess. Gör ett nytt.",
            "Inget aktuellt paket",
        )
    return await _built(store, contents, earlier)


async def is_current(store: Store, meeting_id: str) -> bool:
    """Whether the package that was made last holds everything there is to keep."""
    if not await store.archive_packages.of(meeting_id):
        return False
    return await _earlier(store, await gather(store, meeting_id)) is not None


async def _earlier(store: Store, contents: Contents) -> PackageMade | None:
    found = await store.archive_packages.of(contents.minutes.meeting)
    return next((each for each in found if each.contents == contents.digest), None)


async def _built(
    store: Store, contents: Contents, made: PackageMade | None, by: str = "", at: datetime | None = None
) -> Package:
    if made is not None:
        by, at = made.made_by, made.made_at
    assert at is not None
    if by != PACKAGER and by not in {each.id for each in contents.agents}:
        person = await store.register.person(by)
        maker = Agent(by, "person", person.name if person is not None else by, "gjorde arkivpaketet")
        contents = dataclasses.replace(contents, agents=(*contents.agents, maker))
    return await asyncio.to_thread(build, contents, Making(at, by))


def _pdf_name(minutes: Minutes, document: SealedDocument) -> str:
    paragraph = minutes.paragraph(document.scope)
    return "protokoll.pdf" if paragraph is None else f"paragraf-{paragraph.number}.pdf"


def _organisation(minutes: Minutes) -> str:
    return f"organisation:{minutes.organisation}"


def _pdfs(minutes: Minutes, named: dict[str, SealedDocument], secret: frozenset[str]) -> list[HeldFile]:
    return [
        HeldFile(
            name,
            document.pdf,
            PDF,
            "Det justerade protokollet med organisationens stämpel (PAdES). Det är originalet."
            if document.scope == WHOLE
            else "Omedelbart justerad paragraf med organisationens stämpel (PAdES).",
            document.at,
            restricted=bool(secret) if document.scope == WHOLE else document.scope in secret,
        )
        for name, document in named.items()
    ]


def _of_minutes(
    minutes: Minutes,
    given: Sequence[Approval],
    data: dict[str, tuple[ValidationData, str]],
    names: dict[str, str],
    at: datetime,
    *,
    is_secret: bool,
) -> list[HeldFile]:
    approvals = [
        {
            "scope": each.scope,
            "approved_sha256": each.sha256,
            "person": each.person,
            "name": names.get(each.person, each.person),
            "role": each.role,
            "method": each.method,
            "at": each.at.isoformat(),
        }
        for each in given
    ]
    chain = {one.sha256: one.pem for found, _ in data.values() for one in found.certificates}
    held = [
        HeldFile(
            "protokoll.json",
            to_json(minutes).encode(),
            JSON,
            "Protokollet i maskinläsbar form.",
            at,
            restricted=is_secret,
        ),
        HeldFile(
            "godkannanden.json",
            tables.as_json(approvals),
            JSON,
            "Vem som har godkänt, när och hur, med kontrollsumman för det som godkändes.",
            at,
        ),
        HeldFile(
            "valideringsuppgifter.json",
            tables.validation_report(data),
            JSON,
            "Vilka uppgifter för kontroll av stämpeln som ligger i PDF-filerna, och vilka som saknas.",
            at,
        ),
        HeldFile(
            "stampelns-certifikat.pem", "".join(chain.values()).encode(), PEM, "Stämpelns certifikat.", at
        ),
    ]
    votes = tables.vote_lists(minutes)
    if votes.count("\n") > 1:
        held.append(HeldFile("voteringslistor.csv", votes.encode(), CSV, "Hur var och en röstade öppet.", at))
    return held


def _notices(notices: Sequence[StoredNotice], names: dict[str, str], at: datetime) -> list[HeldFile]:
    if not notices:
        return []
    parts = [
        [
            ("Anslag", each.title),
            ("Slag", announcing.KINDS[each.kind]),
            *each.contents.facts,
            *(("Ärende", matter) for matter in each.contents.matters),
            *([("Text", each.contents.text)] if each.contents.text else []),
            *(
                (
                    f"Anslagstavlan i {stood.organisation}",
                    f"anslaget {stood.posted_on} av {names.get(stood.posted_by, stood.posted_by)}, "
                    + (
                        f"nedtaget {stood.removed_on} av "
                        f"{names.get(stood.removed_by or '', stood.removed_by or '')}"
                        if stood.removed_on
                        else "sitter uppe"
                    ),
                )
                for stood in each.postings
            ),
        ]
        for each in notices
    ]
    return [
        HeldFile(
            "anslagsbevis.txt",
            tables.as_text("ANSLAGSBEVIS", parts),
            TEXT,
            "Varje anslag, var det har suttit och när det sattes upp och togs ned.",
            at,
        )
    ]


def _summons(letters: Sequence[Letter], names: dict[str, str], at: datetime) -> list[HeldFile]:
    if not letters:
        return []
    parts = [
        [
            ("Till", names.get(each.person, each.person) if each.person else "alla kallade"),
            *([("Adress", each.address)] if each.address else []),
            ("Gäller", "sammanträdet" if each.scope == "meeting" else f"ärendet {each.scope}"),
            ("Dag", each.sent_on.isoformat()),
            ("Skickad av", names.get(each.sent_by, each.sent_by)),
            ("Mottagen av e-postservern" if each.address else "Utgången", "ja" if each.accepted else "nej"),
            ("Svar", each.answer),
        ]
        for each in letters
    ]
    return [
        HeldFile(
            "kallelsebevis.txt",
            tables.as_text("BEVIS OM KALLELSE", parts),
            TEXT,
            "Till vem kallelsen skickades, när, och vad e-postservern svarade. Ska prövas före utlämnande.",
            at,
            restricted=True,
        )
    ]


def _approved(given: Sequence[Approval], documents: Sequence[SealedDocument], minutes: Minutes) -> list[Deed]:
    name_of = {each.prepared_sha256: _pdf_name(minutes, each) for each in documents}
    return [
        Deed(
            "approval",
            each.at,
            f"Godkänt av {ROLES.get(each.role, each.role)}, {METHODS.get(each.method, each.method)}: "
            f"SHA-256 {each.sha256}.",
            ((each.person, ROLES.get(each.role, each.role)),),
            (name_of[each.sha256],),
        )
        for each in given
    ]


def _sealed(
    named: dict[str, SealedDocument], data: dict[str, tuple[ValidationData, str]], minutes: Minutes
) -> list[Deed]:
    return [
        Deed(
            "digital signature generation",
            document.at,
            " ".join([*data[name][0].sentences, document.shortfall]).strip(),
            ((_organisation(minutes), "authorizer"), (PACKAGER, "executing program")),
            (name,),
        )
        for name, document in named.items()
    ]


def _log_checked(minutes: Minutes, rows: Sequence[StoredRow], others: list[str]) -> Deed:
    """Whether the log is a whole chain, and the one the minutes were made from."""
    found = [each.because for each in verify_rows(rows)] + others
    bound = any(row.seq == minutes.log.seq and row.hash == minutes.log.hash for row in rows)
    if not bound:
        found.append(f"Rad {minutes.log.seq} är inte den som protokollet anger.")
    said = "Kedjan är hel och protokollet hör till den." if not found else " ".join(found)
    return Deed(
        "fixity check",
        None,
        f"Händelseloggens {len(rows)} rader kontrollerade. {said}",
        ((PACKAGER, "executing program"),),
        ("handelselogg.ndjson",),
        "fail" if found else "pass",
    )
