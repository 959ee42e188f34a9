"""What the machine itself does in an election: count the opened box, seal a number, break the seal."""

from __future__ import annotations

import logging

from meeting_server.law.lots import commitment
from meeting_server.live.chamber import Chamber
from meeting_server.meeting import SYSTEM, Command, Refusal
from meeting_server.meeting.election_state import Ballot, Draw
from meeting_server.meeting.elections import CountBallots, RevealDraw, SealDraw
from meeting_server.store.ballot_box import BallotBox

log = logging.getLogger(__name__)


class ElectionWatch:
    """Looks at one meeting now and then and does what it waits for; doing it twice changes nothing."""

    def __init__(self, chamber: Chamber, box: BallotBox) -> None:
        self._chamber = chamber
        self._box = box
        self._emptied: set[str] = set()
        self._failed: set[str] = set()

    async def attend(self) -> None:
        """Do what the ballot and the drawing at hand wait for. Raises StorageFailed, ChamberClosed."""
        for matter in self._chamber.meeting.matters.values():
            for ballot in matter.election.ballots:
                await self._ballot(ballot)
                if ballot.status == "counted" and ballot.draw is not None and not matter.settled:
                    await self._draw(ballot.draw)

    async def _ballot(self, ballot: Ballot) -> None:
        if ballot.method != "electronic" or ballot.id in self._emptied:
            return
        meeting_id = self._chamber.meeting_id
        if ballot.status == "closed":
            opened = await self._box.open(meeting_id, ballot.id)
            await self._give(f"count:{ballot.id}", CountBallots(ballot.id, opened.slips, opened.codes))
        elif ballot.status in ("counted", "voided"):
            await self._box.empty(meeting_id, ballot.id)
            self._emptied.add(ballot.id)

    async def _draw(self, draw: Draw) -> None:
        secret, nonce = await self._box.sealed_number(self._chamber.meeting_id, draw.id)
        if draw.seal is None:
            await self._give(f"seal:{draw.id}", SealDraw(draw.id, commitment(secret, nonce)))
        elif draw.numbers:
            await self._give(f"reveal:{draw.id}", RevealDraw(draw.id, secret, nonce))

    async def _give(self, command_id: str, command: Command) -> None:
        try:
            await self._chamber.execute(SYSTEM, command, command_id)
        except Refusal as refusal:
            if command_id not in self._failed:
                log.error("%s in %s: %s", command_id, self._chamber.meeting_id, refusal.code)
            self._failed.add(command_id)
