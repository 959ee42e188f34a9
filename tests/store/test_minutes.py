"""Minutes: no text is overwritten unseen, approvals are of exact bytes, one seal; on both databases."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

import pytest

from meeting_server.store import Store
from meeting_server.store.minutes import MinutesStore, MinutesVersion, StaleText, StaleVersion
from tests.store.rows import at


@pytest.fixture
def minutes(store: Store) -> MinutesStore:
    """An empty store of minutes."""
    return store.minutes


async def _prepared(
    minutes: MinutesStore, pdf: bytes = b"%PDF one", scope: str = "minutes"
) -> MinutesVersion:
    return await minutes.prepare("ks", scope=scope, pdf=pdf, document="{}", by="karin", at=at(0))


async def test_a_text_is_saved_on_top_of_the_one_that_was_read(minutes: MinutesStore) -> None:
    first = await minutes.save_text("ks", "m4", "ett", based_on=0, by="karin", at=at(0))
    second = await minutes.save_text("ks", "m4", "två", based_on=first.version, by="karin", at=at(1))
    other = await minutes.save_text("ks", "m5", "annat", based_on=0, by="karin", at=at(1))
    assert await minutes.texts("ks") == {"m4": second, "m5": other}
    assert await minutes.text_history("ks", "m4") == [first, second]
    assert await minutes.texts("kf") == {}


@pytest.mark.parametrize("based_on", [0, 2])
async def test_a_text_based_on_another_version_is_refused_with_the_current(
    minutes: MinutesStore, based_on: int
) -> None:
    current = await minutes.save_text("ks", "m4", "ett", based_on=0, by="karin", at=at(0))
    with pytest.raises(StaleText) as stale:
        await minutes.save_text("ks", "m4", "två", based_on=based_on, by="nadja", at=at(1))
    assert stale.value.current == current
    assert await minutes.text_history("ks", "m4") == [current]


async def test_of_two_who_save_at_once_one_is_told(minutes: MinutesStore) -> None:
    saving = (minutes.save_text("ks", "m4", by, based_on=0, by=by, at=at(0)) for by in ("karin", "nadja"))
    answers = await asyncio.gather(*saving, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["MinutesText", "StaleText"]


async def test_a_prepared_version_is_known_by_the_hash_of_its_bytes(minutes: MinutesStore) -> None:
    version = await _prepared(minutes)
    assert version.sha256 == hashlib.sha256(b"%PDF one").hexdigest()
    assert await minutes.current("ks") == version
    assert await minutes.version("ks", version.sha256) == version
    assert await minutes.current("ks", "m4") is None
    assert await minutes.version("kf", version.sha256) is None


async def test_an_approval_is_of_the_current_version_and_counts_once(minutes: MinutesStore) -> None:
    version = await _prepared(minutes)
    first = await minutes.approve(
        "ks", version.sha256, person="torgny", role="chair", method="password", at=at(1)
    )
    again = await minutes.approve(
        "ks", version.sha256, person="torgny", role="chair", method="password", at=at(2)
    )
    nore = await minutes.approve(
        "ks", version.sha256, person="nore", role="verifier", method="password", at=at(3)
    )
    assert again == first
    assert await minutes.approvals("ks", version.sha256) == [first, nore]


async def test_a_changed_pdf_leaves_earlier_approvals_behind(minutes: MinutesStore) -> None:
    first = await _prepared(minutes)
    await minutes.approve("ks", first.sha256, person="torgny", role="chair", method="password", at=at(1))
    second = await _prepared(minutes, b"%PDF two")
    assert (await minutes.version("ks", first.sha256) or second).status == "replaced"
    assert await minutes.approvals("ks", second.sha256) == []
    with pytest.raises(StaleVersion) as stale:
        await minutes.approve("ks", first.sha256, person="nore", role="verifier", method="password", at=at(2))
    assert stale.value.current_sha256 == second.sha256


async def test_going_back_to_earlier_bytes_does_not_revive_their_approvals(minutes: MinutesStore) -> None:
    first = await _prepared(minutes)
    await minutes.approve("ks", first.sha256, person="torgny", role="chair", method="password", at=at(1))
    await _prepared(minutes, b"%PDF two")
    back = await _prepared(minutes)
    assert back.sha256 == first.sha256
    assert await minutes.approvals("ks", back.sha256) == []


async def test_a_paragraph_verified_by_itself_is_approved_by_itself(minutes: MinutesStore) -> None:
    paragraph = await _prepared(minutes, b"%PDF m5", "m5")
    whole = await _prepared(minutes)
    await minutes.approve("ks", paragraph.sha256, person="torgny", role="chair", method="password", at=at(1))
    assert [approval.scope for approval in await minutes.approvals("ks", paragraph.sha256)] == ["m5"]
    assert await minutes.approvals("ks", whole.sha256) == []


async def test_remarks_say_which_version_and_which_paragraph(minutes: MinutesStore) -> None:
    version = await _prepared(minutes)
    about: dict[str, Any] = {"person": "nore", "at": at(1)}
    one = await minutes.remark("ks", version.sha256, paragraph="m4", text="Fel tid.", **about)
    two = await minutes.remark("ks", version.sha256, paragraph=None, text="Bra.", **about)
    assert await minutes.remarks("ks") == [one, two]
    assert (one.sha256, one.paragraph, two.paragraph) == (version.sha256, "m4", None)
    with pytest.raises(StaleVersion):
        await minutes.remark("ks", "0" * 64, paragraph=None, text="?", **about)


async def test_minutes_are_sealed_once_and_then_nothing_changes(minutes: MinutesStore) -> None:
    version = await _prepared(minutes)
    sealed = await minutes.seal("ks", sha256=version.sha256, pdf=b"%PDF sealed", at=at(2))
    assert await minutes.sealed("ks") == sealed
    assert (sealed.prepared_sha256, sealed.shortfall) == (version.sha256, "")
    assert (await minutes.current("ks") or version).status == "sealed"
    with pytest.raises(StaleVersion):
        await minutes.seal("ks", sha256=version.sha256, pdf=b"%PDF other", at=at(3))
    with pytest.raises(StaleVersion):
        await _prepared(minutes, b"%PDF two")
    with pytest.raises(StaleVersion):
        await minutes.approve(
            "ks", version.sha256, person="nore", role="verifier", method="password", at=at(3)
        )


async def test_what_a_seal_lacks_is_kept_with_it(minutes: MinutesStore) -> None:
    version = await _prepared(minutes)
    lacks = "Stämpeln har ingen tidsstämpel."
    sealed = await minutes.seal("ks", sha256=version.sha256, pdf=b"%PDF", at=at(2), shortfall=lacks)
    assert await minutes.sealed("ks") == sealed
    assert sealed.shortfall == lacks


async def test_only_the_current_version_of_the_scope_is_sealed(minutes: MinutesStore) -> None:
    old = await _prepared(minutes)
    await _prepared(minutes, b"%PDF two")
    for scope in ("minutes", "m5"):
        with pytest.raises(StaleVersion):
            await minutes.seal("ks", scope=scope, sha256=old.sha256, pdf=b"%PDF sealed", at=at(2))
    assert await minutes.sealed("ks") is None


async def test_sealed_twice_at_once_is_sealed_once(minutes: MinutesStore) -> None:
    version = await _prepared(minutes)
    sealing = (minutes.seal("ks", sha256=version.sha256, pdf=pdf, at=at(2)) for pdf in (b"%PDF a", b"%PDF b"))
    answers = await asyncio.gather(*sealing, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["SealedDocument", "StaleVersion"]
