"""What must hold between the entries of a register file: references, seats, mandates, rules, law; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from meeting_server.law.bodies import PROFILES
from meeting_server.law.notice_days import extra_meeting
from meeting_server.law.regime import in_force
from meeting_server.store.register_majority import majority_faults
from meeting_server.store.register_reported import reported_faults
from meeting_server.store.register_values import BodyEntry, MeetingEntry, RegisterFile
from meeting_server.store.register_words import PRESIDIUM
from meeting_server.store.yaml_reading import Fault, Place

# The form of a meeting and how far the standing orders must open for it (KL 5:16, 6:24).
_NEEDS = {
    "room": ("not_allowed", "some_may", "all_may", "all_may_be_obliged"),
    "hybrid": ("some_may", "all_may", "all_may_be_obliged"),
    "remote": ("all_may", "all_may_be_obliged"),
    "mandatory_remote": ("all_may_be_obliged",),
}


_MOST_STAFF = 3

_IDENTIFIES = re.compile(r"personer(\[\d+\](\.(id|parti))?)?")
"""Where a fault of form leaves unknown who there is, or of which party."""


def faults_of(register: RegisterFile) -> list[Fault]:
    """Everything in the register that cannot be, with its place in the file."""
    return [
        *_repeated((person.id, person.place) for person in register.persons),
        *_repeated((body.id, body.place) for body in register.bodies),
        *_repeated((meeting.id, meeting.place) for meeting in register.meetings),
        *_parties(register),
        *(fault for body in register.bodies for fault in _body(register, body)),
        *(fault for meeting in register.meetings for fault in _meeting(register, meeting)),
        *(fault for body in register.bodies for fault in reported_faults(register, body)),
    ]


def faults_beside(register: RegisterFile, form: Sequence[Fault]) -> list[Fault]:
    """What cannot be in those parts of the register that the faults of form leave alone.

    form: what could not be read. A value that stands for one that could not be read is never blamed, so an
    entry with a fault in it, or one that hangs on such an entry, is only asked about the people it names.
    """
    unread = [fault.path for fault in form]
    if "filen" in unread:
        return []

    def whole(path: str) -> bool:
        return not any(each == path or each.startswith((f"{path}.", f"{path}[")) for each in unread)

    found = [
        *_repeated((person.id, person.place) for person in register.persons if whole(person.place.path)),
        *_repeated((body.id, body.place) for body in register.bodies if whole(body.place.path)),
        *_repeated((meeting.id, meeting.place) for meeting in register.meetings if whole(meeting.place.path)),
    ]
    if whole("partier"):
        found += [fault for fault in _parties(register) if whole(fault.path)]
    if any(_IDENTIFIES.fullmatch(path) for path in unread):
        return found
    whole_bodies = {body.id for body in register.bodies if whole(body.place.path)}
    for body in register.bodies:
        asked = _body(register, body) if body.id in whole_bodies else _unknown(register, body)
        found += [fault for fault in asked if whole(fault.path) or fault.path == body.place.path]
    for meeting in register.meetings:
        if whole(meeting.place.path) and (meeting.body in whole_bodies or whole("organ")):
            found += _meeting(register, meeting)
        elif whole(f"{meeting.place.path}.sekreterare") and whole(f"{meeting.place.path}.närvarande"):
            found += _unknown_officials(register, meeting)
    return found


def _repeated(ids: Iterable[tuple[str, Place]]) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    for id, place in ids:
        if id in first:
            yield place.fault(f"id {id} används redan på rad {first[id].line}")
        first.setdefault(id, place)


def _parties(register: RegisterFile) -> Iterator[Fault]:
    letters = {letter for letter, _ in register.parties}
    for person in register.persons:
        if person.party is not None and person.party not in letters:
            yield person.place.fault(f"partiet {person.party} finns inte under partier")


def _body(register: RegisterFile, body: BodyEntry) -> Iterator[Fault]:
    if PROFILES[body.kind].odd_seats and body.seats % 2 == 0:
        yield body.place.fault(f"fullmäktige har {body.seats} platser; antalet ska vara udda (KL 5:5)")
    yield from _orders(body)
    yield from _joint(body)
    unknown = list(_unknown(register, body))
    yield from unknown
    yield from _overlaps(body)
    yield from _own_substitutes(register, body)
    for day in _changes(body):
        yield from _one_day(body, day)
        if body.kind == "assembly" and not unknown:  # whose party is not known cannot be counted
            yield from _too_many_substitutes(register, body, day)


def _unknown(register: RegisterFile, body: BodyEntry) -> Iterator[Fault]:
    known = {person.id for person in register.persons}
    for mandate in (*body.members, *body.substitutes):
        if mandate.person not in known:
            yield mandate.place.fault(f"personen {mandate.person} finns inte under personer")


def _orders(body: BodyEntry) -> Iterator[Fault]:
    if not body.orders:
        yield body.place.fault("bestämmelser ska ha minst en version")
    yield from _repeated((entry.orders.version, entry.place) for entry in body.orders)
    days: dict[date, str] = {}
    for entry in body.orders:
        orders = entry.orders
        if entry.in_force_on in days:
            yield entry.place.fault(f"version {days[entry.in_force_on]} gäller från samma dag")
        days[entry.in_force_on] = orders.version
        if date.fromisoformat(orders.decided_on) > entry.in_force_on:
            yield entry.place.fault(
                f"gäller från {entry.in_force_on} men beslutades först {orders.decided_on}"
            )
        if orders.committee_uses_obligation and orders.distance != "all_may_be_obliged":
            yield entry.place.fault("obligatorisk_distans kräver att distans är alla_kan_åläggas (KL 6:24)")
        if orders.publicity == "public" and orders.publicity_reference is None:
            yield entry.place.fault(
                "offentligt: ja kräver nämndens eget beslut i offentligt_beslut (KL 6:25)"
            )
        if orders.publicity != "closed" and PROFILES[body.kind].is_public:
            yield entry.place.fault("fullmäktige är alltid offentligt; utelämna offentligt (KL 5:42)")


def _joint(body: BodyEntry) -> Iterator[Fault]:
    """Several municipalities have standing orders for a joint committee and for nothing else (KL 9:23)."""
    shared = PROFILES[body.kind].shared
    for entry in body.orders:
        several = len(entry.orders.agreements)
        if several and not shared:
            yield entry.place.fault("bara en gemensam nämnd har flera kommuners reglementen (KL 9:23)")
        elif shared and several < 2:
            yield entry.place.fault(
                f"en gemensam nämnd har reglementen från minst två kommuner, inte {several} (KL 9:19)"
            )
    if shared and len(body.substitutes) != len(body.members):
        yield body.place.fault(
            f"har {len(body.substitutes)} ersättare för {len(body.members)} ledamöter; "
            "en gemensam nämnd har lika många (KL 9:24)"
        )


def _overlaps(body: BodyEntry) -> Iterator[Fault]:
    """The same person twice in a body at the same time, as member, substitute or both."""
    mandates = (*body.members, *body.substitutes)
    for number, mandate in enumerate(mandates):
        for earlier in mandates[:number]:
            if (
                earlier.person == mandate.person
                and earlier.from_on <= mandate.until_on >= mandate.from_on <= earlier.until_on
            ):
                line = earlier.place.line
                yield mandate.place.fault(f"{mandate.person} har redan ett uppdrag här på rad {line}")
                break


def _own_substitutes(register: RegisterFile, body: BodyEntry) -> Iterator[Fault]:
    """The substitutes fixed for one member are the body's and, in an assembly, the party's (KL 5:21)."""
    party = {person.id: person.party for person in register.persons}
    standing_by = {mandate.person for mandate in body.substitutes}
    for member in body.members:
        for person, times in Counter(member.own_substitutes).items():
            if person not in standing_by:
                yield member.place.fault(f"ersätts_av: {person} är inte ersättare i {body.id}")
            elif body.kind == "assembly" and party.get(person) != party.get(member.person):
                yield member.place.fault(f"ersätts_av: {person} är inte av samma parti (KL 5:21)")
            if times > 1:
                yield member.place.fault(f"ersätts_av: {person} står två gånger")


def _changes(body: BodyEntry) -> list[date]:
    """The days on which who belongs to the body may become something new."""
    return sorted({mandate.from_on for mandate in (*body.members, *body.substitutes)})


def _one_day(body: BodyEntry, day: date) -> Iterator[Fault]:
    members = [mandate for mandate in body.members if mandate.holds(day)]
    if len(members) > body.seats:
        yield body.place.fault(f"har {len(members)} ledamöter {day} men {body.seats} platser")
    for word, seat in PRESIDIUM.items():
        holders = [mandate for mandate in members if mandate.presidium == seat]
        if len(holders) > 1:
            yield holders[1].place.fault(f"{word.replace('_', ' ')} är redan {holders[0].person}")
        elif not holders and seat == "chair" and members:
            yield body.place.fault(f"ingen ledamot är ordförande {day}")


def _too_many_substitutes(register: RegisterFile, body: BodyEntry, day: date) -> Iterator[Fault]:
    party = {person.id: person.party for person in register.persons}
    seats = Counter(party[mandate.person] for mandate in body.members if mandate.holds(day))
    standing_by = Counter(party[mandate.person] for mandate in body.substitutes if mandate.holds(day))
    for letter, substitutes in standing_by.items():
        # Half of an odd number is rounded up: a party with one seat has one substitute.
        if letter is not None and substitutes > (seats[letter] + 1) // 2:
            yield body.place.fault(
                f"{letter} har {substitutes} ersättare för {seats[letter]} platser {day}; "
                "högst hälften får finnas (KL 5:8)"
            )


def _meeting(register: RegisterFile, meeting: MeetingEntry) -> Iterator[Fault]:
    officials = (meeting.secretary, *meeting.attendees)
    yield from _unknown_officials(register, meeting)
    for person, times in Counter(officials).items():
        if times > 1:
            yield meeting.place.fault(f"{person} står två gånger bland sekreterare och närvarande")
    if meeting.venue is None and meeting.form in ("room", "hybrid"):
        yield meeting.place.fault("plats saknas; bara ett sammanträde helt på distans är utan")
    for kind, word in (("opening", "upprop"), ("verifiers", "justerare"), ("agenda", "dagordning")):
        same = [matter for matter in meeting.matters if matter.kind == kind]
        if len(same) > 1:
            yield same[1].place.fault(f"slaget {word} står redan på rad {same[0].place.line}")
    day = meeting.starts_at.date()
    try:
        in_force(day)
    except LookupError:
        yield meeting.place.fault(f"sammanträdet {day} är före kommunallagen (2017:725)")
    body = register.body(meeting.body)
    if body is None:
        yield meeting.place.fault(f"organet {meeting.body} finns inte under organ")
    else:
        yield from _meeting_of_body(meeting, body, officials)


def _unknown_officials(register: RegisterFile, meeting: MeetingEntry) -> Iterator[Fault]:
    known = {person.id for person in register.persons}
    for person in (meeting.secretary, *meeting.attendees):
        if person and person not in known:
            yield meeting.place.fault(f"personen {person} finns inte under personer")


def _meeting_of_body(meeting: MeetingEntry, body: BodyEntry, officials: Iterable[str]) -> Iterator[Fault]:
    day = meeting.starts_at.date()
    begins, ends = body.term
    if day > ends:
        yield meeting.place.fault(f"mandatperioden för {body.id} slutade {ends}, före sammanträdet {day}")
    elif day < begins:
        yield meeting.place.fault(f"mandatperioden för {body.id} börjar {begins}, efter sammanträdet {day}")
    elif not any(mandate.holds(day) and mandate.presidium == "chair" for mandate in body.members):
        yield meeting.place.fault(f"{body.id} har ingen ordförande {day}")
    seated = {mandate.person for mandate in (*body.members, *body.substitutes) if mandate.holds(day)}
    for person in officials:
        if person in seated:
            yield meeting.place.fault(
                f"{person} har ett uppdrag i {body.id} och kan inte vara sekreterare eller närvarande"
            )
    orders = body.orders_on(day)
    if orders is None:
        yield meeting.place.fault(f"inga bestämmelser för {body.id} gäller {day}")
    elif orders.distance not in _NEEDS[meeting.form]:
        yield meeting.place.fault(
            f"formen kräver mer distansdeltagande än bestämmelserna version {orders.version} tillåter "
            f"({in_force(day).body(body.kind).remote_permitted.cites.short})"
        )
    elif PROFILES[body.kind].is_public and meeting.form not in ("room", "hybrid"):
        yield meeting.place.fault(
            "fullmäktige sammanträder alltid i en lokal; formen ska vara sal eller hybrid (KL 5:16)"
        )
    elif meeting.form == "mandatory_remote" and not orders.committee_uses_obligation:
        yield meeting.place.fault(
            "nämndens eget beslut om obligatorisk distans saknas i bestämmelserna (KL 6:24)"
        )
    yield from _asked_for(meeting, body, seated)
    yield from _staff(meeting, body)
    yield from _elections(meeting)
    yield from majority_faults(meeting, body)
    yield from _matters_of_body(meeting, body, known=seated | set(officials))


def _asked_for(meeting: MeetingEntry, body: BodyEntry, seated: set[str]) -> Iterator[Fault]:
    """An extra meeting on request of a third names the members who asked (KL 5:12, 6:23)."""
    for person in meeting.requested_by:
        if person not in seated:
            yield meeting.place.fault(f"{person} som begärt sammanträdet har inget uppdrag i {body.id}")
    if meeting.ground != "third":
        return
    asking = len(set(meeting.requested_by))
    if not extra_meeting(requesting=asking, members=body.seats).outcome:
        yield meeting.place.fault(
            f"{asking} av {body.seats} ledamöter har begärt sammanträdet; "
            "minst en tredjedel krävs (KL 5:12, 6:23)"
        )


def _staff(meeting: MeetingEntry, body: BodyEntry) -> Iterator[Fault]:
    """Staff representatives attend committees, at most three, and never the executive (KL 7:10, 7:12)."""
    staff = [person for person, right in meeting.rights if right == "staff"]
    if len(staff) > _MOST_STAFF:
        yield meeting.place.fault(f"{len(staff)} personalföreträdare; högst tre får finnas (KL 7:10)")
    if staff and body.kind == "executive":
        yield meeting.place.fault("personalföreträdare närvarar inte i styrelsen (KL 7:12)")


def _elections(meeting: MeetingEntry) -> Iterator[Fault]:
    """The members of the same body are elected before its substitutes (lag 2022:629, 3 §)."""
    elections = {
        f"m{number}": matter
        for number, matter in enumerate(meeting.matters, start=1)
        if matter.kind == "election"
    }
    for id, matter in elections.items():
        named = matter.election.members_in if matter.election is not None else None
        if named is None:
            continue
        members = elections.get(named)
        if members is None or members.place.line >= matter.place.line:
            yield matter.place.fault(f"ärende {named[1:]} är inget val före detta i dagordningen ({id[1:]})")


def _matters_of_body(meeting: MeetingEntry, body: BodyEntry, known: set[str]) -> Iterator[Fault]:
    """Interpellations and questions belong to an assembly, and somebody there asks and answers them."""
    for matter in meeting.matters:
        if matter.kind in ("interpellation", "question"):
            if not PROFILES[body.kind].answers:
                yield matter.place.fault("interpellationer och frågor ställs i fullmäktige (KL 5:59–64)")
            if matter.asked_by is None or matter.answered_by is None:
                yield matter.place.fault("ställd_av och besvaras_av saknas")
        elif matter.kind == "member_motion" and (matter.asked_by is None or matter.raised_on is None):
            yield matter.place.fault("ställd_av och väckt saknas för motionen")
        for person in (matter.asked_by, matter.answered_by):
            if person is not None and person not in known:
                yield matter.place.fault(f"{person} finns inte i uppropslistan för sammanträdet")
