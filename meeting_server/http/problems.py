"""From what went wrong to an answer: status, Swedish words for people, code for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from meeting_server.live.chamber import ChamberClosed
from meeting_server.live.chambers import DamagedLog, NobodyCalled, TooEarly
from meeting_server.live.checkin import TooManyTries
from meeting_server.meeting import Refusal
from meeting_server.store.failures import NotFound, StorageFailed
from meeting_server.store.minutes import StaleText, StaleVersion


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that is not what was asked for."""

    status: int
    code: str
    heading: str
    because: str
    cites: str | None = None
    refusal: Refusal | None = None

    def as_json(self) -> dict[str, object]:
        """The body for programs; a refusal also stands in the shape the socket gives it."""
        problem = {"code": self.code, "title": self.heading, "because": self.because, "cites": self.cites}
        body: dict[str, object] = {"problem": problem}
        if self.refusal is not None:
            body["refused"] = refusal_json(self.refusal)
        return body


def refusal_json(refusal: Refusal) -> dict[str, object]:
    """A refusal in the shape of the browser protocol."""
    return {
        "code": refusal.code,
        "cites": refusal.cites,
        "because": refusal.because,
        "short": refusal.short,
        "facts": dict(refusal.facts),
    }


HEADINGS: Mapping[int, tuple[str, str, str]] = {
    400: ("bad-request", "Förfrågan gick inte att förstå", "Ladda om sidan och försök igen."),
    401: ("not-signed-in", "Du är inte inloggad", "Logga in och försök igen."),
    403: (
        "forbidden",
        "Du har inte tillgång till det här",
        "Sidan hör till en annan roll eller ett annat möte.",
    ),
    404: ("not-found", "Sidan finns inte", "Kontrollera adressen, eller gå till dina möten."),
    405: ("bad-method", "Så kan sidan inte användas", "Gå till dina möten och börja därifrån."),
    409: (
        "refused",
        "Det gick inte",
        "Något har ändrats sedan sidan laddades. Ladda om den och försök igen.",
    ),
    413: ("too-large", "Det är för stort", "Det som skickades är större än vad som tas emot."),
    415: ("bad-type", "Fel sorts innehåll", "Skicka JSON."),
    429: ("too-many", "För många försök", "Vänta en stund och försök igen."),
    500: ("fault", "Något gick fel i programmet", "Felet är antecknat."),
    503: ("unavailable", "Servern kan inte svara just nu", "Försök igen om en stund."),
}


def problem_of_status(status: int, because: str | None = None) -> Problem:
    """The problem for a bare HTTP status."""
    code, heading, sentence = HEADINGS.get(status) or HEADINGS[500 if status >= 500 else 400]
    return Problem(status, code, heading, because or sentence)


def problem_of(error: Exception) -> Problem | None:
    """The answer to an error the layers below raise; None when it is a fault of ours."""
    match error:
        case Refusal():
            status = 503 if error.code in ("storage", "busy", "conflict") else 409
            heading = HEADINGS[status][1]
            return Problem(status, error.code, heading, error.because, error.cites, error)
        case NotFound():
            return problem_of_status(404)
        case TooEarly():
            because = "Mötet öppnar dagen före sammanträdet."
            return Problem(409, "too-early", "Mötet har inte öppnat", because)
        case NobodyCalled():
            because = (
                "Registret har inga ledamöter för sammanträdets dag. Mötet öppnas när de har lästs in; "
                "det som öppnas utan dem går inte att ändra."
            )
            return Problem(409, "nobody-called", "Mötet har inga ledamöter", because)
        case DamagedLog():
            return Problem(
                503,
                "damaged-log",
                "Mötets logg är skadad",
                "Loggens hashkedja stämmer inte, så mötet öppnas inte. Driften behöver se på det.",
            )
        case StorageFailed():
            return Problem(503, "storage", HEADINGS[503][1], error.because)
        case StaleText() | StaleVersion():
            return Problem(
                409,
                "stale",
                "Någon annan hann före",
                "Texten har ändrats sedan du öppnade den. Läs den nya och gör om ändringen.",
            )
        case TooManyTries():
            return Problem(
                429,
                "too-many",
                HEADINGS[429][1],
                f"För många felaktiga koder. Vänta {error.seconds} sekunder.",
            )
        case ChamberClosed():
            because = "Servern startas om. Försök igen om några sekunder."
            return Problem(503, "stopping", HEADINGS[503][1], because)
    return None


class Forbidden(web.HTTPForbidden):
    """A 403 with its own sentence."""

    def __init__(self, because: str) -> None:
        super().__init__()
        self.because = because


class BadRequest(web.HTTPBadRequest):
    """A 400 with its own sentence."""

    def __init__(self, because: str) -> None:
        super().__init__()
        self.because = because


def wants_json(request: web.BaseRequest) -> bool:
    """Whether the asker is a program: it says so, sends JSON, or asks for something no page is."""
    accept = request.headers.get("Accept", "")
    if "text/html" in accept:
        return False
    return (
        "application/json" in accept
        or request.content_type == "application/json"
        or request.path.endswith((".json", "/commands", "/view", "/ws", "/healthz"))
    )
