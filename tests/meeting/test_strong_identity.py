"""Where the body's own rules demand e-legitimation: who comes in at a distance, who does not, and why."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import Actor, SignedIn
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import presence as pr
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.counting import counted, counted_remote
from meeting_server.meeting.strong_identity import identity_methods
from tests.builders import SECRETARY, Hall, hall, members, person

LOA3 = "http://id.elegnamnd.se/loa/1.0/loa3"
STRONG = SignedIn("oidc", LOA3, is_strong=True)
WEAK = (None, SignedIn("password"), SignedIn("invitation"), SignedIn("demo"), SignedIn("oidc", "loa1"))
GUEST = person("gun", None, "attendee", 0)


def demanding(kind: str = "executive", **about: Any) -> Hall:
    """A meeting whose rules demand e-legitimation of those at a distance."""
    roster = (*members(5), GUEST, SECRETARY)
    return hall(roster=roster, kind=kind, **{"remote_identity": "eid", **about})


def by(one: str, signed_in: SignedIn | None) -> Actor:
    return Actor(one, signed_in=signed_in)


@pytest.mark.parametrize("kind", ["assembly", "executive"])
def test_with_e_legitimation_one_comes_to_the_lobby_and_the_log_says_how_one_was_signed_in(kind: str) -> None:
    held = demanding(kind).in_room("anna")
    [entered] = held.give(pr.EnterLobby(), by("m2", STRONG))
    assert isinstance(entered, pr.LobbyEntered)
    assert entered.signed_in == STRONG
    assert [(r.code, r.cites, r.facts, r.outcome) for r in entered.rulings] == [
        ("identity-strong", "KL 5:16", {"demanded": True, "strong": True}, True)
    ]
    held.give(pr.RestoreLink("m2"), SYSTEM)
    held.give(pr.ConfirmIdentity("m2", "eid"))
    assert counted_remote(held.meeting) == ("m2",)


@pytest.mark.parametrize("signed_in", WEAK)
@pytest.mark.parametrize(("kind", "local"), [("assembly", "arbetsordningen"), ("executive", "reglementet")])
def test_without_it_the_refusal_says_which_rule_and_what_to_do(
    kind: str, local: str, signed_in: SignedIn | None
) -> None:
    refused = demanding(kind).refusal(pr.EnterLobby(), by("m2", signed_in))
    assert refused.code == "identity-not-strong"
    assert refused.cites == f"{local}, prop. 2025/26:164, bet. 2025/26:KU35"
    assert f"{local.capitalize()} (KF 2026-06-15 § 71) kräver e-legitimation" in refused.because
    assert refused.because.endswith("Logga in med e-legitimation, eller kom till salen.")
    assert refused.facts == {"demanded": True, "strong": False}


def test_the_sentence_says_how_one_is_signed_in() -> None:
    said = [demanding().refusal(pr.EnterLobby(), by("m2", each)).because.split(". ")[0] for each in WEAK]
    assert said == [
        "Du är inloggad utan e-legitimation",
        "Du är inloggad med lösenord",
        "Du är inloggad med en inbjudan",
        "Du är inloggad på prov",
        "Du är inloggad utan e-legitimation",
    ]


def test_before_july_2026_the_ground_is_the_bodys_own_rules_alone() -> None:
    held = demanding(regime="kl-2018", starts_at="2026-05-26T18:30:00+02:00")
    assert held.refusal(pr.EnterLobby(), by("m2", None)).cites == "reglementet"


@pytest.mark.parametrize("signed_in", [*WEAK, STRONG])
def test_where_the_chair_establishes_it_any_login_does_and_no_ruling_is_needed(
    signed_in: SignedIn | None,
) -> None:
    [entered] = hall().give(pr.EnterLobby(), by("m2", signed_in))
    assert entered == pr.LobbyEntered("m2", signed_in, ())


def test_in_the_room_it_does_not_matter() -> None:
    held = demanding().in_room("anna", "m2", "m3").roll_call().divided()
    held.give(dv.CastVote("no"), by("m2", None))
    assert counted(held.meeting) == ("anna", "m2", "m3")


def test_a_guest_is_vouched_for_by_the_chair() -> None:
    held = demanding().in_lobby("gun")
    assert held.meeting.presence["gun"].state == "lobby"


def test_at_a_distance_one_acts_only_by_the_strong_login_and_may_always_leave() -> None:
    held = demanding().in_room("anna", "m3", "m4")
    held.give(pr.EnterLobby(), by("m2", STRONG))
    held.give(pr.RestoreLink("m2"), SYSTEM)
    held.give(pr.ConfirmIdentity("m2", "eid"))
    held.roll_call().divided(mover="m3")
    assert held.refusal(dv.CastVote("no"), by("m2", SignedIn("password"))).code == "identity-not-strong"
    held.give(dv.CastVote("no"), by("m2", STRONG))
    held.give(pr.Depart(), by("m2", SignedIn("password")))
    assert held.meeting.presence["m2"].state == "left"


def test_the_chair_is_offered_e_legitimation_first_for_one_who_has_it() -> None:
    held = demanding(identity_methods=("known",)).in_room("anna")
    held.give(pr.EnterLobby(), by("m2", STRONG))
    held.give(pr.RestoreLink("m2"), SYSTEM)
    assert identity_methods(held.meeting, "m2") == ("eid", "known")
    assert identity_methods(held.meeting, "m3") == ("known",)
    held.give(pr.ConfirmIdentity("m2", "eid"))
    identity = held.meeting.presence["m2"].identity
    assert identity is not None
    assert identity.method == "eid"


def test_one_without_follows_a_public_meeting_as_a_viewer_and_comes_in_with_it() -> None:
    held = demanding("assembly").in_room("anna", "m3", "m4").roll_call()
    [admitted] = held.give(pr.FollowAsViewer(), by("m2", SignedIn("password")))
    assert isinstance(admitted, pr.AdmittedAsViewer)
    assert [(r.code, r.outcome) for r in admitted.rulings] == [("identity-strong", False)]
    held.divided(mover="m3")
    refused = held.refusal(dv.CastVote("no"), by("m2", SignedIn("password")))
    assert (refused.code, refused.cites.split(",")[0]) == ("viewer", "arbetsordningen")
    assert "kräver e-legitimation" in refused.because
    assert held.refusal(pr.FollowAsViewer(), by("m2", None)).code == "already-here"
    assert held.refusal(pr.EnterLobby(), by("m2", SignedIn("password"))).code == "identity-not-strong"
    held.give(pr.EnterLobby(), by("m2", STRONG))
    assert held.meeting.presence["m2"].state == "lobby"


def test_one_whom_the_law_makes_a_viewer_does_not_come_in_with_it() -> None:
    held = demanding("assembly")
    held.give(pr.EnterLobby(), by("anna", None))
    assert held.meeting.presence["anna"].state == "viewer"
    assert held.refusal(pr.EnterLobby(), by("anna", STRONG)).code == "already-here"


def test_nobody_follows_a_closed_meeting_without_it() -> None:
    refused = demanding().refusal(pr.FollowAsViewer(), by("m2", None))
    assert (refused.code, refused.cites) == ("closed-to-viewers", "KL 6:25")


def test_one_who_may_take_part_does_so() -> None:
    assert hall(kind="assembly").refusal(pr.FollowAsViewer(), "m2").code == "may-take-part"
    assert demanding("assembly").refusal(pr.FollowAsViewer(), by("m2", STRONG)).code == "may-take-part"
    assert demanding("assembly").refusal(pr.FollowAsViewer(), "gun").code == "may-take-part"
