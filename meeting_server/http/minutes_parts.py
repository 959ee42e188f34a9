"""What the minutes desk works with: the composed minutes, what the store keeps of them, who may do what."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Mapping, Sequence

from aiohttp import web
from markupsafe import Markup

from meeting_server.http.archive_desk import about_packages
from meeting_server.http.keys import CLOCK, PERSON, STORE, VENUE
from meeting_server.http.problems import BadRequest, Forbidden
from meeting_server.live.chamber import refused
from meeting_server.live.chambers import Venue
from meeting_server.meeting import Role, roles_of
from meeting_server.minutes import approvals, page, render, texts
from meeting_server.minutes.compose import compose
from meeting_server.minutes.document import Minutes, from_json
from meeting_server.minutes.validation_data import validation_data
from meeting_server.store.minutes import MinutesVersion

WHOLE = "minutes"
"""The scope of the whole minutes; the other scopes are matters."""
_NUMBER = re.compile("[0-9]{1,9}")


def role_at_the_desk(venue: Venue, person: str) -> str:
    """What the person is to these minutes: secretary, chair, verifier or reader."""
    meeting = venue.meeting
    if Role.SECRETARY in roles_of(meeting, person):
        return "secretary"
    if person == meeting.chair:
        return "chair"
    return "verifier" if person in meeting.verifiers else "reader"


async def answer(request: web.Request) -> web.Response:
    """The whole desk as JSON."""
    store, meeting_id = request.app[STORE].minutes, request.match_info["meeting"]
    current = await store.current(meeting_id)
    body = page.minutes_page(
        composed(request[VENUE]),
        await _stored_texts(request),
        prepared_of(current) if current is not None else None,
        await approvals_of(request, current.sha256) if current is not None else [],
        [
            approvals.Remark(
                each.person,
                _name(request, each.person),
                _number(each.paragraph),
                each.text,
                each.at,
                each.sha256,
            )
            for each in await store.remarks(meeting_id)
        ],
        request[PERSON].id,
        request.app[CLOCK].now(),
        await _paragraph_versions(request),
        from_json(current.document) if current is not None else None,
    )
    sealed = await store.sealed(meeting_id)
    body["sealed"] = sealed is not None
    if sealed is not None and role_at_the_desk(request[VENUE], request[PERSON].id) == "secretary":
        data = await validation_data(sealed.pdf)
        body["seal"] = {
            "level": data.level,
            "certificates": len(data.certificates),
            "revocation": data.lists + data.answers,
            "revocation_named": data.revocation_named,
            "stamped_at": data.stamped_at.isoformat() if data.stamped_at else None,
            "shortfall": sealed.shortfall,
        }
        body["archive"] = await about_packages(request.app[STORE], meeting_id)
    return web.json_response(body, headers={"Cache-Control": "no-store"})


async def readable(request: web.Request, role: str) -> Minutes:
    """What somebody reads: the frozen minutes when there are any; the secretary the text being written."""
    current = await request.app[STORE].minutes.current(request.match_info["meeting"])
    if current is None or role == "secretary":
        return await merged(request)
    return from_json(current.document)


async def _paragraph_versions(request: web.Request) -> dict[str, page.ParagraphVersion]:
    """The §§ that have been frozen by themselves, since they are verified immediately."""
    store, meeting_id = request.app[STORE].minutes, request.match_info["meeting"]
    found = {}
    for matter, state in request[VENUE].meeting.matters.items():
        version = await store.current(meeting_id, matter) if state.immediate else None
        if version is not None:
            given = await approvals_of(request, version.sha256)
            sealed = await store.sealed(meeting_id, matter) is not None
            found[matter] = page.ParagraphVersion(prepared_of(version), given, sealed)
    return found


def composed(venue: Venue) -> Minutes:
    """The minutes as the log gives them."""
    return compose(venue.chamber.records, venue.chamber.head_hash or None)


async def merged(request: web.Request) -> Minutes:
    """The minutes with the secretary's texts in place."""
    stored = await request.app[STORE].minutes.texts(request.match_info["meeting"])
    return texts.apply(composed(request[VENUE]), {matter: each.text for matter, each in stored.items()})


async def _stored_texts(request: web.Request) -> Mapping[str, page.StoredText]:
    stored = await request.app[STORE].minutes.texts(request.match_info["meeting"])
    return {
        matter: page.StoredText(each.text, each.version, each.by, each.at) for matter, each in stored.items()
    }


async def approvals_of(request: web.Request, sha256: str) -> Sequence[approvals.Approval]:
    """The approvals given of one frozen version."""
    given = await request.app[STORE].minutes.approvals(request.match_info["meeting"], sha256)
    return [
        approvals.Approval(
            each.person,
            "chair" if each.role == "chair" else "verifier",
            each.scope,
            each.sha256,
            each.at,
            each.method,
        )
        for each in given
    ]


def prepared_of(version: MinutesVersion) -> approvals.Prepared:
    """A frozen version as the rules of approval know it."""
    return approvals.Prepared(version.sha256, version.prepared_at, version.prepared_by)


async def version_of(request: web.Request, sha256: object) -> MinutesVersion:
    """The frozen version with this hash; refused when a newer one has replaced it."""
    if not isinstance(sha256, str):
        raise BadRequest("sha256 saknas.")
    found = await request.app[STORE].minutes.version(request.match_info["meeting"], sha256)
    if found is None or found.status == "replaced":
        raise refused(
            "minutes-changed",
            "Protokollet har ändrats sedan du öppnade det. Läs det nya.",
            "Protokollet har ändrats",
        )
    return found


async def rendered(pdf: Awaitable[bytes]) -> bytes:
    """Await a rendering; glyphs that no font has become a refusal that names them."""
    try:
        return await pdf
    except render.GlyphsMissing as missing:
        raise missing.refusal() from None


def require_immediate(venue: Venue, scope: str) -> None:
    """Only a § that was declared immediately verified is approved by itself."""
    matter = venue.meeting.matters.get(scope)
    if matter is None or not matter.immediate:
        raise refused(
            "not-declared-immediate", "Paragrafen är inte förklarad omedelbart justerad.", "Inte omedelbar"
        )


def require_secretary(request: web.Request) -> None:
    """The secretary alone writes the minutes."""
    if role_at_the_desk(request[VENUE], request[PERSON].id) != "secretary":
        raise Forbidden("Protokollet skrivs av sekreteraren.")


async def require_reader(request: web.Request) -> str:
    """Secretary, chair and verifiers read the draft; everybody else on the roster reads what is verified."""
    role = role_at_the_desk(request[VENUE], request[PERSON].id)
    if role == "reader" and await request.app[STORE].minutes.sealed(request.match_info["meeting"]) is None:
        raise Forbidden("Protokollet kan läsas här när det är justerat.")
    return role


async def require_unverified(request: web.Request, scope: str) -> None:
    """What is verified does not change: neither the minutes, nor a § that was verified by itself."""
    store, meeting_id = request.app[STORE].minutes, request.match_info["meeting"]
    verified = await store.sealed(meeting_id, scope) is not None
    current = await store.current(meeting_id, scope)
    if not verified and current is not None:  # all have approved, and the seal could not be set
        given = await approvals_of(request, current.sha256)
        verified = approvals.standing(
            from_json(current.document), prepared_of(current), given, scope
        ).complete
    if verified:
        paragraph = composed(request[VENUE]).paragraph(scope)
        because = "Protokollet är justerat och ändras inte längre."
        if paragraph is not None:
            because = f"§\u00a0{paragraph.number} är omedelbart justerad och ändras inte."
        raise refused("minutes-verified", because, "Redan justerat")


def require_as_locked(frozen: Minutes, now: Minutes, scope: str) -> None:
    """A § is approved by itself only in the words it has: a change since it was locked would part the two."""
    locked, written = frozen.paragraph(scope), now.paragraph(scope)
    if locked is not None and (written is None or locked.sections != written.sections):
        raise refused(
            "paragraph-changed",
            f"§\u00a0{locked.number} har ändrats sedan den låstes. Sekreteraren låser den på nytt.",
            "Paragrafen har ändrats",
        )


def tell_the_desk(request: web.Request) -> None:
    """The secretary's pages hear that the minutes have changed, which no event tells; they fetch them."""
    request[VENUE].hub.tell({"type": "minutes"}, "secretary")


def _name(request: web.Request, person: str) -> str:
    found = request[VENUE].meeting.people.get(person)
    return found.called if found is not None else person


def is_numbered(minutes: Minutes, number: object) -> bool:
    """Whether a § of these minutes has that number, told as a number."""
    return type(number) is int and any(each.number == number for each in minutes.paragraphs)


def _number(paragraph: str | None) -> int | None:
    """The § a stored remark is about; None for all of it, and for what an older server took for a number."""
    return int(paragraph) if paragraph is not None and _NUMBER.fullmatch(paragraph) else None


def safe(fragment: str) -> Markup:
    """HTML that is already escaped."""
    return Markup(fragment)  # made by the minutes' own autoescaped template
