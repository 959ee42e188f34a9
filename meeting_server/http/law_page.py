"""Reglerna: every rule the meeting is judged by, with its paragraph and the words of the law."""

from __future__ import annotations

from aiohttp import web

from meeting_server.http import pages
from meeting_server.law import ledger
from meeting_server.law.regime import REGIMES


async def rules(request: web.Request) -> web.StreamResponse:
    """GET /rules"""
    rows: list[dict[str, object]] = []
    for section in ledger.rows():
        rows += [
            {
                "citation": rule.cites,
                "code": rule.code,
                "kind": rule.kind,
                "quote": rule.quote,
                "confirmed": rule.confirmed,
            }
            for rule in section.rules
        ]
        if not section.rules:
            rows.append(
                {
                    "citation": str(section.citation),
                    "code": "",
                    "kind": section.kind,
                    "quote": "",
                    "note": section.note or section.heading,
                    "confirmed": True,
                }
            )
    return await pages.render(request, "rules.html", regimes=list(REGIMES.values()), rows=rows)
