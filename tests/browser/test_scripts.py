"""The scripts that need no page: the wire, the sections, the words of both languages, the vendored files."""

from __future__ import annotations

import functools
import hashlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
WEB = Path(__file__).parents[2] / "web"
HARNESS = (Path(__file__).parent / "harness.js").read_text()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """web/ as files over HTTP, so that modules may import each other."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(WEB)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    opened = chromium.new_page()
    opened.goto(f"{site}/img/mark.svg")
    yield opened
    opened.close()


def ask(page: Page, site: str, script: str) -> Any:
    """What a script gives that has `h`, the harness, and `w`, a wire with the server's side to speak."""
    return page.evaluate(
        """async ([site, source, script]) => {
          const h = await import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
          const w = await h.wire(site);
          return new Function('h', 'w', 'site', `return (async () => { ${script} })()`)(h, w, site);
        }""",
        [site, HARNESS, script],
    )


def test_the_wire_asks_for_views_alone_each_time_it_says_hello(page: Page, site: str) -> None:
    hellos = ask(
        page,
        site,
        """w.up(); w.says({type: 'view', seq: 7, sections: {}}); w.down(); w.again();
        w.sockets[1].onopen(); return w.sockets.map((socket) => socket.sent[0]);""",
    )
    assert hellos == [{"type": "hello", "versions": ["1"], "events": False}] * 2


def test_a_command_is_answered_when_the_server_has_it(page: Page, site: str) -> None:
    answer = ask(
        page,
        site,
        """w.up(); const sent = w.give('gavel');
        w.says({type: 'done', id: w.lastSent().id, seq: 12}); return sent;""",
    )
    assert answer == {"value": {"seq": 12}}


def test_a_refusal_carries_the_sentence_and_the_paragraph(page: Page, site: str) -> None:
    answer = ask(
        page,
        site,
        """w.up(); const sent = w.give('open-division');
        const refusal = {code: 'quorum', cites: 'KL 5:45', because: '30 är här, det behövs 31.'};
        w.says({type: 'refused', id: w.lastSent().id, refusal}); return sent;""",
    )
    assert answer == {"code": "quorum", "because": "30 är här, det behövs 31.", "cites": "KL 5:45"}


@pytest.mark.parametrize("places", [1, 11])
def test_a_ballot_is_as_long_a_message_whatever_stands_on_it(page: Page, site: str, places: int) -> None:
    lengths = ask(
        page,
        site,
        f"""const {{ sealed, freshCode }} = await import(`${{site}}/js/views/member/code.js`);
        const ids = Array.from({{ length: 15 }}, (_, i) => `m12-n${{i + 1}}`);
        const names = [[], ids.slice(0, 1), ids.slice(-1), ids.slice(0, {places}), ids.slice(-{places})];
        const ballot = {{ places: {places}, choices: ids.map((id) => ({{ id }})) }};
        return names.map((some) => JSON.stringify(sealed(ballot, some, freshCode())).length);""",
    )
    assert len(set(lengths)) == 1
    assert lengths[0] % 256 == 0


def test_an_act_that_comes_where_another_stood_takes_no_press_at_once(page: Page, site: str) -> None:
    found = ask(
        page,
        site,
        """const { Settling, SETTLE } = await import(`${site}/js/views/member/settling.js`);
           let at = 0;
           const bar = new Settling(() => at);
           const shown = (...acts) => bar.note(acts);
           const press = (act, place) => bar.takes({ act, place, point: null });
           shown('request-floor', 'demand-division');
           const first = press('request-floor', 0);
           shown('withdraw-request', 'demand-division');
           at += SETTLE - 1;
           const early = [press('withdraw-request', 0), press('demand-division', 1)];
           at += 1;
           const settled = press('withdraw-request', 0);
           shown(); shown('hand-in');
           const form = press('hand-in', 0);
           return { first, early, settled, form };""",
    )
    assert found == {"first": True, "early": [False, True], "settled": True, "form": False}


def test_a_second_press_at_the_same_spot_is_not_given_to_what_has_come_there(page: Page, site: str) -> None:
    found = ask(
        page,
        site,
        """const { Settling, SETTLE } = await import(`${site}/js/views/member/settling.js`);
           let at = 0;
           const bar = new Settling(() => at);
           const press = (act, after, x) => {
             at += after;
             return bar.takes({ act, place: -1, point: { x, y: 5 } });
           };
           const same = [press('nominate', 0, 100), press('nominate', 1, 100)];
           const other = [[SETTLE - 1, 131], [SETTLE - 1, 100], [SETTLE, 100]]
             .map(([after, x]) => press('withdraw', after, x));
           const elsewhere = press('nominate', 1, 132);
           return { same, other, elsewhere };""",
    )
    assert found == {"same": [True, True], "other": [False, False, True], "elsewhere": True}


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("{ wire: 'open', media: 'connected', link: { sends_picture: true } }", "remote"),
        ("{ wire: 'open', media: 'connected', link: { sends_picture: false } }", "unseen"),
        ("{ wire: 'open', media: 'reconnecting', link: null }", "media"),
        ("{ wire: 'open', media: 'idle', link: null }", "unseen"),
        ("{ wire: 'open', media: 'failed', link: null }", "unseen"),
        ("{ wire: 'reconnecting', attempt: 1, media: 'connected', link: null }", "reconnecting"),
        ("{ wire: 'closed', reason: 'signed-out', media: 'idle', link: null }", "signedOut"),
        ("{ wire: 'closed', reason: 'elsewhere', media: 'idle', link: null }", "elsewhere"),
        ("{ wire: 'closed', reason: 'role', media: 'idle', link: null }", "ended"),
    ],
)
def test_the_head_says_that_one_is_seen_only_while_one_is(page: Page, site: str, now: str, said: str) -> None:
    level, word = ask(
        page,
        site,
        f"""const {{ standing }} = await import(`${{site}}/js/views/member/screen.js`);
            const {{ sv }} = await import(`${{site}}/js/sv.js`);
            const view = {{ me: {{ state: 'remote' }}, meeting: {{ phase: 'open' }} }};
            const [level, , key] = standing(view, {now});
            return [level, key in sv.member.state && key];""",
    )
    assert word == said
    assert (level == "ok") == (said == "remote")


def test_nothing_is_queued_while_the_line_is_down(page: Page, site: str) -> None:
    answer = ask(page, site, "w.up(); w.down(); return w.give('cast-vote', {vote: 'yes'});")
    assert answer["code"] == "offline"


def test_an_act_under_way_when_the_line_broke_is_sent_again_with_the_same_id(page: Page, site: str) -> None:
    both = ask(
        page,
        site,
        """w.up(); const sent = w.give('gavel'); const first = w.lastSent();
        w.down(); w.again(); w.up(); const second = w.lastSent();
        w.says({type: 'done', id: second.id, seq: 3}); return {first, second, answer: await sent};""",
    )
    assert both["first"] == both["second"]
    assert both["answer"] == {"value": {"seq": 3}}


def test_a_page_the_server_has_ended_does_not_come_back_by_itself(page: Page, site: str) -> None:
    found = ask(
        page,
        site,
        """w.up(); w.says({type: 'bye', reason: 'elsewhere', again: false}); w.down();
        return {phase: w.wire.state.phase, reason: w.wire.state.reason, sockets: w.sockets.length};""",
    )
    assert found == {"phase": "closed", "reason": "elsewhere", "sockets": 1}


def test_an_act_nobody_answers_is_said_to_be_unanswered(page: Page, site: str) -> None:
    answer = ask(page, site, "w.up(); const sent = w.give('gavel'); w.again(); return sent;")
    assert answer["code"] == "unanswered"


def test_a_view_replaces_only_the_sections_it_carries(page: Page, site: str) -> None:
    found = ask(page, site, "return h.sections(site);")
    assert found == {"present": 6, "label": "Ada Bo (A)", "now": 5000, "since": 3}


def test_both_languages_say_the_same_things(page: Page, site: str) -> None:
    assert ask(page, site, "return h.differences(site);") == []


def test_one_ballot_and_one_elected_are_said_in_the_singular(page: Page, site: str) -> None:
    said = ask(
        page,
        site,
        """const { sv } = await import(`${site}/js/sv.js`), { handedIn, published, elected } = sv.election;
           return [handedIn(1, 1), handedIn(2, 0), published(1), published(2), elected('Ada Bo'),
             elected('Ada Bo och Bo Ek')];""",
    )
    assert said == [
        "1 avgiven sedel. 1 ogiltig.", "2 avgivna sedlar. 0 ogiltiga.", "1 valsedel",
        "2 valsedlar, i bokstavsordning", "Vald: Ada Bo", "Valda: Ada Bo och Bo Ek",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([[1, "done"], [2, "decided"], [3, "decided"], [4, "coming"]], None),
        ([[1, "done"], [2, "decided"], [3, "decided"], [4, "decided"]], "§ 1–4, 4 klara"),
        (
            [[1, "left"], [2, "struck"], [3, "decided"], [None, "struck"]],
            "§ 1–3, 1 klara, 1 oavgjort, 2 utgångna",
        ),
        ([[None, "struck"], [None, "done"], [None, "struck"], [None, "struck"]], None),
    ],
)
def test_what_is_done_folds_to_one_row_of_the_agenda(
    page: Page, site: str, rows: list[list[Any]], said: str | None
) -> None:
    page.goto(f"{site}/templates/icons.html")  # any document of HTML
    folded = page.evaluate(
        """async ([site, rows]) => {
            const { agendaList } = await import(`${site}/js/elements/agenda.js`);
            const { render } = await import(`${site}/vendor/lit/lit.js`);
            const agenda = rows.map(([number, status]) => ({ number, title: 'A', status }));
            const place = document.createElement('div');
            render(agendaList(agenda, null), place);
            return place.querySelector('.fold')?.textContent.trim() ?? null; }""",
        [site, rows],
    )
    assert (folded.replace("\xa0", " ") if folded else folded) == said


def test_times_and_paragraphs_are_written_the_swedish_way(page: Page, site: str) -> None:
    law = "5\u00a0kap. 20\u00a0§ kommunallagen"
    assert ask(page, site, "return h.written(site);") == [
        "19.42", "2.14", "1 min 12 s", "1 min", law, "reglementet",
    ]  # fmt: skip


def test_vendored_files_are_the_ones_that_were_checked() -> None:
    folder = WEB / "vendor" / "lit"
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().split("\n") if line)
    assert set(sums) == {path.name for path in folder.iterdir()} - {"README.md", "SHA256SUMS"}
    for name, wanted in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == wanted, name


def test_no_script_is_longer_than_anybody_wants_to_read() -> None:
    too_long = {
        str(path.relative_to(WEB)): lines
        for path in (WEB / "js").rglob("*.js")
        if (lines := len(path.read_text().splitlines())) > 400
    }
    assert too_long == {}


def test_what_is_observed_becomes_what_to_look_at(page: Page, site: str) -> None:
    found = ask(
        page,
        site,
        """const { faults } = await import(`${site}/js/elements/seen.js`);
           const link = { state: 'live', picture: 'still', picture_since: '2026-11-24T18:00:00Z',
             sound: 'dead', page: ['microphone-off', 'sound-muted'] };
           const about = (link, who) => faults(link, { name: 'Ada', ...who }).map((one) => one.about);
           const after = { seenAt: '2026-11-24T18:00:01Z' }, before = { seenAt: '2026-11-24T17:59:59Z' };
           return [about(link), about(link, after), about(link, before),
             about({ ...link, picture: 'covered' }, after), about({ ...link, state: 'lost' }),
             about({ state: 'live', picture: 'live', sound: 'closed', page: [] }),
             faults(link, { name: 'Ada' })[1].cause];""",
    )
    assert found == [
        ["picture", "sound", "page"],
        ["sound", "page"],
        ["picture", "sound", "page"],
        ["picture", "sound", "page"],
        [],
        [],
        "Mikrofonen är avstängd i sidan",
    ]


def test_a_page_reports_what_has_come_since_the_last_time(page: Page, site: str) -> None:
    sent = ask(
        page,
        site,
        """const { PageReporter } = await import(`${site}/js/page_report.js`);
           const sent = [], down = { floor: { framesDecoded: 10, audioPackets: 50, energy: 1 },
             wall: { framesDecoded: 2, audioPackets: 0, energy: 0 } };
           const track = { readyState: 'live', muted: false, enabled: true };
           const local = { getVideoTracks: () => [{ ...track, readyState: 'ended' }],
             getAudioTracks: () => [{ ...track, enabled: false }] };
           const room = { state: 'connected', pc: {}, options: { send: (m) => sent.push(m) },
             stats: async () => ({ down }), local };
           const look = { hidden: false, tiles: 2, shown: 7, sound: 'playing' };
           const reporter = new PageReporter(room, () => look);
           reporter.stop();
           await reporter.report();
           down.floor = { framesDecoded: 40, audioPackets: 200, energy: 1 };
           await reporter.report();
           room.pc = {}; down.floor = { framesDecoded: 3, audioPackets: 9, energy: 0 };
           await reporter.report();
           return sent;""",
    )
    [report] = sent
    assert (report["decoded"], report["packets"], report["energy"], report["shown"]) == (30, 150, 0, 0)
    assert (report["camera"], report["microphone"]) == ("ended", "off")


def test_what_is_wanted_of_interpreters_is_said_again_and_the_original_is_low_while_one_is_heard(
    page: Page, site: str
) -> None:
    found = ask(
        page,
        site,
        """const { Interpreters } = await import(`${site}/js/interpreters.js`);
           localStorage.clear();
           const said = [], listeners = {};
           const on = (kind, hear) => { (listeners[kind] ??= []).push(hear); };
           const wire = { on, media: (m) => said.push([m.channel, m.sign]) };
           const hear = (kind, message) => listeners[kind].forEach((each) => each(message));
           const sound = { packets: 0, energy: 0, seconds: 0 };
           const play = () => { sound.packets += 20; sound.seconds += 0.4; sound.energy += sound.loud || 0; };
           const room = { channelSound: async () => { play(); return { ...sound }; } };
           const options = { wire, meeting: 'm', room: () => room, active: false, changed: () => {} };
           const one = new Interpreters(options);
           hear('welcome');
           hear('media', { kind: 'interpreters', sign: true, channels: ['engelska'] });
           one.choose('engelska'); one.show(true);
           one.take(true);
           hear('welcome');
           const moment = () => new Promise((resolve) => setTimeout(resolve, 20));
           const quiet = one.heard;
           sound.loud = 0.01;
           while (!one.heard) await moment();
           hear('media', { kind: 'interpreters', sign: false, channels: [] });
           const gone = [one.channel, one.gone, one.signs, one.heard];
           one.take(false);
           const again = new Interpreters(options);
           return { said, quiet, gone, kept: [again.wanted, again.wantsSign] };""",
    )
    assert found == {
        "said": [["engelska", True], ["engelska", True], [None, False]],
        "quiet": False,
        "gone": [None, "engelska", False, False],
        "kept": ["engelska", True],
    }
