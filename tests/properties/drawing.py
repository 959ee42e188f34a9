"""How any command is drawn: a strategy for each field, by what it names in the meeting now or by its type.

A new command needs nothing here unless it has a field of a kind no command had before; then drawing it fails.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as hs

from meeting_server.law.lots import commitment
from meeting_server.law.proportional import SlipGroup
from meeting_server.meeting import Meeting
from meeting_server.meeting.changing import open_contest
from meeting_server.meeting.election_state import Ballot, SaidNumber
from meeting_server.meeting.words import REJECT, TODAY

Drawn: TypeAlias = hs.SearchStrategy[Any]

SECRET, NONCE, CODE = 400001, "0" * 32, "2222-2222"

_TEXTS = hs.sampled_from(("", "text", "Ärendet ska utredas."))
_NUMBERS = hs.integers(-1, 8)
_PEOPLE = (
    "person",
    "persons",
    "member",
    "substitute",
    "mover",
    "opposed",
    "questioned_by",
    "staying",
    "tellers",
)


def command_for(meeting: Meeting, kind: Any) -> Drawn:
    """The command with fields that may mean something in the meeting now."""
    hints = _hints(kind)
    return hs.builds(
        kind,
        **{field.name: _field(meeting, field.name, hints[field.name]) for field in fields(kind)},
    )


@cache
def _hints(kind: type[object]) -> dict[str, Any]:
    return get_type_hints(kind)


def _field(meeting: Meeting, name: str, hint: object) -> Drawn:
    named = _NAMED.get(name)
    if named is not None:
        return named(meeting) if name in _WHOLE else _shaped(hint, named(meeting))
    if name in _PEOPLE:
        return _shaped(hint, hs.sampled_from(tuple(meeting.people)))
    return _typed(hint)


def _shaped(hint: object, one: Drawn) -> Drawn:
    """One of them, none, or some, as the field's type has it."""
    if get_origin(hint) in (Union, types.UnionType):
        return hs.none() | one
    if get_origin(hint) is tuple:
        return hs.lists(one, max_size=4, unique=True).map(tuple)
    return one


def _typed(hint: object) -> Drawn:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return hs.sampled_from(args)
    if origin in (Union, types.UnionType):
        return hs.one_of(*(hs.none() if each is type(None) else _typed(each) for each in args))
    if origin is tuple:
        return hs.lists(_typed(args[0]), max_size=3).map(tuple)
    simple: Mapping[object, Drawn] = {
        str: _TEXTS,
        int: _NUMBERS,
        bool: hs.booleans(),
        datetime: hs.integers(0, 60).map(lambda days: datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days)),
        SlipGroup: hs.builds(
            SlipGroup,
            designation=hs.sampled_from(("Ettan", "Tvåan", "")),
            names=hs.lists(hs.sampled_from(("Ada", "Bo", "Cecilia")), min_size=1, unique=True).map(tuple),
            ballots=hs.integers(0, 4),
        ),
    }
    if hint not in simple:
        raise TypeError(f"no command had a field of {hint} before; say in tests/properties how it is drawn")
    return simple[hint]


def _matters(meeting: Meeting) -> Drawn:
    current = () if meeting.current is None else (meeting.current,)
    return hs.sampled_from((*current, *meeting.matters))


def _proposals(meeting: Meeting) -> Drawn:
    made = [p for matter in meeting.matters.values() for p in (matter.proposals or {})]
    return hs.sampled_from((*made, "m1-p9"))


def _candidates(meeting: Meeting) -> Drawn:
    contest = open_contest(meeting)
    return hs.sampled_from((*(contest.candidates if contest is not None else ()), TODAY, REJECT))


def _order(meeting: Meeting) -> Drawn:
    contest = open_contest(meeting)
    return hs.permutations(contest.candidates if contest is not None else ("m1-p0",))


def _requests(meeting: Meeting) -> Drawn:
    return hs.sampled_from((*(r.id for r in meeting.debate.queue), "f0"))


def _nominations(meeting: Meeting) -> Drawn:
    made = [n.id for matter in meeting.matters.values() for n in matter.election.nominations]
    return hs.sampled_from((*made, "m4-n9"))


def _ballots(meeting: Meeting) -> list[Ballot]:
    return [b for matter in meeting.matters.values() for b in matter.election.ballots]


def _ballot_ids(meeting: Meeting) -> Drawn:
    return hs.sampled_from((*(b.id for b in _ballots(meeting)), "m4-b9"))


def _draw_ids(meeting: Meeting) -> Drawn:
    return hs.sampled_from((*(d.id for b in _ballots(meeting) for d in b.draws), "m4-b9-l9"))


def _slips(meeting: Meeting) -> Drawn:
    received = max((len(b.received) for b in _ballots(meeting)), default=0)
    one = hs.lists(_nominations(meeting), min_size=1, max_size=1).map(tuple) | hs.just(())
    return hs.lists(one, min_size=received, max_size=received).map(tuple)


def _codes(meeting: Meeting) -> Drawn:
    return hs.just((CODE,) * max((len(b.received) for b in _ballots(meeting)), default=0))


def _counts(meeting: Meeting) -> Drawn:
    ids = next((b.nominations for b in reversed(_ballots(meeting))), ("m4-n1",))
    return hs.fixed_dictionaries({one: hs.integers(0, 4) for one in ids})


def _said(meeting: Meeting) -> Drawn:
    one = hs.builds(SaidNumber, person=hs.sampled_from(tuple(meeting.people)), number=hs.integers(0, 1000))
    return hs.lists(one, min_size=2, max_size=2).map(tuple)


def _just(value: object) -> Callable[[Meeting], Drawn]:
    return lambda meeting: hs.just(value)


_NAMED: Mapping[str, Callable[[Meeting], Drawn]] = {
    "matter": _matters,
    "proposal": _proposals,
    "candidate": _candidates,
    "order": lambda meeting: _order(meeting).map(tuple),
    "id": _requests,
    "nomination": _nominations,
    "nominations": _nominations,
    "choices": _nominations,
    "ballot": _ballot_ids,
    "draw": _draw_ids,
    "slips": _slips,
    "codes": _codes,
    "votes": _counts,
    "numbers": _said,
    "code": _just(CODE),
    "secret": _just(SECRET),
    "nonce": _just(NONCE),
    "seal": _just(commitment(SECRET, NONCE)),
}
"""Fields that name something in the meeting, or must fit together."""

_WHOLE = ("order", "slips", "codes", "numbers")
"""Fields drawn whole, not one by one."""
