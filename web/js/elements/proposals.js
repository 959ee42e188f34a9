// The proposals that stand in a matter, numbered as the chair and everybody else number them.
import { html, nothing } from '../../vendor/lit/lit.js';
import { words } from '../text.js';
import { listed } from './people.js';

/** @param {import('../meeting.js').Meeting} meeting @param {object} matter the section `matter` */
export function proposalList(meeting, matter, { level = 2, extra = () => nothing } = {}) {
  const w = words.shared;
  const standing = matter.proposals.filter(stands);
  const title = html`${w.proposals} <span class="count">${standing.length}</span>`;
  return html`<section class="card" aria-labelledby="proposals">${level === 2 ? html`<h2 id="proposals">${title}</h2>` : html`<h3 id="proposals">${title}</h3>`}
    ${matter.proposals.map((p) => proposal(meeting, p, numberOf(matter, p.id), extra(p)))}</section>`;
}

/** Whether a proposal is to be put: neither withdrawn nor refused by the chair. */
export const stands = (p) => !p.withdrawn && !p.refused;

/** The number of a standing proposal in its matter, from 1; null when it is not to be put. */
export function numberOf(matter, id) {
  const at = (matter?.proposals || []).filter(stands).findIndex((p) => p.id === id);
  return at < 0 ? null : at + 1;
}

/** What stands between a title and its text: a text that goes on in lower case has no full stop before it. */
export const stop = (text) => (/^[a-zåäö]/.test(text || '') ? ':' : '.');

function proposal(meeting, p, number, extra) {
  const w = words.shared;
  const backers = (p.supporters || []).filter((pid) => pid !== p.mover).map((pid) => meeting.label(pid));
  return html`<div class="prop ${stands(p) ? '' : 'gone'}"><span class="n" aria-hidden="true">${number ?? '–'}</span><div>
    <p class="text"><b>${p.title}${stop(p.text)}</b> ${p.text || (p.points || []).join(' ')}</p>
    ${p.motivation ? html`<p class="by">${p.motivation}</p>` : nothing}
    ${p.withdrawn ? html`<p class="by">${w.withdrawn}</p>` : nothing}
    ${p.refused ? html`<p class="by">${words.decision.refusal[p.refused.ground]} ${p.refused.reason}</p>` : nothing}
    ${backers.length ? html`<p class="by">${w.supportedBy(listed(backers))}</p>` : nothing}${extra}</div></div>`;
}
