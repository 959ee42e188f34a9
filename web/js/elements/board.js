// The numbers of a division and who voted how, by party: shown only after it is closed.
import { html, nothing, svg } from '../../vendor/lit/lit.js';
import { words } from '../text.js';
import { mark, party } from './people.js';

/** The three numbers as one bar: filled, hollow, dashed. @param {{yes: number, no: number, abstain: number}} tally */
export function splitBar(tally, height = 28) {
  const parts = [['ja', tally.yes, 0], ['nej', tally.no, 1.5], ['avs', tally.abstain, 1]].filter(([, n]) => n > 0);
  const total = parts.reduce((sum, [, n]) => sum + n, 0);
  if (!total) return nothing;
  const room = 1000 - 6 * (parts.length - 1);
  let x = 0;
  const shapes = parts.map(([form, n, inset]) => {
    const width = (room * n) / total;
    const shape = svg`<rect class=${form} x=${(x + inset).toFixed(1)} y=${inset} width=${Math.max(1, width - 2 * inset).toFixed(1)} height=${height - 2 * inset} rx="5"></rect>`;
    x += width + 6;
    return shape;
  });
  return html`<svg class="split" viewBox="0 0 1000 ${height}" preserveAspectRatio="none" aria-hidden="true">${shapes}</svg>`;
}

/** Sums of one party's votes as «JA 13 · AVSTÅR 1». */
function sums(persons, votes) {
  const w = words.shared;
  return [['yes', w.yes], ['no', w.no], ['abstain', w.abstain]]
    .map(([vote, word]) => [word, persons.filter((pid) => votes[pid] === vote).length])
    .filter(([, n]) => n).map(([word, n]) => `${word} ${n}`).join(' · ');
}

/**
 * @param {import('../meeting.js').Meeting} meeting
 * @param {{votes: Record<string, string>, voters?: string[]}} division with the votes shown
 */
export function votesByParty(meeting, division, { absent = [], group = 'grp', heading = 'h3', remark = () => nothing } = {}) {
  const votes = division.votes || {};
  const everyone = [...new Set([...Object.keys(votes), ...absent])];
  return meeting.byParty(everyone).map((g) => {
    const title = html`${party(g)}<span>${g.party_name || words.shared.noParty}</span>${group === 'grp' ? html`<small>${sums(g.persons, votes)}</small>` : nothing}`;
    return html`<section class=${group}>${heading === 'h2' ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`}
      <ul>${g.persons.map((pid) => html`<li><span>${meeting.person(pid).name}${remark(pid)}</span>${mark(votes[pid])}</li>`)}</ul></section>`;
  });
}
