"""The command line: `python -m meeting_server serve | demo | media | import | invite | verify | minutes |
evidence | archive | media-nodes | rules | commands`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from meeting_server import office
from meeting_server.app import make_app, open_store
from meeting_server.config import BadSettings, Settings, as_table, said
from meeting_server.demo import data as demo_data
from meeting_server.demo.company import MOST, company
from meeting_server.demo.crowd import SimulatedMembers
from meeting_server.demo.folder import DemoFolder, NotADemonstration, require_made_up
from meeting_server.http import pages
from meeting_server.http.keys import DemoDoors, DemoPerson
from meeting_server.http.sealing import require_readable
from meeting_server.live.media_link import LARGE_PAGES
from meeting_server.store import Store
from meeting_server.store.failures import NotFound, StorageFailed

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
    arguments, rest = parser.parse_known_args(argv)
    arguments.rest = rest
    if rest and arguments.run is not _media:
        parser.error(f"okända argument: {' '.join(rest)}")
    try:
        status: int = arguments.run(arguments)
    except BadSettings as bad:
        return office.fail("Inställningarna stämmer inte:", *bad.faults)
    except StorageFailed as failure:
        return office.fail(f"Databasen: {failure.because}")
    except NotFound as missing:
        return office.fail(f"Finns inte: {missing}")
    except NotADemonstration as refused:
        return office.fail(str(refused))
    except OSError as error:
        return office.fail(f"{error.filename or 'Fel'}: {said(error)}")
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
    demo.add_argument(
        "--fresh", action="store_true", help="börja om från början: ta bort den förra demonstrationen"
    )
    demo.add_argument("--port", type=int, help="TCP-port, annars KLUBBAN_PORT eller 8080")
    add("media", _media, "Starta en mediaprocess: --socket FIL, eller --listen VÄRD:PORT --secret-file FIL.")
    importing = add(
        "import", office.import_register, "Läs in organisation, organ, personer och möten från en YAML-fil."
    )
    importing.add_argument("file", type=Path)
    importing.add_argument("--check", action="store_true", help="kontrollera bara, ändra inget")
    invite = add("invite", office.invite, "Gör en inbjudningslänk till en person i registret.")
    invite.add_argument("person")
    verify = add(
        "verify", office.verify, "Kontrollera hashkedjan i ett mötes logg, eller filerna i ett arkivpaket."
    )
    verify.add_argument(
        "target", help="mötets id, en exporterad loggfil (NDJSON) eller ett arkivpaket (.zip)"
    )
    verify.add_argument(
        "--head", metavar="HASH", help="kontrollsumma som loggen ska ha, ur protokollet eller arkivet"
    )
    minutes = add("minutes", office.minutes, "Visa ett mötes protokoll så som loggen ger det.")
    minutes.add_argument("meeting")
    minutes.add_argument(
        "--pdf", type=Path, metavar="FIL", help="skriv det justerade protokollet eller utkastet som PDF"
    )
    archive = add("archive", office.archive, "Skriv arkivpaketet (FGS) av ett möte med justerat protokoll.")
    archive.add_argument("meeting")
    archive.add_argument("--to", type=Path, required=True, metavar="FIL", help="filen som ska skrivas, .zip")
    evidence = add("evidence", office.evidence, "Visa vad som mättes av dem på distans.")
    evidence.add_argument("meeting")
    evidence.add_argument(
        "--csv", action="store_true", help="bara sekunderna, som CSV; annars allt, som JSON"
    )
    add("media-nodes", office.media_nodes, "Visa mediaprocesserna, hur de mår och hur många rum de har.")
    add("rules", office.rules, "Skriv ut alla regler med kod, lagrum och slag.")
    add("commands", office.commands, "Skriv ut alla kommandon och vem som får ge dem.")
    return parser


# ---- the server ----


def _serve(_: argparse.Namespace) -> int:
    return office.run(_serve_forever(Settings.from_environment()))


def _demo(arguments: argparse.Namespace) -> int:
    override: dict[str, Any] = {"demo": True}
    if "KLUBBAN_DATA" not in os.environ:
        override["data_dir"] = DEMO_FOLDER
    if "KLUBBAN_MEDIA_HOST" not in os.environ:
        override["media_host"] = "127.0.0.1"
    if arguments.port is not None:
        override["port"] = arguments.port
    settings = Settings.from_environment(**override)
    return office.run(_serve_forever(settings, fresh=arguments.fresh))


def _media(arguments: argparse.Namespace) -> int:
    # In this one's place, without the web and the database in its memory, as the server starts its own.
    command = [sys.executable, "-m", "meeting_server.media", *arguments.rest]
    os.execve(sys.executable, command, LARGE_PAGES | os.environ)


async def _serve_forever(settings: Settings, *, fresh: bool = False) -> int:
    """Serve until SIGTERM or SIGINT; then finish what waits and stop.

    The port is taken first: who cannot start has neither made, changed nor removed anything.
    """
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
    if settings.demo:
        # Whoever tries Klubban wants the links; which tables are made concerns whoever runs it.
        logging.getLogger("alembic").setLevel(logging.WARNING)
    require_readable(settings)
    with contextlib.ExitStack() as ending:
        try:
            taken = [ending.enter_context(each) for each in _taken(settings.host, settings.port)]
        except OSError as error:
            return office.fail(f"Servern kan inte lyssna på {settings.own_url}: {said(error)}")
        settings = settings.at_port(taken[0].getsockname()[1])
        if settings.demo:
            folder = DemoFolder(settings.data_dir, settings.database_url)
            ending.callback(folder.release)
            if removed := folder.claim(fresh=fresh):
                print(f"Den förra demonstrationen i {settings.data_dir} är borttagen: {', '.join(removed)}.")
        return await _serve_at(taken, settings)


async def _serve_at(taken: Sequence[socket.socket], settings: Settings) -> int:
    store = await open_store(settings)
    try:
        simulated = SimulatedMembers(settings.own_url) if settings.demo else None
        doors = await _load_demo(store, simulated) if simulated is not None else None
        runner = web.AppRunner(
            make_app(settings, store, demo=doors), access_log=None, shutdown_timeout=DRAIN_SECONDS
        )
        await runner.setup()
        try:
            for each in taken:
                await web.SockSite(runner, each).start()
        except OSError as error:
            await runner.cleanup()
            return office.fail(f"Servern kan inte lyssna på {settings.own_url}: {said(error)}")
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


def _taken(host: str, port: int) -> list[socket.socket]:
    """Sockets that hold the port, one for each address of the host, not listening yet. Raises OSError."""
    taken: list[socket.socket] = []
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    with contextlib.ExitStack() as on_failure:
        for family, kind, protocol, _, address in dict.fromkeys(found):
            each = on_failure.enter_context(socket.socket(family, kind, protocol))
            each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                # `::` is all, IPv6 and IPv4; the system's own choice may be IPv6 alone.
                each.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, host != "::")
            each.bind((address[0], port, *address[2:]))
            port = each.getsockname()[1]
            taken.append(each)
        on_failure.pop_all()
    return taken


async def _until_told() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


async def _load_demo(store: Store, simulated: SimulatedMembers) -> DemoDoors:
    """The demonstration's people and meetings, loaded the first time. Raises NotADemonstration."""
    today = demo_data.swedish_day(datetime.now(UTC))
    own = demo_data.demo_register(today).organisation.name
    require_made_up({person.organisation for person in await store.register.persons()}, own)
    if await store.register.meetings():
        links = await demo_data.demo_links(store)
    else:
        links = await demo_data.load_demo(store, today)
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
            print(f"\n{summary.title or summary.body}, {pages.local(summary.starts_at):%Y-%m-%d %H.%M}")
            shown = _one_of_each(doors.doors[summary.id])
            width = max(len(each.name) for each in shown)
            for each in shown:
                url = f"{settings.public_url}/demo/as/{each.person}?next={each.href}"
                print(f"  {each.role_label:<16} {each.name:<{width}} {url}")
    print(f"\nAlla länkar, och simulerade ledamöter på distans: {settings.public_url}/demo")


def _one_of_each(people: Sequence[DemoPerson]) -> list[DemoPerson]:
    return list({each.role_label: each for each in reversed(people)}.values())[::-1]
