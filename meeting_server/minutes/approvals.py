"""Approving the minutes (justering): who must, who has, and when an approval counts.

Pure rules, no storage.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from meeting_server.law.kommunallagen.minutes import VERIFY_WITHIN_DAYS
from meeting_server.meeting.outcome import Refusal
from meeting_server.minutes.document import Minutes, Signatory
from meeting_server.minutes.wording import at_clock, date_in_words, listed
from meeting_server.wire.json import encode

METHODS = {
    "password": "inloggad med lösenord",
    "passkey": "inloggad med passnyckel",
    "eid": "e-legitimation",
    "demo-link": "demonstrationslänk",
}
WHOLE = "minutes"
"""The scope of an approval of all of the minutes; any other scope is the id of one matter."""


@dataclass(frozen=True)
class Prepared:
    """A frozen version laid before the approvers.

    The SHA-256 of its PDF (hex), when and by whom, and its scope.
    """

    sha256: str
    at: dt.datetime
    by: str
    scope: str = WHOLE


@dataclass(frozen=True)
class Approval:
    """One person's approval of one frozen version: an act bound to its SHA-256."""

    person: str
    role: Literal["chair", "verifier"]
    scope: str
    sha256: str
    at: dt.datetime
    method: str


@dataclass(frozen=True)
class Remark:
    """A verifier's or the chair's remark on a frozen version, to one § or to all of it (`paragraph` None)."""

    person: str
    name: str
    paragraph: int | None
    text: str
    at: dt.datetime
    sha256: str


@dataclass(frozen=True)
class Standing:
    """How far the approval has come.

    `given` are only those of the version at hand; older ones do not count.
    """

    required: tuple[Signatory, ...]
    given: tuple[Approval, ...]
    remaining: tuple[Signatory, ...]
    complete: bool


def required(minutes: Minutes, scope: str = WHOLE) -> tuple[Signatory, ...]:
    """Who must approve: everyone who presided, and the verifiers; for one § its chair and the verifiers."""
    people = tuple(one for one in minutes.signatories if one.role in ("chair", "verifier"))
    if scope == WHOLE:
        return people
    paragraph = minutes.paragraph(scope)
    if paragraph is None:
        return ()
    return tuple(one for one in people if one.role == "verifier" or one.person == paragraph.chair)


def standing(
    minutes: Minutes, prepared: Prepared | None, given: Sequence[Approval], scope: str = WHOLE
) -> Standing:
    """Who has approved the version at hand and who remains."""
    people = required(minutes, scope)
    if prepared is None:
        return Standing(people, (), people, False)
    valid = tuple(one for one in given if one.sha256 == prepared.sha256 and one.scope == scope)
    done = {one.person for one in valid}
    remaining = tuple(one for one in people if one.person not in done)
    return Standing(people, valid, remaining, bool(people) and not remaining)


def may_prepare(minutes: Minutes, scope: str = WHOLE) -> None:
    """Refuses to freeze the minutes before the meeting is closed, or one § that is not declared for it."""
    if not any(one.role == "verifier" for one in minutes.signatories):
        raise Refusal(
            "verifiers-missing",
            "KL 5:69",
            "Ingen justerare är utsedd. Ordföranden utser justerare under sammanträdet.",
            "ingen justerare utsedd",
        )
    if scope != WHOLE:
        paragraph = minutes.paragraph(scope)
        if paragraph is None or not paragraph.immediate:
            raise Refusal(
                "not-immediate",
                "arbetsordningen",
                "Paragrafen är inte förklarad omedelbart justerad.",
                "inte omedelbart justerad",
                {"matter": scope},
            )
        return
    if not minutes.complete:
        raise Refusal(
            "meeting-open",
            "system",
            "Sammanträdet är inte avslutat. Protokollet låses för justering när det är avslutat.",
            "sammanträdet pågår",
        )


def approve(
    minutes: Minutes,
    prepared: Prepared | None,
    given: Sequence[Approval],
    person: str,
    sha256: str,
    at: dt.datetime,
    method: str,
    scope: str = WHOLE,
) -> Approval:
    """The approval of one person, or a Refusal.

    `sha256` is what the person has read: when the minutes have been prepared anew meanwhile, it is refused.
    """
    state = standing(minutes, prepared, given, scope)
    own = next((one for one in state.required if one.person == person), None)
    if own is None:
        names = listed([one.name for one in state.required])
        raise Refusal(
            "not-approver",
            "KL 5:69",
            f"Protokollet justeras av {names}." if names else "Ingen är utsedd att justera protokollet.",
            "du justerar inte",
            {"required": [one.person for one in state.required]},
        )
    if prepared is None:
        raise Refusal(
            "not-prepared",
            "system",
            "Protokollet är inte klart för justering än.",
            "inte klart för justering",
        )
    if sha256 != prepared.sha256:
        raise Refusal(
            "minutes-changed",
            "system",
            "Protokollet har ändrats sedan du läste det. Läs den nya versionen och godkänn den.",
            "protokollet har ändrats",
            {"read": sha256, "current": prepared.sha256},
        )
    if any(one.person == person for one in state.given):
        raise Refusal(
            "already-approved", "system", "Du har redan godkänt den här versionen.", "redan godkänt"
        )
    role: Literal["chair", "verifier"] = "chair" if own.role == "chair" else "verifier"
    return Approval(person, role, scope, sha256, at, method)


def verification_due(closed_on: dt.date) -> dt.date:
    """The last day to verify the minutes of a meeting closed on that day (KL 5:69)."""
    return closed_on + dt.timedelta(days=VERIFY_WITHIN_DAYS)


def approval_text(one: Approval, zone: dt.tzinfo | None) -> str:
    """ "Godkänt digitalt den 18 november 2026 kl. 14.02, inloggad med lösenord"."""
    local = one.at.astimezone(zone)
    how = METHODS.get(one.method, one.method)
    return f"Godkänt digitalt den {date_in_words(local.date())} {at_clock(local)}, {how}"


def record_json(minutes: Minutes, prepared_sha256: str, given: Sequence[Approval]) -> str:
    """The record of approval that is attached to the verified minutes, as JSON."""
    names = {one.person: one for one in minutes.signatories}
    data = {
        "schema": "klubban-approvals/1",
        "meeting": minutes.meeting,
        "approved_sha256": prepared_sha256,
        "approvals": [
            {
                **encode(one),
                "name": names[one.person].name if one.person in names else None,
                "paragraphs": list(names[one.person].paragraphs) if one.person in names else [],
            }
            for one in sorted(given, key=lambda one: (one.at, one.person))
        ],
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1)
