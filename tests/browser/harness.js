// What test_scripts.py runs in a page: a wire with sockets and clock in the test's hands, and comparisons of the modules.

/** A wire whose server's side the test speaks. */
export async function wire(site) {
  const { Wire } = await import(`${site}/js/wire.js`);
  const sockets = [];
  const later = [];
  const open = () => {
    const socket = { readyState: 1, sent: [], send: (text) => socket.sent.push(JSON.parse(text)), close: () => { socket.readyState = 3; socket.onclose?.(); } };
    sockets.push(socket);
    return socket;
  };
  const made = new Wire({ url: 'ws://x', open, now: () => 0, later: (act, ms) => later.push({ act, ms }), id: () => 'tab' });
  made.start();
  const says = (message) => sockets.at(-1).onmessage({ data: JSON.stringify(message) });
  return {
    wire: made, sockets, later, says,
    up() { sockets.at(-1).onopen(); says({ type: 'welcome', seq: 0 }); },
    down() { sockets.at(-1).close(); },
    again() { later.at(-1).act(); },
    lastSent: () => sockets.at(-1).sent.at(-1),
    give: (name, data) => made.send(name, data).then((value) => ({ value }), ({ code, because, cites }) => ({ code, because, cites })),
  };
}

/** A meeting that was told two views, at a server clock four seconds ahead. */
export async function sections(site) {
  const { Meeting } = await import(`${site}/js/meeting.js`);
  const meeting = new Meeting({ now: () => 1000 });
  const at = '1970-01-01T00:00:05Z';
  meeting.apply({ seq: 1, at, sections: { quorum: { present: 5 }, people: { a: { name: 'Ada Bo', party: 'A' } } } });
  meeting.apply({ seq: 2, at, sections: { quorum: { present: 6 } } });
  return { present: meeting.sections.quorum.present, label: meeting.label('a'), now: meeting.now(), since: meeting.since('1970-01-01T00:00:02Z') };
}

/** The paths where the word tables differ in shape. */
export async function differences(site) {
  const { sv } = await import(`${site}/js/sv.js`);
  const { en } = await import(`${site}/js/en.js`);
  const found = [];
  const kind = (x) => (Array.isArray(x) ? `list of ${x.length}` : typeof x === 'function' ? `words of ${x.length}` : typeof x);
  const compare = (a, b, path) => {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (kind(a[key]) !== kind(b[key])) found.push(`${path}${key}`);
      else if (a[key] && typeof a[key] === 'object') compare(a[key], b[key], `${path}${key}.`);
    }
  };
  compare(sv, en, '');
  return found;
}

export async function written(site) {
  const t = await import(`${site}/js/text.js`);
  return [t.clock('2026-11-24T18:42:00Z'), t.minutes(134), t.duration(72), t.duration(72, true), t.cited('KL 5:20'), t.cited('reglementet')];
}
