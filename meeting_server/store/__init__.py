"""Storage: SQLAlchemy lives here and nowhere else. `Store` is one open installation, its parts by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from meeting_server.store.accounts import Accounts
from meeting_server.store.archive_packages import ArchivePackages
from meeting_server.store.ballot_box import BallotBox
from meeting_server.store.device_checks import DeviceChecks
from meeting_server.store.engine import Database
from meeting_server.store.equipment import EquipmentStore
from meeting_server.store.event_log import EventLog
from meeting_server.store.evidence import EvidenceStore
from meeting_server.store.identities import Identities
from meeting_server.store.logins import Logins
from meeting_server.store.media_nodes import MediaNodes
from meeting_server.store.migrate import upgrade
from meeting_server.store.minutes import MinutesStore
from meeting_server.store.notices import NoticeBoard
from meeting_server.store.register import Register
from meeting_server.store.summons_sent import SummonsSent


@dataclass(frozen=True)
class Store:
    """An open installation. Close it when done: `close` waits for the transactions that run."""

    database: Database
    log: EventLog
    register: Register
    accounts: Accounts
    logins: Logins
    minutes: MinutesStore
    ballots: BallotBox
    notice_board: NoticeBoard
    summons: SummonsSent
    evidence: EvidenceStore
    equipment: EquipmentStore
    device_checks: DeviceChecks
    archive_packages: ArchivePackages
    media_nodes: MediaNodes
    identities: Identities

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        migrate: bool = True,
        idle: timedelta = timedelta(hours=4),
        longest: timedelta = timedelta(hours=16),
    ) -> Store:
        """Open the database at `url` (sqlite:///file or postgresql://…) and bring it to this version's shape.

        `idle` and `longest` are the life of a login. Raises StorageFailed, ValueError for a URL we cannot
        use.
        """
        database = Database(url)
        try:
            if migrate:
                await upgrade(database)
        except BaseException:
            await database.close()
            raise
        return cls(
            database,
            EventLog(database),
            Register(database),
            Accounts(database),
            Logins(database, idle=idle, longest=longest),
            MinutesStore(database),
            BallotBox(database),
            NoticeBoard(database),
            SummonsSent(database),
            EvidenceStore(database),
            EquipmentStore(database),
            DeviceChecks(database),
            ArchivePackages(database),
            MediaNodes(database),
            Identities(database),
        )

    async def close(self) -> None:
        """Wait for the transactions that run, then close every connection."""
        await self.database.close()
