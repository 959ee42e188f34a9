"""What the minutes page and the secretary's desk show: texts, differences, what is missing, who approves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from meeting_server.meeting.local_time import zone_at
from meeting_server.meeting.outcome import Refusal
from meeting_server.minutes import approvals, completeness, texts
from meeting_server.minutes.approvals import WHOLE, Approval, Prepared, Remark, Standing
from meeting_server.minutes.document import Minutes, Paragraph, to_data
from meeting_server.minutes.render import fragment
from meeting_server.wire.json import encode

SOON_DAYS = 4
"""The due date is marked this many days before (day 10 of 14)."""
STATUS_TEXTS = {
    "draft": "Utkast",
    "missing": "Uppgifter saknas",
    "to_prepare": "Klart att låsa för justering",
    "prepared": "För justering",
    "verified": "Justerat",
}


@dataclass(frozen=True)
class StoredText:
    """The secretary's text of a § as the store has it: what `texts.save` gave, its version, by whom, when."""

    text: str
    version: int
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class ParagraphVersion:
    """One § frozen for immediate verification: the version, its approvals, and whether the seal is set."""

    prepared: Prepared
    given: Sequence[Approval]
    sealed: bool


def minutes_page(
    composed: Minutes,
    stored: Mapping[str, StoredText],
    prepared: Prepared | None,
    given: Sequence[Approval],
    remarks: Sequence[Remark],
    viewer: str | None,
    now: dt.datetime,
    paragraphs: Mapping[str, ParagraphVersion] | None = None,
    frozen: Minutes | None = None,
) -> dict[str, Any]:
    """The body of minutes.json.

    `paragraphs` holds the versions of §§ frozen by themselves, by matter. `frozen` is the document of the
    prepared version: everybody but the secretary reads that one, since it is what an approval is bound to.
    """
    merged = texts.apply(composed, {matter: one.text for matter, one in stored.items()})
    secretary = any(one.person == viewer and one.role == "secretary" for one in composed.signatories)
    shown = merged if frozen is None or secretary else frozen
    standing = approvals.standing(composed, prepared, given)
    status = _status(composed, prepared, standing)
    alone = paragraphs or {}
    missing = completeness.missing(merged)
    return {
        "minutes": to_data(shown),
        "status": status,
        "status_text": STATUS_TEXTS["missing" if status == "to_prepare" and missing else status],
        "paragraphs": [
            _paragraph(composed, merged, shown, one, stored, remarks, alone, viewer)
            for one in composed.paragraphs
        ],
        "head_html": fragment(shown, part="head"),
        "attachments_html": fragment(shown, part="attachments").strip(),
        "missing": [encode(one) for one in missing],
        "prepared": _prepared(prepared, frozen is not None and frozen != merged),
        "approvers": _approvers(standing),
        "me": {**_me(composed, prepared, given, standing, viewer), "secretary": secretary},
        **_due(composed, status, now),
        "remarks": [encode(one) for one in remarks],
    }


def _status(composed: Minutes, prepared: Prepared | None, standing: Standing) -> str:
    if prepared is None:
        return "to_prepare" if composed.complete else "draft"
    return "verified" if standing.complete else "prepared"


def _paragraph(
    composed: Minutes,
    merged: Minutes,
    shown: Minutes,
    one: Paragraph,
    stored: Mapping[str, StoredText],
    remarks: Sequence[Remark],
    alone: Mapping[str, ParagraphVersion],
    viewer: str | None,
) -> dict[str, Any]:
    kept = stored.get(one.matter)
    text = kept.text if kept is not None else ""
    mine = merged.paragraph(one.matter) or one
    version = alone.get(one.matter)
    return {
        "matter": one.matter,
        "number": one.number,
        "title": one.title,
        "status": "edited" if text else "log",
        "version": kept.version if kept is not None else 0,
        "by": kept.by if kept is not None else None,
        "at": kept.at.isoformat() if kept is not None else None,
        "text": texts.editing_text(mine),
        "composed_text": texts.editing_text(one),
        "html": fragment(shown, matter=one.matter).strip(),
        "differences": [encode(part) for part in texts.differences(one, text)],
        "content": [encode(part) for part in completeness.content(mine, merged.complete)],
        "remarks": [encode(remark) for remark in remarks if remark.paragraph == one.number],
        "immediate": one.immediate,
        **_immediate(composed, one, version, viewer),
    }


def _immediate(
    composed: Minutes, one: Paragraph, version: ParagraphVersion | None, viewer: str | None
) -> dict[str, Any]:
    if version is None:
        return {"verified_immediately": False, "prepared": None, "approvers": [], "may_approve": False}
    standing = approvals.standing(composed, version.prepared, version.given, one.matter)
    return {
        "verified_immediately": version.sealed or standing.complete,
        "prepared": _prepared(version.prepared),
        "approvers": _approvers(standing),
        "may_approve": any(person.person == viewer for person in standing.remaining),
    }


def _prepared(prepared: Prepared | None, changed: bool = False) -> dict[str, Any] | None:
    """The frozen version; `changed` when the text or the log has moved since it was frozen."""
    if prepared is None:
        return None
    short = " ".join(prepared.sha256[at : at + 4] for at in range(0, 16, 4))
    return {
        "sha256": prepared.sha256,
        "sha_short": short,
        "at": prepared.at.isoformat(),
        "by": prepared.by,
        "changed": changed,
    }


def _approvers(standing: Standing) -> list[dict[str, Any]]:
    given = {one.person: one for one in standing.given}
    return [
        {
            "person": one.person,
            "name": f"{one.name} ({one.party})" if one.party else one.name,
            "role": one.role,
            "role_text": one.role_text.lower(),
            "paragraphs_text": one.paragraphs_text,
            "approved_at": given[one.person].at.isoformat() if one.person in given else None,
            "method_text": approvals.METHODS.get(given[one.person].method, given[one.person].method)
            if one.person in given
            else None,
        }
        for one in standing.required
    ]


def _me(
    composed: Minutes,
    prepared: Prepared | None,
    given: Sequence[Approval],
    standing: Standing,
    viewer: str | None,
) -> dict[str, Any]:
    approver = any(one.person == viewer for one in standing.required)
    why_not = None
    if viewer is not None:
        try:
            sha256 = prepared.sha256 if prepared is not None else ""
            at = prepared.at if prepared is not None else dt.datetime.min.replace(tzinfo=dt.UTC)
            approvals.approve(composed, prepared, given, viewer, sha256, at, "password", WHOLE)
        except Refusal as refusal:
            why_not = refusal.because
    return {
        "approver": approver,
        "approved": any(one.person == viewer for one in standing.given),
        "may_approve": viewer is not None and why_not is None,
        "why_not": why_not,
    }


def _due(composed: Minutes, status: str, now: dt.datetime) -> dict[str, Any]:
    if composed.verification.due is None or composed.closed_at is None:
        return {"due": None, "due_text": "", "due_state": "ok"}
    due = dt.date.fromisoformat(composed.verification.due)
    today = now.astimezone(zone_at(composed.closed_at)).date()
    left = (due - today).days
    state = "ok" if status == "verified" or left > SOON_DAYS else "late" if left < 0 else "soon"
    return {"due": due.isoformat(), "due_text": composed.verification.due_text, "due_state": state}
