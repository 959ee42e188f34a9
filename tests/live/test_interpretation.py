"""Which interpreter is heard, who has asked for what, and what the pages are told of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from meeting_server import media_protocol as mp
from meeting_server.live.equipment_desk import EquipmentDesk
from meeting_server.live.floor_policy import Interpreting
from meeting_server.live.hub import Hub, Viewer
from meeting_server.live.interpretation import Interpretation
from meeting_server.store.equipment import Use
from meeting_server.wire.visibility import Viewer as Sight

SIGN, ENGLISH, FINNISH = (
    Use(feeds="sign"),
    Use(feeds="channel", language="engelska"),
    Use(feeds="channel", language="finska"),
)


class ADesk:
    def __init__(self, **interpreters: Use) -> None:
        self.interpreters = interpreters
        self.listeners: dict[str, Use] = {}


class AHub:
    def __init__(self) -> None:
        self.told: list[tuple[dict[str, Any], tuple[str, ...]]] = []

    def tell(self, message: dict[str, Any], *roles: str) -> None:
        self.told.append((message, roles))

    def last(self, role: str) -> dict[str, Any]:
        return next(message for message, roles in reversed(self.told) if role in roles)


def a_viewer(key: str, role: Any = "member") -> Viewer:
    return Viewer(Sight(role, key), key, key)


def begun(desk: ADesk) -> tuple[Interpretation, AHub]:
    hub = AHub()
    found = Interpretation(cast(EquipmentDesk, desk), cast(Hub, hub))
    found.follow()
    found.tell()
    return found, hub


def flow(peer: str, *, audio: bool = False, video: bool = False) -> mp.Quality:
    return cast(mp.Quality, SimpleNamespace(peer=peer, audio_in=audio, video_in=video))


def feeder(interpretation: Interpretation, name: str) -> str | None:
    return next((each.peer for each in interpretation.now({}).channels if each.name == name), None)


def test_several_channels_and_the_signs_at_once() -> None:
    interpretation, hub = begun(ADesk(e1=ENGLISH, e2=SIGN, e3=FINNISH))
    assert interpretation.now({}) == Interpreting(
        sign="e2", channels=(mp.Channel("engelska", "e1"), mp.Channel("finska", "e3")), seeing=frozenset()
    )
    told = {"type": "media", "kind": "interpreters", "sign": True, "channels": ["engelska", "finska"]}
    assert hub.last("member") == hub.last("hall") == told
    assert hub.last("chair") == {**told, "missed": {"sign": False, "channels": []}}


@pytest.mark.parametrize(
    ("flowing", "chosen"),
    [
        ((), "e1"),
        (("e1",), "e1"),
        (("e2",), "e2"),
        (("e1", "e2"), "e1"),
        (("e2", "e3"), "e3"),
    ],
)
def test_who_interprets_goes_on_while_sending_and_is_relieved_by_the_newest_who_sends(
    flowing: tuple[str, ...], chosen: str
) -> None:
    desk = ADesk(e1=ENGLISH)
    interpretation, hub = begun(desk)
    desk.interpreters = {"e1": ENGLISH, "e2": ENGLISH, "e3": ENGLISH}
    report = [flow(peer, audio=peer in flowing, video=True) for peer in ("e1", "e2", "e3", "p9")]
    assert interpretation.follow(report) is (chosen != "e1")
    assert feeder(interpretation, "engelska") == chosen
    interpretation.tell()
    assert len(hub.told) == 2  # the channel is the same, whoever speaks in it


def test_a_sign_language_interpreter_is_judged_by_the_picture() -> None:
    desk = ADesk(e1=SIGN, e2=SIGN)
    interpretation, _ = begun(desk)
    interpretation.follow([flow("e1", video=True), flow("e2", audio=True)])
    assert interpretation.now({}).sign == "e1"


def test_only_the_page_that_has_the_persons_media_is_sent_anything() -> None:
    interpretation, _ = begun(ADesk(e1=ENGLISH, e2=SIGN))
    here, elsewhere, hall = a_viewer("m1"), a_viewer("m1b"), a_viewer("h", "hall")
    interpretation.choose("p1", here, "engelska", False)
    interpretation.choose("h1", hall, None, True)
    now = interpretation.now({"p1": here, "h1": hall})
    assert (now.listening, now.seeing) == ({"p1": "engelska"}, frozenset({"h1"}))
    assert interpretation.now({"p1": elsewhere}).listening == {}
    assert [interpretation.following(use) for use in (ENGLISH, SIGN, FINNISH)] == [1, 1, 0]
    interpretation.choose("p1", here, None, False)
    interpretation.forget(hall)
    assert [interpretation.following(use) for use in (ENGLISH, SIGN)] == [0, 0]


def test_an_interpreter_that_drops_is_missed_only_where_somebody_had_chosen_it() -> None:
    desk = ADesk(e1=ENGLISH, e2=SIGN, e3=FINNISH)
    interpretation, hub = begun(desk)
    page = a_viewer("m1")
    interpretation.choose("p1", page, "engelska", True)
    interpretation.choose("p2", a_viewer("m2"), "klingonska", False)
    desk.interpreters = {}
    interpretation.follow()
    interpretation.tell()
    assert hub.last("secretary")["missed"] == {"sign": True, "channels": ["engelska"]}
    assert hub.last("member") == {"type": "media", "kind": "interpreters", "sign": False, "channels": []}
    so_far = len(hub.told)
    interpretation.forget(page)
    interpretation.tell()
    assert hub.last("chair")["missed"] == {"sign": False, "channels": []}
    assert [roles for _, roles in hub.told[so_far:]] == [("chair", "secretary")]  # who listened is nobody's


def test_a_page_that_comes_is_told_and_nothing_is_said_where_nobody_has_interpreted() -> None:
    interpretation, hub = begun(ADesk())
    early, late, chair = a_viewer("m1"), a_viewer("m2"), a_viewer("c", "chair")
    interpretation.greet(early)
    assert not early.outbox
    assert not hub.told
    interpretation, _ = begun(ADesk(e1=ENGLISH))
    interpretation.greet(late)
    interpretation.greet(chair)
    assert "missed" not in late.outbox[0]
    assert "missed" in chair.outbox[0]


def test_equipment_that_plays_an_interpreter_is_a_listener_like_a_page() -> None:
    desk = ADesk(e1=ENGLISH, e2=SIGN)
    desk.listeners = {
        "loop": Use(plays="channel", language="engelska"),
        "screen": Use(plays="sign"),
        "other": Use(plays="channel", language="finska"),
    }
    interpretation, hub = begun(desk)
    now = interpretation.now({})
    assert now.listening == {"loop": "engelska", "other": "finska"}
    assert now.seeing == {"screen"}
    assert [interpretation.following(use) for use in (ENGLISH, SIGN, FINNISH)] == [1, 1, 1]
    desk.interpreters = {}
    interpretation.follow()
    interpretation.tell()
    assert hub.last("chair")["missed"] == {"sign": True, "channels": ["engelska"]}
