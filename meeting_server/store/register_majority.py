"""Reading the majority a matter needs from the register file, and what must hold of it."""

from __future__ import annotations

from collections.abc import Iterator

from meeting_server.meeting.convening import QualifiedMajority
from meeting_server.meeting.words import BodyKind, Counted, QualifiedSubject
from meeting_server.store.register_values import BodyEntry, MeetingEntry
from meeting_server.store.yaml_reading import Fault, Part, given

_SUBJECTS: dict[str, QualifiedSubject] = {
    "extra_val": "extra_election",
    "stoppa_folkomröstning": "stop_referendum",
    "annan_grund_än_parti": "other_than_party",
    "förbundsordning": "charter",
}
_COUNTED: dict[str, Counted] = {"närvarande": "present", "avgivna": "cast"}
_SHARES = {"2/3": (2, 3), "3/4": (3, 4), "3/5": (3, 5), "alla": (1, 1)}
_NEEDED_TO = {"bifall": "approve", "avslag": "reject"}
_FEDERATIONS: tuple[BodyKind, ...] = ("federation_assembly", "federation_executive")


def read_majority(part: Part) -> QualifiedMajority:
    """What is under `majoritet`: {gäller: extra_val, …}, or a federation's {gäller: förbundsordning, …}."""
    own, extra = ("andel", "av"), ("bordlagt_tidigare", "fullmäktige_möttes")
    parts = part.fields(("gäller",), (*own, "krävs_för", *extra))
    subject = given(parts, "gäller", lambda subject: subject.choice(_SUBJECTS), _SUBJECTS["förbundsordning"])
    if subject == "charter" and "andel" not in parts:
        part.fault("andel ska anges när majoriteten följer av förbundsordningen")
    if subject != "charter" and parts.keys() & set(own):
        part.fault("bara en förbundsordning bestämmer andel och av; annars står de i kommunallagen")
    if subject != "extra_election" and parts.keys() & set(extra):
        part.fault("bordlagt_tidigare och fullmäktige_möttes hör till extra_val")
    numerator, denominator = given(parts, "andel", lambda share: share.choice(_SHARES), (2, 3))
    usual = "avslag" if subject == "stop_referendum" else "bifall"
    needed_to = given(parts, "krävs_för", lambda to: to.choice(_NEEDED_TO), _NEEDED_TO[usual])
    met = given(parts, "fullmäktige_möttes", Part.day, None)
    return QualifiedMajority(
        subject,
        numerator,
        denominator,
        given(parts, "av", lambda counted: counted.choice(_COUNTED), "present"),
        "reject" if needed_to == "reject" else "approve",
        given(parts, "bordlagt_tidigare", Part.yes_or_no, False),
        met.isoformat() if met is not None else None,
    )


def majority_faults(meeting: MeetingEntry, body: BodyEntry) -> Iterator[Fault]:
    """A majority of the statute is fullmäktige's, one of a charter a federation's; both are for decisions."""
    for matter in meeting.matters:
        if matter.majority is None:
            continue
        if matter.kind not in ("decision", "member_motion"):
            yield matter.place.fault("majoritet hör till ärenden av slagen beslut och motion")
        if matter.majority.subject == "charter" and body.kind not in _FEDERATIONS:
            yield matter.place.fault(f"{body.id} har ingen förbundsordning (KL 9:6)")
        if matter.majority.subject != "charter" and body.kind != "assembly":
            yield matter.place.fault(
                "bara fullmäktige fattar beslut med den majoriteten (KL 5:10, 5:37, 5:58)"
            )
