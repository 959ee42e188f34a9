"""The minutes over HTTP: read, edit, freeze as a PDF, approve, seal, fetch.

The texts and approvals are kept by the store, the words and rules are those of `minutes`; here they meet.
"""

from __future__ import annotations

from aiohttp import web

from meeting_server.http import pages
from meeting_server.http.downloads import as_file
from meeting_server.http.incoming import read_json
from meeting_server.http.keys import CLOCK, LOGIN, PERSON, SEALING, STORE, VENUE
from meeting_server.http.meeting_pages import about, bootstrap
from meeting_server.http.minutes_parts import (
    WHOLE,
    answer,
    approvals_of,
    composed,
    is_numbered,
    merged,
    prepared_of,
    readable,
    rendered,
    require_as_locked,
    require_immediate,
    require_reader,
    require_secretary,
    require_unverified,
    role_at_the_desk,
    safe,
    tell_the_desk,
    version_of,
)
from meeting_server.http.problems import BadRequest, Forbidden
from meeting_server.http.sealing import NoSeal
from meeting_server.live.chamber import refused
from meeting_server.minutes import approvals, render, texts
from meeting_server.minutes.document import from_json, to_json
from meeting_server.minutes.signing import SealUnreadable
from meeting_server.store.minutes import MinutesVersion

MAX_TEXT = 256 * 1024
"""Bytes of one § in editing form; the longest real ones are some 40 kB."""
MOST_VERSIONS = 10**9
"""What a version number may be at most: beyond it neither database has a whole number."""


async def read_page(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/minutes"""
    role = await require_reader(request)
    minutes = await readable(request, role)
    may = {"approve": role in ("chair", "verifier"), "seal": role == "secretary"}
    return await pages.render(
        request,
        "minutes.html",
        meeting=about(request[VENUE]),
        role=role,
        bootstrap={**bootstrap(request, role), "may": may},
        minutes_html=safe(render.fragment(minutes)),
    )


async def as_json(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/minutes.json"""
    await require_reader(request)
    return await answer(request)


async def save_text(request: web.Request) -> web.StreamResponse:
    """PUT /meetings/{meeting}/minutes/texts/{matter} {text, seen, based_on} or {restore, based_on}."""
    store, meeting_id, matter = (
        request.app[STORE].minutes,
        request.match_info["meeting"],
        request.match_info["matter"],
    )
    require_secretary(request)
    await require_unverified(request, WHOLE)
    await require_unverified(request, matter)
    body = await read_json(request, MAX_TEXT)
    based_on, text, section = body.get("based_on"), body.get("text"), body.get("restore")
    seen = body.get("seen")
    if type(based_on) is not int or not 0 <= based_on <= MOST_VERSIONS:
        raise BadRequest("based_on ska vara versionen som texten bygger på.")
    paragraph = next((each for each in composed(request[VENUE]).paragraphs if each.matter == matter), None)
    if paragraph is None:
        raise web.HTTPNotFound
    saved = (await store.texts(meeting_id)).get(matter)
    if isinstance(section, str):
        kept = texts.restore(paragraph, saved.text, section) if saved is not None else None
        kept = kept or ""
    elif isinstance(text, str):
        try:
            before, seen = (await store.texts(meeting_id)).get(matter), body.get("seen")
            kept = texts.save(
                paragraph,
                text,
                before.text if before is not None else "",
                seen if isinstance(seen, str) else None,
            )
        except texts.TextRefused as wrong:
            raise wrong.refusal() from None
    else:
        raise BadRequest("text eller restore saknas.")
    now = request.app[CLOCK].now()
    await store.save_text(meeting_id, matter, kept, based_on=based_on, by=request[PERSON].id, at=now)
    tell_the_desk(request)
    return await answer(request)


async def prepare(request: web.Request) -> web.StreamResponse:
    """POST /meetings/{meeting}/minutes/prepare {matter?}: freeze the whole, or one § that is verified at
    once.
    """
    require_secretary(request)
    matter = (await read_json(request)).get("matter") if request.can_read_body else None
    scope = matter if isinstance(matter, str) else WHOLE
    await require_unverified(request, scope)
    store, meeting_id, now = (
        request.app[STORE].minutes,
        request.match_info["meeting"],
        request.app[CLOCK].now(),
    )
    minutes = await merged(request)
    approvals.may_prepare(minutes, scope)
    if scope == WHOLE:
        pdf = await rendered(render.prepare_pdf(minutes, now))
    else:
        require_immediate(request[VENUE], scope)
        pdf = await rendered(render.paragraph_pdf(minutes, scope, now))
    await store.prepare(
        meeting_id, scope=scope, pdf=pdf, document=to_json(minutes), by=request[PERSON].id, at=now
    )
    tell_the_desk(request)
    return await answer(request)


async def approve(request: web.Request) -> web.StreamResponse:
    """POST /meetings/{meeting}/minutes/approve {sha256}: an act bound to exactly these bytes."""
    body = await read_json(request)
    version = await version_of(request, body.get("sha256"))
    store, meeting_id, now = (
        request.app[STORE].minutes,
        request.match_info["meeting"],
        request.app[CLOCK].now(),
    )
    approval = approvals.approve(
        from_json(version.document),
        prepared_of(version),
        await approvals_of(request, version.sha256),
        request[PERSON].id,
        version.sha256,
        now,
        "demo-link" if request[LOGIN].method == "demo" else "password",
        version.scope,
    )
    if version.scope != WHOLE:
        require_as_locked(from_json(version.document), await merged(request), version.scope)
    await store.approve(
        meeting_id, version.sha256, person=approval.person, role=approval.role, method=approval.method, at=now
    )
    try:
        await _seal_if_complete(request, version)
    finally:
        tell_the_desk(request)  # without a seal the approval is kept all the same
    return await answer(request)


async def remark(request: web.Request) -> web.StreamResponse:
    """POST /meetings/{meeting}/minutes/remark {sha256, paragraph, text}: what a verifier objects to."""
    if role_at_the_desk(request[VENUE], request[PERSON].id) not in ("chair", "verifier"):
        raise Forbidden("Anmärkningar lämnas av ordföranden och justerarna.")
    body = await read_json(request)
    version = await version_of(request, body.get("sha256"))
    text, paragraph = body.get("text"), body.get("paragraph")
    if not isinstance(text, str) or not text.strip() or len(text) > 4000:
        raise BadRequest("Skriv anmärkningen, högst 4 000 tecken.")
    if paragraph is not None and not is_numbered(from_json(version.document), paragraph):
        raise BadRequest("Paragrafen finns inte i protokollet som anmärkningen gäller.")
    await request.app[STORE].minutes.remark(
        request.match_info["meeting"],
        version.sha256,
        person=request[PERSON].id,
        paragraph=str(paragraph) if paragraph is not None else None,
        text=text.strip(),
        at=request.app[CLOCK].now(),
    )
    tell_the_desk(request)
    return await answer(request)


async def draft_pdf(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/minutes/draft.pdf: what is to be approved if it is frozen, otherwise a marked
    draft.
    """
    role = await require_reader(request)
    meeting_id = request.match_info["meeting"]
    current = await request.app[STORE].minutes.current(meeting_id)
    if current is not None and "draft" not in request.query:
        return as_file(current.pdf, "application/pdf", f"protokoll-{meeting_id}.pdf", shown=True)
    if role == "reader":
        raise web.HTTPNotFound
    pdf = await rendered(render.draft_pdf(await merged(request), request.app[CLOCK].now()))
    return as_file(pdf, "application/pdf", f"utkast-{meeting_id}.pdf", shown=True)


async def sealed_pdf(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/minutes/justerat.pdf"""
    return await _sealed(request, WHOLE, f"protokoll-{request.match_info['meeting']}.pdf")


async def paragraph_pdf(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/minutes/paragraphs/{matter}.pdf: one § as sealed, or for approval."""
    scope, meeting_id = request.match_info["matter"], request.match_info["meeting"]
    store = request.app[STORE].minutes
    role = role_at_the_desk(request[VENUE], request[PERSON].id)
    current = await store.current(meeting_id, scope)
    if await store.sealed(meeting_id, scope) is None and current is not None and role != "reader":
        return as_file(current.pdf, "application/pdf", f"paragraf-{scope}.pdf", shown=True)
    return await _sealed(request, scope, f"paragraf-{meeting_id}-{scope}.pdf")


async def _sealed(request: web.Request, scope: str, name: str) -> web.Response:
    store, meeting_id = request.app[STORE].minutes, request.match_info["meeting"]
    found = await store.sealed(meeting_id, scope)
    if found is None:
        current = await store.current(meeting_id, scope)
        if current is not None:  # the last approval was stored, and something ended before the seal was set
            await _seal_if_complete(request, current)
            found = await store.sealed(meeting_id, scope)
    if found is None:
        raise refused("not-verified", "Alla som ska justera har inte godkänt än.", "Inte justerat än")
    return as_file(found.pdf, "application/pdf", name)


async def _seal_if_complete(request: web.Request, version: MinutesVersion) -> None:
    """When everybody has approved: attach the approvals, set the seal, keep the result. Safe to do again."""
    store, meeting_id, now = (
        request.app[STORE].minutes,
        request.match_info["meeting"],
        request.app[CLOCK].now(),
    )
    minutes, given = from_json(version.document), await approvals_of(request, version.sha256)
    if not approvals.standing(minutes, prepared_of(version), given, version.scope).complete:
        return
    if version.scope == WHOLE:
        final = await rendered(render.verified_pdf(minutes, version.pdf, given, now))
    else:
        final = await rendered(render.paragraph_pdf(minutes, version.scope, now, given, version.pdf))
    try:
        made = await request.app[SEALING].seal(final, minutes.organisation, "Justerat protokoll")
    except NoSeal:
        raise refused(
            "no-seal", "Organisationens stämpel är inte inställd. Godkännandet är sparat.", "Stämpel saknas"
        ) from None
    except SealUnreadable as wrong:
        raise refused(
            "no-seal", f"{str(wrong).rstrip('.')}. Godkännandet är sparat.", "Stämpel saknas"
        ) from None
    await store.seal(
        meeting_id,
        scope=version.scope,
        sha256=version.sha256,
        pdf=made.pdf,
        at=now,
        shortfall=made.shortfall,
    )
