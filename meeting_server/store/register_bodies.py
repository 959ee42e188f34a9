"""Reading the bodies of a register file: seats, term, standing orders, members and substitutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from meeting_server.law.bodies import strictest
from meeting_server.meeting.convening import Agreement, StandingOrders, WebcastTerms
from meeting_server.meeting.lengths import LONGEST_TEXT
from meeting_server.meeting.words import IdentityMethod
from meeting_server.store.register_reported import read_urgent
from meeting_server.store.register_values import BodyEntry, MandateEntry, OrdersEntry
from meeting_server.store.register_words import (
    ACTING_CHAIRS,
    BODY_KINDS,
    CAMERAS,
    DISTANCES,
    IDENTITIES,
    PRESIDIUM,
    PUBLICITY,
    REMOTE_IDENTITIES,
    SUBSTITUTE_ORDERS,
)
from meeting_server.store.yaml_reading import NO_DAY, Part, given, listed

_ALWAYS = ("id", "namn", "bestämd_form", "slag", "platser", "mandatperiod", "bestämmelser", "ledamöter")
_LONGEST_SPEECH_SECONDS = 3600
_LONGEST_KEPT_DAYS = 36500


def read_body(part: Part) -> BodyEntry:
    """One entry under `organ`."""
    parts = part.fields(_ALWAYS, ("ersättare", "valkretsar", "brådskande_beslut"))
    term = given(parts, "mandatperiod", _term, (NO_DAY, NO_DAY))
    orders = tuple(_orders(entry) for entry in listed(parts, "bestämmelser"))
    return BodyEntry(
        id=given(parts, "id", Part.slug, ""),
        name=given(parts, "namn", Part.name, ""),
        definite=given(parts, "bestämd_form", Part.name, ""),
        kind=given(parts, "slag", lambda kind: kind.choice(BODY_KINDS), "committee"),
        seats=given(parts, "platser", lambda seats: seats.number(1, 199), 1),
        term=term,
        orders=orders,
        members=_members(listed(parts, "ledamöter"), term),
        substitutes=_substitutes(listed(parts, "ersättare"), term),
        constituencies=given(parts, "valkretsar", _constituencies, ()),
        urgent=tuple(read_urgent(entry) for entry in listed(parts, "brådskande_beslut")),
        place=part.place,
    )


def _constituencies(part: Part) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """Votes by constituency and party: Norra: {A: 1200, B: 300}."""
    return tuple(
        (name, tuple((letter, votes.number(0, 9_999_999)) for letter, votes in each.entries()))
        for name, each in part.entries()
    )


def _term(part: Part) -> tuple[date, date]:
    parts = part.fields(("från", "till"))
    begins, ends = given(parts, "från", Part.day, NO_DAY), given(parts, "till", Part.day, NO_DAY)
    if begins > ends:
        part.fault(f"slutar {ends} men börjar {begins}")
    return begins, ends


def _members(parts: list[Part], term: tuple[date, date]) -> tuple[MandateEntry, ...]:
    """In the order of the file, which is the seat order in which the roll is called."""
    return tuple(_mandate(part, "uppdrag", seat, term) for seat, part in enumerate(parts, start=1))


def _substitutes(parts: list[Part], term: tuple[date, date]) -> tuple[MandateEntry, ...]:
    """In the order of the file, which is the order they are called in; `turn` counts the whole list."""
    return tuple(_mandate(part, None, turn, term) for turn, part in enumerate(parts, start=1))


def _mandate(part: Part, seat_key: str | None, turn: int, term: tuple[date, date]) -> MandateEntry:
    of_members = [seat_key, "ersätts_av", "partiplats", "ledamot_sedan", "född"] if seat_key else []
    optional = ("valkrets", "från", "till", *of_members)
    parts: Mapping[str, Part] = part.fields(("person",), optional)
    begins, ends = given(parts, "från", Part.day, term[0]), given(parts, "till", Part.day, term[1])
    if begins > ends:
        part.fault(f"uppdraget slutar {ends} men börjar {begins}")
    elif begins < term[0] or ends > term[1]:
        part.fault(f"uppdraget {begins}–{ends} ligger utanför mandatperioden {term[0]}–{term[1]}")
    return MandateEntry(
        person=given(parts, "person", Part.slug, ""),
        turn=turn,
        presidium=given(parts, "uppdrag", lambda seat: seat.choice(PRESIDIUM), None),
        constituency=given(parts, "valkrets", Part.name, None),
        own_substitutes=tuple(each.slug() for each in listed(parts, "ersätts_av")),
        party_place=given(parts, "partiplats", lambda place: place.number(1, 199), None),
        member_since=given(parts, "ledamot_sedan", Part.day, None),
        born_on=given(parts, "född", Part.day, None),
        from_on=begins,
        until_on=ends,
        place=part.place,
    )


def _orders(part: Part) -> OrdersEntry:
    parts = part.fields(
        ("version", "gäller_från", "beslutad", "beslut", "distans", "justerare", "identitet"),
        (
            "obligatorisk_distans",
            "anförande_sekunder",
            "replik_sekunder",
            "ordföranden_röstar_sist",
            "ersättare_efter",
            "ingen_återkomst_samma_dag",
            "kamera",
            "omedelbar_justering",
            "reglementen",
            "antal_repliker",
            "svar_utan_beslutsförhet",
            "elektronisk_sluten_omröstning",
            "kallelse_dagar",
            "utvisning",
            "upplösning",
            "offentligt",
            "offentligt_beslut",
            "tillfällig_ordförande",
            "gruppen_ändrar_ordning",
            "webbsändning",
            "styrkt_identitet",
        ),
    )

    def seconds(asked: Part) -> int:
        return asked.number(10, _LONGEST_SPEECH_SECONDS)

    obligation = given(parts, "obligatorisk_distans", Part.reference, None)
    own = given(parts, "distans", lambda distance: distance.choice(DISTANCES), DISTANCES["nej"])
    agreements = tuple(_agreement(entry) for entry in listed(parts, "reglementen"))
    orders = StandingOrders(
        version=given(parts, "version", lambda version: version.line(40), ""),
        decided_on=given(parts, "beslutad", Part.day, NO_DAY).isoformat(),
        decision_reference=given(parts, "beslut", Part.reference, ""),
        distance=strictest((own, *(each.distance for each in agreements))),
        committee_uses_obligation=obligation is not None,
        obligation_reference=obligation,
        verifiers=given(parts, "justerare", lambda verifiers: verifiers.number(1, 4), 1),
        speech_seconds=given(parts, "anförande_sekunder", seconds, None),
        reply_seconds=given(parts, "replik_sekunder", seconds, None),
        chair_votes_last=given(parts, "ordföranden_röstar_sist", Part.yes_or_no, True),
        substitutes_by=given(parts, "ersättare_efter", lambda by: by.choice(SUBSTITUTE_ORDERS), "party"),
        no_return_same_day=given(parts, "ingen_återkomst_samma_dag", Part.yes_or_no, False),
        camera_policy=given(parts, "kamera", lambda camera: camera.choice(CAMERAS), "always"),
        immediate_verification=given(parts, "omedelbar_justering", Part.yes_or_no, True),
        identity_methods=given(parts, "identitet", _identities, ()),
        agreements=agreements,
        replies=given(parts, "antal_repliker", lambda replies: replies.number(1, 20), None),
        answers_below_quorum=given(parts, "svar_utan_beslutsförhet", Part.yes_or_no, False),
        electronic_ballot=given(parts, "elektronisk_sluten_omröstning", Part.yes_or_no, False),
        call_days=given(parts, "kallelse_dagar", lambda days: days.number(1, 60), None),
        expulsion=given(parts, "utvisning", Part.yes_or_no, False),
        dissolution=given(parts, "upplösning", Part.yes_or_no, False),
        publicity=given(parts, "offentligt", lambda how: how.choice(PUBLICITY), PUBLICITY["nej"]),
        publicity_reference=given(parts, "offentligt_beslut", Part.reference, None),
        acting_chair=given(
            parts, "tillfällig_ordförande", lambda who: who.choice(ACTING_CHAIRS), "longest_serving"
        ),
        group_reorders=given(parts, "gruppen_ändrar_ordning", Part.yes_or_no, False),
        webcast=given(parts, "webbsändning", _webcast, None),
        remote_identity=given(
            parts,
            "styrkt_identitet",
            lambda by: by.choice(REMOTE_IDENTITIES),
            REMOTE_IDENTITIES["ordförande"],
        ),
    )
    return OrdersEntry(given(parts, "gäller_från", Part.day, NO_DAY), orders, part.place)


def _agreement(part: Part) -> Agreement:
    """What one of several municipalities has decided for a joint committee."""
    parts = part.fields(("kommun", "beslut", "distans"))
    return Agreement(
        organisation=given(parts, "kommun", Part.name, ""),
        decision_reference=given(parts, "beslut", Part.reference, ""),
        distance=given(parts, "distans", lambda distance: distance.choice(DISTANCES), DISTANCES["nej"]),
    )


def _webcast(part: Part) -> WebcastTerms:
    """Whether meetings are usually on the web, what those seen are told, how long the recording is kept."""
    parts = part.fields(("brukar_sändas",), ("information", "till_tittarna", "gallras_efter_dagar"))
    return WebcastTerms(
        usual=given(parts, "brukar_sändas", Part.yes_or_no, False),
        information=given(parts, "information", _told, None),
        for_viewers=given(parts, "till_tittarna", _told, None),
        retention_days=given(
            parts, "gallras_efter_dagar", lambda days: days.number(1, _LONGEST_KEPT_DAYS), None
        ),
    )


def _told(part: Part) -> str:
    return part.text(LONGEST_TEXT)


def _identities(part: Part) -> tuple[IdentityMethod, ...]:
    methods = tuple(entry.choice(IDENTITIES) for entry in part.items())
    if not methods:
        part.fault("minst ett sätt att kontrollera identiteten ska anges")
    for method, times in Counter(methods).items():
        if times > 1:
            part.fault(f"{next(word for word, code in IDENTITIES.items() if code == method)} står två gånger")
    return methods
