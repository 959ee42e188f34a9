"""Seconds and MiB for the PDF of minutes with 100 §§: `python -m tests.bench.bench_pdf`. Aim: under 2 s."""

from __future__ import annotations

import asyncio
import io
import resource
import time

import pikepdf

from meeting_server.minutes import render
from tests.minutes import sample

PARAGRAPHS, PEOPLE = 100, 61


async def measure() -> None:
    """Typeset cold and warm, and print what it took."""
    minutes = sample.minutes(PARAGRAPHS, people=PEOPLE)
    times = []
    pdf = b""
    for _ in range(3):
        started = time.perf_counter()
        pdf = await render.prepare_pdf(minutes, sample.AT)
        times.append(time.perf_counter() - started)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pages = len(file.pages)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"PDF, {PARAGRAPHS} §§, {PEOPLE} people, {pages} pages, {len(pdf) / 2**20:.2f} MiB file")
    print(f"  first {times[0]:.2f} s, then {min(times[1:]):.2f} s, peak memory {peak:.0f} MiB  (aim < 2 s)")


if __name__ == "__main__":
    asyncio.run(measure())
