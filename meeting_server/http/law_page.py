"""Reglerna: what the product holds, every rule with the words of the law, and every refusal as it is said."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from meeting_server.http import pages
from meeting_server.http.keys import ASSETS
from meeting_server.law import ledger
from meeting_server.law.catalogue import CATALOGUE, MODES
from meeting_server.law.catalogue_sureness import SURENESS, sureness
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
                "source": rule.source,
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
    held = [
        {
            "number": row.number,
            "title": row.title,
            "mode": MODES[row.mode],
            "sources": row.sources,
            "sure": sureness(row.number),
            "sure_text": SURENESS[sureness(row.number)],
            "tests": row.tests,
            "missing": row.missing,
        }
        for row in CATALOGUE
    ]
    return await pages.render(
        request,
        "rules.html",
        regimes=list(REGIMES.values()),
        rows=rows,
        held=held,
        built=sum(1 for row in CATALOGUE if row.built),
    )


async def refusals(request: web.Request) -> web.StreamResponse:
    """GET /rules/refusals: the sentences the tests have heard the product say, by part of the meeting."""
    file = request.app[ASSETS].folder / "refusals.json"
    rows: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    parts: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        parts.setdefault(row["part"], []).append(row)
    return await pages.render(request, "refusals.html", parts=parts, number=sum(len(r["says"]) for r in rows))
