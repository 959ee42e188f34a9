"""That a package has been made of a meeting: kept once for the same contents, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from meeting_server.store import Store
from meeting_server.store.archive_packages import PackageMade
from tests.store.rows import at

FIRST = PackageMade("ks", "a" * 64, "1" * 64, 600_000, 25, "karin", at(0))


async def test_packages_are_told_in_the_order_they_were_made(store: Store) -> None:
    later = replace(FIRST, contents="b" * 64, sha256="2" * 64, made_at=at(60))
    other = replace(FIRST, meeting_id="kf")
    for made in (FIRST, later, other):
        assert await store.archive_packages.record(made) == made
    assert await store.archive_packages.of("ks") == [FIRST, later]
    assert await store.archive_packages.of("kf") == [other]
    assert await store.archive_packages.of("none") == []


async def test_of_the_same_contents_the_first_stands(store: Store) -> None:
    again = replace(FIRST, made_by="torgny", made_at=at(60), sha256="3" * 64)
    kept = await asyncio.gather(store.archive_packages.record(FIRST), store.archive_packages.record(again))
    [stands] = await store.archive_packages.of("ks")
    assert list(kept) == [stands, stands]
    assert await store.archive_packages.record(again) == stands
