"""The commands of the office: read in a register, invite, verify, and write out what there is."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import uvloop

from meeting_server.app import database_file, open_store
from meeting_server.config import Settings, said
from meeting_server.law.ledger import print_rules
from meeting_server.live.archiving import make
from meeting_server.live.chamber import records_of
from meeting_server.live.node_list import node_list
from meeting_server.meeting import COMMANDS, Refusal
from meeting_server.minutes import render, texts
from meeting_server.minutes.archive.package import PACKAGER, check
from meeting_server.minutes.compose import compose
from meeting_server.minutes.document import from_json
from meeting_server.minutes.glyphs import unprintable
from meeting_server.store import Store
from meeting_server.store.chain import StoredRow
from meeting_server.store.evidence import faults as evidence_faults
from meeting_server.store.evidence_export import as_csv, as_json
from meeting_server.store.register_import import import_file
from meeting_server.store.verify import BadLogFile, LogFault, from_ndjson, known_row, verify_rows
from meeting_server.store.yaml_reading import BadRegister


def fail(*lines: str) -> int:
    """Say on standard error what is wrong; the exit status."""
    for line in lines:
        print(line, file=sys.stderr)
    return 1


def run(work: Awaitable[int]) -> int:
    """Run to its end in an event loop; the exit status."""

    async def awaited() -> int:
        return await work

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(awaited())


def _with_store(work: Callable[[Store], Awaitable[int]], *, makes: bool = False) -> int:
    """Run on the installation's database, which only who `makes` one may find missing."""
    settings = Settings.from_environment()
    file = database_file(settings)
    if file is not None and not file.exists() and not makes:
        return fail(
            f"Databasen {file} finns inte. `import FIL` eller `serve` gör den; KLUBBAN_DATA anger var."
        )

    async def work_done() -> int:
        store = await open_store(settings)
        try:
            return await work(store)
        finally:
            await store.close()

    return run(work_done())


def import_register(arguments: argparse.Namespace) -> int:
    """`import FILE`: read a register, or only check it."""

    async def work(store: Store) -> int:
        try:
            done = await import_file(
                store.database, arguments.file, check=arguments.check, unprintable=unprintable
            )
        except BadRegister as bad:
            return fail(f"{arguments.file}: {len(bad.faults)} fel. Inget lästes in.", *map(str, bad.faults))
        except OSError as error:
            return fail(f"{arguments.file}: {said(error)}")
        verb = "skulle läsas in" if arguments.check else "inläst"
        print(
            f"{done.organisation} {verb}: {done.bodies} organ, {done.persons} personer, "
            f"{done.mandates} uppdrag. Möten: {len(done.meetings_changed)} nya eller ändrade, "
            f"{len(done.meetings_unchanged)} oförändrade."
        )
        for warning in done.warnings:
            print(f"Obs! {warning}")
        return 0

    settings = Settings.from_environment()
    file = database_file(settings)
    if not arguments.check or file is None or file.exists():
        return _with_store(work, makes=True)

    async def only_checked() -> int:
        """Against an empty register that is gone afterwards: a check makes no database."""
        with tempfile.TemporaryDirectory() as folder:
            store = await Store.open(f"sqlite:///{folder}/klubban.sqlite3")
            try:
                return await work(store)
            finally:
                await store.close()

    return run(only_checked())


def invite(arguments: argparse.Namespace) -> int:
    """`invite PERSON`: a link with which a password is chosen."""

    async def work(store: Store) -> int:
        token = await store.accounts.invite(arguments.person, now=datetime.now(UTC))
        print(f"{Settings.from_environment().public_url}/invite/{token}")
        return 0

    return _with_store(work)


def verify(arguments: argparse.Namespace) -> int:
    """`verify TARGET`: a log's chain, or the files of an archive package."""
    path = Path(arguments.target)
    if path.is_file() and zipfile.is_zipfile(path):
        return _tell_package(arguments.target, path.read_bytes())
    if path.is_file():
        try:
            rows = from_ndjson(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            return fail(
                f"{arguments.target}: filen är ingen logg: den är varken text (NDJSON, UTF-8) eller ett helt "
                "arkivpaket (.zip)."
            )
        except BadLogFile as bad:
            return fail(f"{arguments.target}: filen är ingen logg: {bad}")
        if not rows:
            return fail(f"{arguments.target}: filen är ingen logg: den har inga händelser.")
        return _tell_chain(arguments.target, rows, verify_rows(rows), arguments.head)

    async def work(store: Store) -> int:
        rows = await store.log.read(arguments.target)
        if not rows:
            return fail(f"{arguments.target}: det finns ingen sådan fil och inget möte med någon logg")
        kept = await store.evidence.of(arguments.target)
        found = [*verify_rows(rows), *evidence_faults(rows, kept)]
        printed = await printed_in_minutes(store, arguments.target)
        return _tell_chain(arguments.target, rows, found, arguments.head, printed, len(kept))

    return _with_store(work)


async def printed_in_minutes(store: Store, meeting_id: str) -> str | None:
    """The hash of the log that the verified minutes print, None while there are none."""
    sealed = await store.minutes.sealed(meeting_id)
    version = await store.minutes.version(meeting_id, sealed.prepared_sha256) if sealed else None
    return from_json(version.document).log.hash if version else None


def _tell_chain(
    target: str,
    rows: Sequence[StoredRow],
    faults: Sequence[LogFault],
    head: str | None,
    printed: str | None = None,
    evidence: int = 0,
) -> int:
    """Say whether the chain is whole, how long it is, its last hash, and what says that its end is there.

    head: the hash that whoever asks has from elsewhere. printed: the one in the verified minutes.
    """
    last = f"{len(rows)} händelser. Den sista har kontrollsumman {rows[-1].hash}"
    lines = []
    for digest, whose in ((head, "angivna"), (printed, "som protokollet anger")):
        if digest is None:
            continue
        seq = known_row(rows, digest)
        words = f"kontrollsumman {whose}" if whose.startswith("som") else f"den {whose} kontrollsumman"
        if seq is None:
            faults = [
                *faults,
                LogFault(
                    rows[-1].seq, "other-head", f"Ingen rad har {words}: loggen är kapad eller en annan."
                ),
            ]
        elif seq == rows[-1].seq:
            lines.append(f"Sista raden har {words}: inget är borttaget i slutet.")
        else:
            lines.append(
                f"Rad {seq} har {words}: inget fram till den är borttaget. Om det som följer "
                f"(händelser: {rows[-1].seq - seq}) säger den inget."
            )
    if faults:
        return fail(f"{target}: {len(faults)} fel i kedjan.", *map(str, faults), last)
    bound = f" Underlaget till {evidence} beslut hör till den." if evidence else ""
    print(f"{target}: kedjan är hel.{bound}\n{last}")
    print(*lines, sep="\n", end="\n" if lines else "")
    if not lines:
        print(
            "Kedjan visar inte själv om rader är borttagna i slutet. Jämför kontrollsumman med "
            "protokollets eller arkivets, eller ange den med --head."
        )
    return 0


def _tell_package(target: str, body: bytes) -> int:
    try:
        wrong = check(body)
    except (zlib.error, RuntimeError):  # a file in it that is damaged, or that is locked by a password
        return fail(f"{target}: en fil i paketet kan inte packas upp.")
    if wrong:
        return fail(f"{target}: {len(wrong)} fel i arkivpaketet.", *(f"{w.path}: {w.because}" for w in wrong))
    print(f"{target}: arkivpaketet är helt, varje fil är den som METS.xml anger.")
    return 0


def archive(arguments: argparse.Namespace) -> int:
    """`archive MEETING --to FILE`: the package of a meeting with approved minutes."""

    async def work(store: Store) -> int:
        if not await store.log.read(arguments.meeting, limit=1):
            return fail(f"{arguments.meeting}: det finns inget sådant möte med någon logg")
        try:
            made, package = await make(store, arguments.meeting, PACKAGER, datetime.now(UTC))
        except Refusal as refusal:
            return fail(refusal.because)
        arguments.to.write_bytes(package.body)
        print(f"{arguments.to}: {made.files} filer, {made.size} byte, SHA-256 {made.sha256}")
        return 0

    return _with_store(work)


def evidence(arguments: argparse.Namespace) -> int:
    """`evidence MEETING`: what was measured of those at a distance."""

    async def work(store: Store) -> int:
        if not await store.log.read(arguments.meeting, limit=1):
            return fail(f"{arguments.meeting}: det finns inget sådant möte med någon logg")
        minutes = await store.evidence.minutes(arguments.meeting)
        kept = await store.evidence.of(arguments.meeting)
        print(as_csv(minutes) if arguments.csv else as_json(arguments.meeting, kept, minutes), end="")
        return 0

    return _with_store(work)


def minutes(arguments: argparse.Namespace) -> int:
    """`minutes MEETING`: as the log gives them, as text or PDF."""

    async def work(store: Store) -> int:
        rows = await store.log.read(arguments.meeting)
        if not rows:
            return fail(f"{arguments.meeting}: det finns inget sådant möte med någon logg")
        saved = await store.minutes.texts(arguments.meeting)
        composed = compose(records_of(rows), rows[-1].hash)
        minutes = texts.apply(composed, {matter: each.text for matter, each in saved.items()})
        if arguments.pdf is not None:
            sealed = await store.minutes.sealed(arguments.meeting)
            pdf = sealed.pdf if sealed else await render.draft_pdf(minutes, datetime.now(UTC))
            arguments.pdf.write_bytes(pdf)
            print(f"{arguments.pdf}: {'justerat protokoll' if sealed else 'utkast'}, {len(pdf) // 1024} KiB")
            return 0
        print(f"{minutes.organisation}\n{minutes.title}\n{minutes.date_text}, {minutes.place}\n")
        for paragraph in minutes.paragraphs:
            print(f"§ {paragraph.number} {paragraph.title}\n\n{texts.editing_text(paragraph)}\n")
        return 0

    return _with_store(work)


def media_nodes(_: argparse.Namespace) -> int:
    """`media-nodes`: the media processes and their rooms."""

    async def work(store: Store) -> int:
        nodes, places = await store.media_nodes.nodes(), await store.media_nodes.placements()
        print(node_list(nodes, places, datetime.now(UTC)))
        return 0

    return _with_store(work)


def rules(_: argparse.Namespace) -> int:
    """`rules`: every rule with code, citation and kind."""
    print(print_rules())
    return 0


def commands(_: argparse.Namespace) -> int:
    """`commands`: every command and who may give it."""
    width = max(map(len, COMMANDS))
    for name, handler in COMMANDS.items():
        who = ", ".join(sorted(handler.by))
        print(f"{name:<{width}}  {who}{'' if handler.wire else '  (inte från webbläsaren)'}")
    return 0
