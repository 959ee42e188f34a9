// What this page knows of the meeting: the sections the server last sent, the links, and plain questions about them. No DOM, no law.

/**
 * Holds the view sections exactly as sent; a new view message replaces only the sections it carries.
 * Listeners are called once per message, never in between, so that a page is always drawn from one consistent state.
 */
export class Meeting {
  /** @param {{now?: () => number}} options */
  constructor({ now = () => Date.now() } = {}) {
    this.clock = now;
    this.skew = 0;
    this.seq = 0;
    this.sections = null;
    this.links = {};
    this.code = null;
    this.listeners = new Set();
  }

  /** Connects to a wire; from here on the state changes only by what the server sends. */
  follow(wire) {
    wire.on('view', (message) => this.apply(message));
    wire.on('links', (message) => { this.links = message.links; this.#tell(); });
    wire.on('code', (message) => { this.code = { ...message, until: this.clock() + 1000 * message.seconds_left }; this.#tell(); });
    wire.on('state', () => this.#tell());
  }

  /** @param {{seq: number, at: string, sections: object}} message */
  apply({ seq, at, sections }) {
    this.seq = seq;
    if (at) this.skew = Date.parse(at) - this.clock();
    this.sections = { ...this.sections, ...sections };
    this.#tell();
  }

  /** @param {(meeting: Meeting) => void} listener @returns {() => void} stops listening */
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get ready() { return this.sections !== null; }

  /** The server's clock in ms since 1970, so that timers agree in every room. */
  now() { return this.clock() + this.skew; }

  /** Seconds since an ISO time, never negative; 0 without a time. */
  since(iso) { return iso ? Math.max(0, Math.floor((this.now() - Date.parse(iso)) / 1000)) : 0; }

  person(pid) { return this.sections?.people?.[pid] || { name: pid || '', party: null, party_name: null, role: 'attendee' }; }

  /** «Bertil Bokström (B)»: the way a person is named in a sentence or on a button. */
  label(pid) {
    const { name, party } = this.person(pid);
    return party ? `${name} (${party})` : name;
  }

  presenceOf(pid) { return this.sections?.presence?.find((row) => row.person === pid) || null; }

  inState(...states) { return (this.sections?.presence || []).filter((row) => states.includes(row.state)); }

  /** «distance», «room» or null: where a person is counted or heard from now. */
  where(pid) {
    const state = this.presenceOf(pid)?.state;
    if (state === 'room') return 'room';
    return ['remote', 'lobby', 'returning', 'dropped', 'viewer'].includes(state) ? 'distance' : null;
  }

  /** The link of a person as the media plane sees it, or null when unknown. */
  link(pid) { return this.links[pid] || null; }

  agendaItem(matter) { return this.sections?.agenda?.find((row) => row.matter === matter) || null; }

  /** Persons of the given ids grouped by party, by surname within it: [{party, party_name, persons: [pid]}]. */
  byParty(pids) {
    const groups = new Map();
    const order = (pid) => this.person(pid).order ?? 0;
    for (const pid of [...pids].sort((a, b) => order(a) - order(b))) {
      const { party, party_name } = this.person(pid);
      const group = groups.get(party) || { party, party_name, persons: [] };
      group.persons.push(pid);
      groups.set(party, group);
    }
    // Largest party of the roster first: an order that does not move while the list shrinks.
    const seats = (party) => Object.values(this.sections.people).filter((p) => p.party === party && p.role === 'member').length;
    const bySize = [...groups.values()].sort((a, b) => seats(b.party) - seats(a.party) || String(a.party).localeCompare(String(b.party), 'sv'));
    for (const g of bySize) g.persons.sort((a, b) => surnameFirst(this.person(a).name).localeCompare(surnameFirst(this.person(b).name), 'sv'));
    return bySize;
  }

  /** null when I may give the command now, else {code, reason, because, cites}. */
  mayNot(command) {
    const can = this.sections?.me?.can || {};
    return command in can ? can[command] : { code: 'unknown', reason: '', because: '', cites: '' };
  }

  #tell() { for (const listener of this.listeners) listener(this); }
}

function surnameFirst(name) {
  const words = name.split(' ');
  return `${words[words.length - 1]} ${name}`;
}
