"""The command line: `python -m meeting_server serve | demo | media | import | invite | verify | minutes |
evidence | archive | media-nodes | rules | commands`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import os
import shutil
import signal
import socket
import sys
import zipfile
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvloop
from aiohttp import web

from meeting_server.app import make_app, open_store
from meeting_server.config import BadSettings, Settings, as_table
from meeting_server.demo import data as demo_data
from meeting_server.demo.company import MOST, company
from meeting_server.demo.simulated import SimulatedMembers
from meeting_server.http.keys import DemoDoors, DemoPerson
from meeting_server.law.ledger import print_rules
from meeting_server.live.archiving import make
from meeting_server.live.chamber import records_of
from meeting_server.live.node_list import node_list
from meeting_server.meeting import COMMANDS, Refusal
from meeting_server.minutes import render, texts
from meeting_server.minutes.archive.package import PACKAGER, check
from meeting_server.minutes.compose import compose
from meeting_server.store import Store
from meeting_server.store.evidence import faults as evidence_faults
from meeting_server.store.evidence_export import as_csv, as_json
from meeting_server.store.failures import NotFound, StorageFailed
from meeting_server.store.register_import import import_file
from meeting_server.store.verify import BadLogFile, verify_ndjson, verify_rows
from meeting_server.store.yaml_reading import BadRegister

DEMO_FOLDER = Path(".demo")
DRAIN_SECONDS = 5.0
DOOR_ORDER = ("chair", "secretary", "hall", "member", "substitute", "attendee")
MOST_DOORS = 16
"""Doors of one role and meeting on the demonstration's page; the rest can be reached by address."""
ROLE_WORDS = {
    "chair": "Ordförande",
    "secretary": "Sekreterare",
    "member": "Ledamot",
    "hall": "Skärmen i salen",
    "substitute": "Ersättare",
    "attendee": "Tjänsteperson",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    parser = _parser()
    arguments, arguments.rest = parser.parse_known_args(argv)
    if arguments.rest and arguments.run is not _media:
        parser.error(f"okända argument: {' '.join(arguments.rest)}")
    try:
        status: int = arguments.run(arguments)
    except BadSettings as bad:
        return _fail("Inställningarna stämmer inte:", *bad.faults)
    except StorageFailed as failure:
        return _fail(f"Databasen: {failure.because}")
    except NotFound as missing:
        return _fail(f"Finns inte: {missing}")
    except OSError as error:
        return _fail(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))
    except KeyboardInterrupt:
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="klubban", description="Klubban: sammanträden på plats och på distans."
    )
    commands = parser.add_subparsers(required=True, metavar="kommando")

    def add(name: str, run: Callable[[argparse.Namespace], int], meaning: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=meaning, description=meaning)
        made.set_defaults(run=run)
        return made

    serve = add("serve", _serve, "Starta servern. Inställningarna är miljövariabler, se nedan.")
    serve.formatter_class = argparse.RawDescriptionHelpFormatter
    serve.epilog = as_table()
    demo = add("demo", _demo, "Starta en demonstration med påhittade personer och tre möten.")
    demo.add_argument("--fresh", action="store_true", help="börja om från början")
    demo.add_argument("--port", type=int, help="TCP-port, annars KLUBBAN_PORT eller 8080")
    add("media", _media, "Starta en mediaprocess: --socket FIL, eller --listen VÄRD:PORT --secret-file FIL.")
    importing = add("import", _import, "Läs in organisation, organ, personer och möten från en YAML-fil.")
    importing.add_argument("file", type=Path)
    importing.add_argument("--check", action="store_true", help="kontrollera bara, ändra inget")
    invite = add("invite", _invite, "Gör en inbjudningslänk till en person i registret.")
    invite.add_argument("person")
    verify = add(
        "verify", _verify, "Kontrollera hashkedjan i ett mötes logg, eller filerna i ett arkivpaket."
    )
    verify.add_argument(
        "target", help="mötets id, en exporterad loggfil (NDJSON) eller ett arkivpaket (.zip)"
    )
    minutes = add("minutes", _minutes, "Visa ett mötes protokoll så som loggen ger det.")
    minutes.add_argument("meeting")
    minutes.add_argument(
        "--pdf", type=Path, metavar="FIL", help="skriv det justerade protokollet eller utkastet som PDF"
    )
    archive = add("archive", _archive, "Skriv arkivpaketet (FGS) av ett möte med justerat protokoll.")
    archive.add_argument("meeting")
    archive.add_argument("--to", type=Path, required=True, metavar="FIL", help="filen som ska skrivas, .zip")
    evidence = add("evidence", _evidence, "Visa vad som mättes av dem på distans.")
    evidence.add_argument("meeting")
    evidence.add_argument(
        "--csv", action="store_true", help="bara sekunderna, som CSV; annars allt, som JSON"
    )
    add("media-nodes", _media_nodes, "Visa mediaprocesserna, hur de mår och hur många rum de har.")
    add("rules", _rules, "Skriv ut alla regler med kod, lagrum och slag.")
    add("commands", _commands, "Skriv ut alla kommandon och vem som får ge dem.")
    return parser


def _fail(*lines: str) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return 1


# ---- the server ----


def _serve(_: argparse.Namespace) -> int:
    return _run(_serve_forever(Settings.from_environment()))


def _demo(arguments: argparse.Namespace) -> int:
    override: dict[str, Any] = {"demo": True}
    if "KLUBBAN_DATA" not in os.environ:
        override["data_dir"] = DEMO_FOLDER
    if "KLUBBAN_MEDIA_HOST" not in os.environ:
        override["media_host"] = "127.0.0.1"
    if arguments.port is not None:
        override["port"] = arguments.port
    settings = Settings.from_environment(**override)
    if arguments.fresh:
        shutil.rmtree(settings.data_dir, ignore_errors=True)
    return _run(_serve_forever(settings))


def _media(arguments: argparse.Namespace) -> int:
    from meeting_server.media.process import main as media_main  # aiortc takes a while to load: only here

    media_main(arguments.rest)
    return 0


def _run(work: Awaitable[int]) -> int:
    async def awaited() -> int:
        return await work

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(awaited())


async def _serve_forever(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; then finish what waits and stop."""
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
    store = await open_store(settings)
    try:
        simulated = SimulatedMembers(settings.own_url) if settings.demo else None
        doors = await _load_demo(store, simulated) if simulated is not None else None
        runner = web.AppRunner(
            make_app(settings, store, demo=doors), access_log=None, shutdown_timeout=DRAIN_SECONDS
        )
        await runner.setup()
        try:
            await _site(runner, settings.host, settings.port).start()
        except OSError as error:
            await runner.cleanup()
            return _fail(f"Servern kan inte lyssna på {settings.own_url}: {error.strerror}")
        if doors is not None:
            await _print_doors(settings, store, doors)
        print(f"Klubban svarar på {settings.public_url}", flush=True)
        await _until_told()
        if simulated is not None:
            await simulated.stop()
        await runner.cleanup()
    finally:
        await store.close()
    return 0


def _site(runner: web.AppRunner, host: str, port: int) -> web.BaseSite:
    """Where the web server listens. asyncio would make `::` IPv6 alone. Raises OSError."""
    if host != "::":
        return web.TCPSite(runner, host, port)
    listening = socket.create_server((host, port), family=socket.AF_INET6, dualstack_ipv6=True)
    return web.SockSite(runner, listening)


async def _until_told() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


async def _load_demo(store: Store, simulated: SimulatedMembers) -> DemoDoors:
    """The demonstration's people and meetings, loaded the first time."""
    if await store.register.meetings():
        links = await demo_data.demo_links(store)
    else:
        links = await demo_data.load_demo(store, datetime.now().astimezone().date())
    secretaries = {meeting.id: meeting.secretary for meeting in links.meetings}
    doors: dict[str, list[DemoPerson]] = {}
    for link in sorted(links.links, key=lambda each: DOOR_ORDER.index(each.role)):
        in_meeting = doors.setdefault(link.meeting, [])
        if [each.role_label for each in in_meeting].count(ROLE_WORDS[link.role]) >= MOST_DOORS:
            continue
        here, page = f"/meetings/{link.meeting}", ""
        if link.role == "hall":
            page = "/hall"
        person = await store.register.person(link.person or secretaries[link.meeting])
        if person is not None:
            label, name = ROLE_WORDS[link.role], person.name if link.person else link.name
            party = person.party if link.person else None
            in_meeting.append(DemoPerson(person.id, name, party, label, here + page))

    async def simulate(count: int) -> int:
        return await simulated.show(*await company(store, count))

    return DemoDoors(
        {meeting: tuple(people) for meeting, people in doors.items()},
        simulate,
        lambda: simulated.running,
        MOST,
    )


async def _print_doors(settings: Settings, store: Store, doors: DemoDoors) -> None:
    for summary in await store.register.meetings():
        if summary.id in doors.doors:
            print(f"\n{summary.title or summary.body}, {summary.starts_at:%Y-%m-%d %H.%M}")
            for each in _one_of_each(doors.doors[summary.id]):
                url = f"{settings.public_url}/demo/as/{each.person}?next={each.href}"
                print(f"  {each.role_label:<16} {each.name:<28} {url}")
    print(f"\nAlla länkar, och simulerade ledamöter på distans: {settings.public_url}/demo")


def _one_of_each(people: Sequence[DemoPerson]) -> list[DemoPerson]:
    return list({each.role_label: each for each in reversed(people)}.values())[::-1]


# ---- the rest ----


def _with_store(work: Callable[[Store], Awaitable[int]]) -> int:
    async def run() -> int:
        store = await open_store(Settings.from_environment())
        try:
            return await work(store)
        finally:
            await store.close()

    return _run(run())


def _import(arguments: argparse.Namespace) -> int:
    async def work(store: Store) -> int:
        try:
            done = await import_file(store.database, arguments.file, check=arguments.check)
        except BadRegister as bad:
            return _fail(f"{arguments.file}: {len(bad.faults)} fel. Inget lästes in.", *map(str, bad.faults))
        except OSError as error:
            return _fail(f"{arguments.file}: {error.strerror}")
        verb = "skulle läsas in" if arguments.check else "inläst"
        print(
            f"{done.organisation} {verb}: {done.bodies} organ, {done.persons} personer, "
            f"{done.mandates} uppdrag. Möten: {len(done.meetings_changed)} nya eller ändrade, "
            f"{len(done.meetings_unchanged)} oförändrade."
        )
        return 0

    return _with_store(work)


def _invite(arguments: argparse.Namespace) -> int:
    async def work(store: Store) -> int:
        token = await store.accounts.invite(arguments.person, now=datetime.now(UTC))
        print(f"{Settings.from_environment().public_url}/invite/{token}")
        return 0

    return _with_store(work)


def _verify(arguments: argparse.Namespace) -> int:
    path = Path(arguments.target)
    if path.is_file() and zipfile.is_zipfile(path):
        return _tell_package(arguments.target, path.read_bytes())
    if path.is_file():
        try:
            text = path.read_text(encoding="utf-8")
            return _tell_faults(arguments.target, verify_ndjson(text), len(text.splitlines()))
        except (BadLogFile, UnicodeDecodeError) as bad:
            return _fail(f"{arguments.target}: filen är ingen logg: {bad}")

    async def work(store: Store) -> int:
        rows = await store.log.read(arguments.target)
        if not rows:
            return _fail(f"{arguments.target}: det finns ingen sådan fil och inget möte med någon logg")
        kept = await store.evidence.of(arguments.target)
        found = [*verify_rows(rows), *evidence_faults(rows, kept)]
        return _tell_faults(arguments.target, found, len(rows), len(kept))

    return _with_store(work)


def _tell_faults(target: str, faults: Sequence[object], rows: int, evidence: int = 0) -> int:
    if faults:
        return _fail(f"{target}: {len(faults)} fel i kedjan.", *map(str, faults))
    bound = f" Underlaget till {evidence} beslut hör till den." if evidence else ""
    print(f"{target}: {rows} händelser, kedjan är hel.{bound}")
    return 0


def _tell_package(target: str, body: bytes) -> int:
    wrong = check(body)
    if wrong:
        return _fail(
            f"{target}: {len(wrong)} fel i arkivpaketet.", *(f"{w.path}: {w.because}" for w in wrong)
        )
    print(f"{target}: arkivpaketet är helt, varje fil är den som METS.xml anger.")
    return 0


def _archive(arguments: argparse.Namespace) -> int:
    async def work(store: Store) -> int:
        if not await store.log.read(arguments.meeting, limit=1):
            return _fail(f"{arguments.meeting}: det finns inget sådant möte med någon logg")
        try:
            made, package = await make(store, arguments.meeting, PACKAGER, datetime.now(UTC))
        except Refusal as refusal:
            return _fail(refusal.because)
        arguments.to.write_bytes(package.body)
        print(f"{arguments.to}: {made.files} filer, {made.size} byte, SHA-256 {made.sha256}")
        return 0

    return _with_store(work)


def _evidence(arguments: argparse.Namespace) -> int:
    async def work(store: Store) -> int:
        if not await store.log.read(arguments.meeting, limit=1):
            return _fail(f"{arguments.meeting}: det finns inget sådant möte med någon logg")
        minutes = await store.evidence.minutes(arguments.meeting)
        kept = await store.evidence.of(arguments.meeting)
        print(as_csv(minutes) if arguments.csv else as_json(arguments.meeting, kept, minutes), end="")
        return 0

    return _with_store(work)


def _minutes(arguments: argparse.Namespace) -> int:
    async def work(store: Store) -> int:
        rows = await store.log.read(arguments.meeting)
        if not rows:
            return _fail(f"{arguments.meeting}: det finns inget sådant möte med någon logg")
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


def _media_nodes(_: argparse.Namespace) -> int:
    async def work(store: Store) -> int:
        nodes, places = await store.media_nodes.nodes(), await store.media_nodes.placements()
        print(node_list(nodes, places, datetime.now(UTC)))
        return 0

    return _with_store(work)


def _rules(_: argparse.Namespace) -> int:
    print(print_rules())
    return 0


def _commands(_: argparse.Namespace) -> int:
    width = max(map(len, COMMANDS))
    for name, handler in COMMANDS.items():
        who = ", ".join(sorted(handler.by))
        print(f"{name:<{width}}  {who}{'' if handler.wire else '  (inte från webbläsaren)'}")
    return 0


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
