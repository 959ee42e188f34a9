"""The Swedish words of the register file and what each stands for in the code."""

from __future__ import annotations

from typing import Literal

from meeting_server.meeting.words import (
    ActingChair,
    AttendanceRight,
    BodyKind,
    CameraPolicy,
    Distance,
    Elects,
    Form,
    IdentityMethod,
    MatterKind,
    MeetingGround,
    PresidiumSeat,
    Publicity,
    RemoteIdentity,
    SubstituteOrder,
)

ORGANISATION_KINDS: dict[str, Literal["municipality", "region", "federation"]] = {
    "kommun": "municipality",
    "region": "region",
    "kommunalförbund": "federation",
}
BODY_KINDS: dict[str, BodyKind] = {
    "fullmäktige": "assembly",
    "styrelse": "executive",
    "nämnd": "committee",
    "utskott": "working_committee",
    "beredning": "drafting_committee",
    "gemensam_nämnd": "joint_committee",
    "förbundsfullmäktige": "federation_assembly",
    "förbundsdirektion": "federation_executive",
    "samordningsförbund": "coordination_body",
    "råd": "advisory_council",
}
DISTANCES: dict[str, Distance] = {
    "nej": "not_allowed",
    "vissa": "some_may",
    "alla": "all_may",
    "alla_kan_åläggas": "all_may_be_obliged",
}
CAMERAS: dict[str, CameraPolicy] = {"alltid": "always", "vid_beslut": "at_decisions"}
SUBSTITUTE_ORDERS: dict[str, SubstituteOrder] = {"parti": "party", "lista": "list"}
PUBLICITY: dict[str, Publicity] = {"nej": "closed", "får_beslutas": "may_decide", "ja": "public"}
ACTING_CHAIRS: dict[str, ActingChair] = {"ålderspresident": "longest_serving", "väljs": "elected"}
IDENTITIES: dict[str, IdentityMethod] = {"känd": "known", "legitimation": "id_shown", "e-legitimation": "eid"}
REMOTE_IDENTITIES: dict[str, RemoteIdentity] = {"ordförande": "chair", "e-legitimation": "eid"}
PRESIDIUM: dict[str, PresidiumSeat] = {
    "ordförande": "chair",
    "förste_vice_ordförande": "first_vice_chair",
    "andre_vice_ordförande": "second_vice_chair",
}
FORMS: dict[str, Form] = {
    "sal": "room",
    "hybrid": "hybrid",
    "distans": "remote",
    "obligatorisk_distans": "mandatory_remote",
}
MATTER_KINDS: dict[str, MatterKind] = {
    "beslut": "decision",
    "upprop": "opening",
    "justerare": "verifiers",
    "dagordning": "agenda",
    "information": "information",
    "interpellation": "interpellation",
    "fråga": "question",
    "motion": "member_motion",
    "anmälan": "report",
    "val": "election",
    "anställning": "employment",
}
ELECTS: dict[str, Elects] = {"ledamöter": "members", "ersättare": "substitutes"}
ELECTED_HOW: dict[str, Literal["proportionally", "otherwise"]] = {
    "proportionellt": "proportionally",
    "inte_proportionellt": "otherwise",
}
GROUNDS: dict[str, MeetingGround] = {
    "ordinarie": "ordinary",
    "ordföranden": "chair",
    "styrelsen": "executive",
    "tredjedel": "third",
}
RIGHTS: dict[str, AttendanceRight] = {
    "tjänsteperson": "official",
    "kommunalråd": "councillor",
    "yttranderätt": "named",
    "upplysningar": "informant",
    "revisor": "auditor",
    "förtroendevald": "elected",
    "kallad": "called",
    "förslagsställare": "resident",
    "personalföreträdare": "staff",
}
