"""The parts of the archive that are neither minutes nor log, written so that they can be read without us."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from meeting_server.minutes.document import Minutes
from meeting_server.minutes.validation_data import ValidationData

PLACES = {"room": "i salen", "remote": "på distans"}
VOTES = {
    "yes": "ja",
    "no": "nej",
    "abstain": "avstår",
    "absent": "frånvarande",
    "casting_yes": "ja (utslagsröst)",
    "casting_no": "nej (utslagsröst)",
}


def vote_lists(minutes: Minutes) -> str:
    """Every list of votes of the meeting as one CSV, a row per person and division (KL 5:67 p. 5)."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(
        ("paragraf", "votering", "ja_betyder", "nej_betyder", "person", "parti", "uppgift", "plats", "röst")
    )
    for paragraph in minutes.paragraphs:
        for each in paragraph.vote_lists:
            for vote in each.rows:
                rows.writerow(
                    (
                        *(paragraph.number, each.number, each.yes_text, each.no_text, vote.name),
                        *(vote.party or "", vote.duty, PLACES[vote.place], VOTES[vote.vote]),
                    )
                )
    return text.getvalue()


def as_json(value: object) -> bytes:
    """JSON with sorted keys: the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def as_text(title: str, parts: Iterable[Sequence[tuple[str, str]]]) -> bytes:
    """A list of labelled facts, a blank line between the parts; a title over them."""
    lines = [title, ""]
    for part in parts:
        lines += [f"{label}: {value}" for label, value in part]
        lines.append("")
    return "\n".join(lines).encode()


def validation_report(found: dict[str, tuple[ValidationData, str]]) -> bytes:
    """What each sealed file carries for those who check it, by its name, with what was wanted and not had."""
    return as_json(
        {
            name: {
                "level": data.level,
                "in_words": [*data.sentences, *([shortfall] if shortfall else [])],
                "time_stamp": data.stamped_at.isoformat() if data.stamped_at else None,
                "time_stamp_by": data.stamped_by,
                "revocation_lists": data.lists,
                "ocsp_answers": data.answers,
                "certificate_names_revocation": data.revocation_named,
                "certificates": [
                    {
                        "subject": each.subject,
                        "issuer": each.issuer,
                        "serial": each.serial,
                        "valid_from": each.valid_from.isoformat(),
                        "valid_until": each.valid_until.isoformat(),
                        "sha256": each.sha256,
                    }
                    for each in data.certificates
                ],
            }
            for name, (data, shortfall) in found.items()
        }
    )
