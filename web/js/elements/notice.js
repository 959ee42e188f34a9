// What the page says in words: refusals, the state of the line, and the two live regions.
import { html, nothing } from '../../vendor/lit/lit.js';
import { icon } from '../icons.js';
import { words, cited, duration } from '../text.js';

/** A refusal as {because, cites}: the server's own sentence, or the wire's when nothing was sent. */
export function refusalWords(refused) {
  const own = words.shared.refused[refused.code];
  return { code: refused.code, because: refused.because || own || String(refused.message), cites: refused.cites || '' };
}

/** A refusal near the act: sentence, citation, a way to close it. */
export function notice(said, onclose) {
  if (!said) return nothing;
  const where = said.cites && said.cites !== 'system' ? cited(said.cites) : '';
  return html`<div class="note bad refusal">${icon('warning')}<p class="grow"><b>${said.because}</b>${where ? html` <span class="nowrap">${where}.</span>` : nothing}</p>
    <button type="button" class="btn small quiet icon" @click=${onclose} aria-label=${words.shared.refused.close}>${icon('cross')}</button></div>`;
}

/** Where the page's link goes when the server has closed it. */
function wayOn(reason) {
  if (reason === 'signed-out') return '/signin';
  return reason === 'role' ? location.pathname.replace(/\/[^/]+$/, '') : location.pathname;
}

/** The way to the organisation's sign-in service and back to this page, by its own label; nothing where there is none. */
export function signInAgain(boot, classes) {
  return boot.sign_in ? html`<a class=${classes} href=${`/signin/oidc?next=${encodeURIComponent(location.pathname)}`}>${icon('shield')}${boot.sign_in}</a>` : nothing;
}

/** The state of the line where a whole page has nothing else to show; nothing while all is well. */
export function wireState(wire) {
  const w = words.shared.wire;
  const { phase, attempt, reason } = wire.state;
  if (phase === 'closed') return card('bad', 'lost', w.closed, w.bye[reason] || w.offline, html`<a class="btn main wide" href=${wayOn(reason)}>${reason === 'signed-out' ? w.backToSignIn : w.backHere}</a>`);
  if (attempt > 2) return card('att', 'lost', w.reconnecting(attempt), '', html`<button class="btn wide" @click=${() => wire.retry()}>${w.retry}</button>`);
  return html`<main class="page opening" aria-busy="true"><h1>${w.connecting}</h1><div class="skel" aria-hidden="true"><i></i><i></i><i></i></div></main>`;
}

/** One line in the header while the line is down or the page has been closed by the server. */
export function wireLine(wire, now) {
  const w = words.shared.wire;
  const { phase, attempt, since, reason } = wire.state;
  if (phase === 'open') return nothing;
  if (phase === 'closed') return html`<div class="wireline note bad">${icon('lost')}<p class="grow"><b>${w.bye[reason] || w.closed}</b></p><a class="btn small" href=${wayOn(reason)}>${reason === 'signed-out' ? w.backToSignIn : w.backHere}</a></div>`;
  return html`<div class="wireline note att">${icon('lost')}<p class="grow"><b>${w.reconnecting(Math.max(1, attempt))}</b> ${w.lostFor(duration((now - since) / 1000))}. ${w.kept}</p><button class="btn small" @click=${() => wire.retry()}>${w.retry}</button></div>`;
}

function card(level, picture, title, text, act) {
  return html`<main class="page opening"><section class="card sta"><div class="sicon ${level}">${icon(picture)}</div><h1>${title}</h1>${text ? html`<p>${text}</p>` : nothing}${act}</section></main>`;
}

/** The page's one polite and one assertive live region, and what the console says by itself. */
export class Voice {
  constructor() {
    this.polite = '';
    this.assertive = '';
    this.before = null;
  }

  say(text) { this.polite = text; }
  cry(text) { this.assertive = text; }

  /** Says what has changed since last time: quorum lost or back, a vote opened or closed, someone lost. */
  follow(meeting) {
    const { quorum, division, presence = [] } = meeting.sections;
    const now = { ok: quorum?.ok, division: division ? `${division.id}${division.status}` : null, dropped: presence.filter((p) => p.state === 'dropped').map((p) => p.person) };
    const was = this.before;
    this.before = now;
    if (!was) return;
    const w = words.chair.said;
    if (was.ok !== now.ok) this.cry(now.ok ? w.quorumBack(quorum.present, quorum.needed) : w.quorumLost(quorum.present, quorum.needed));
    for (const pid of now.dropped) if (!was.dropped.includes(pid)) this.cry(w.dropped(meeting.label(pid)));
    if (was.division !== now.division && division) this.say(w.division[division.status] || '');
  }

  regions() {
    return html`<div class="sr" role="status">${this.polite}</div><div class="sr" role="alert">${this.assertive}</div>`;
  }
}
