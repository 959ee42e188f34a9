// The member in an election: nominate, the ballot and its receipt, why one at a distance takes no part.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { icon } from '../../icons.js';
import { words, cited } from '../../text.js';
import { forget, keep, kept } from '../../drafts.js';
import { party } from '../../elements/people.js';
import { countRow, deferralNote, drawCard, proportionalCard, publishedCard, seatsCard } from '../../elements/draw.js';

const eyebrow = (s) => html`<p class="eyebrow">${s.matter?.number ? `${words.shared.section(s.matter.number)} · ` : ''}${words.election.closed}</p>`;

/** @param {{sections: object, names: string[]|null, name: (id: string|null, on: boolean) => void}} page names: null when nothing is chosen, [] for blank */
export function slip({ sections: s, names, name, castBallot }) {
  const w = words.election.member;
  const { ballot } = s.election;
  const type = ballot.places === 1 ? 'radio' : 'checkbox';
  const row = (id, text, on) => html`<label class="namn"><input type=${id === null ? 'radio' : type} name="val" value=${id ?? ''} .checked=${on} @change=${(e) => name(id, e.target.checked)}><span class="word">${text}</span><span class="ring">${icon('check')}</span></label>`;
  return html`<div class="votepage">${eyebrow(s)}<h1 tabindex="-1" id="sheet">${w.h}</h1><p class="vt">${s.matter.title}. ${ballot.about === 'today' ? `${words.election.aboutToday}.` : w.choose(ballot.places)}</p>
    <form id="ballot" @submit=${(e) => { e.preventDefault(); castBallot(); }}><fieldset class="ballot names2"><legend class="sr">${w.legend}</legend>
      ${ballot.choices.map((n) => row(n.id, n.called, Boolean(names?.includes(n.id))))}${row(null, w.blank, names?.length === 0)}</fieldset></form>
    <div class="note secret">${icon('lock')}<p><b>${w.secret}</b>${w.secretText}</p></div></div>`;
}

export function slipBar({ sections: s, names, sending }) {
  const w = words.election.member;
  const { places } = s.election.ballot;
  if (sending) return html`<button data-act="cast-ballot" class="btn main big wide" aria-disabled="true">${words.member.vote.sending}</button>`;
  if (!names || (names.length && names.length !== places)) return html`<button data-act="cast-ballot" class="btn big wide" form="ballot" aria-disabled="true" aria-describedby="why">${w.none}<small id="why">${w.why(places)}</small></button>`;
  return html`<button data-act="cast-ballot" class="btn main big wide" form="ballot">${w.cast}<small>${w.final}</small></button>`;
}

/** @param {{sections: object, code: string}} page code: '' on another device than the one that voted */
export function slipReceipt({ sections: s, code }) {
  const w = words.election.member;
  const { ballot } = s.election;
  return html`<div class="votepage rec"><div class="ok-big">${icon('check')}</div><h1 tabindex="-1" id="sheet">${w.done}</h1><p class="vt">${s.matter.title}, ${words.shared.section(s.matter.number)}.</p>
    <p class="codebox"><span class="meta">${w.code}</span><b class="num code">${code || w.lostCode}</b></p>
    <dl class="kv"><div><dt>${w.shows}</dt><dd>${w.showsText}</dd></div><div><dt>${w.hides}</dt><dd>${w.hidesText}</dd></div></dl>
    <p class="note">${icon('clock')}<span>${words.election.cast(ballot.received, ballot.voters).join('')}. ${w.wait}</span></p></div>`;
}

export function slipRemote({ sections: s }) {
  const w = words.election.member;
  const orders = s.meeting.standing_orders;
  const proportional = s.election.ballot.method === 'proportional';
  return html`<div class="votepage">${eyebrow(s)}<h1 tabindex="-1" id="sheet">${w.remote}</h1><div class="note att bigx">${icon('lock')}<div><p><b>${proportional ? w.remoteSlips : w.remoteLaw}</b></p><p>${proportional ? w.remoteSlipsLaw : cited(orders.decision_reference)}</p></div></div>
    <h2 class="h2x">${w.applies}</h2><ul class="how plain">${[['check', w.present, w.presentText], ['clock', w.later, w.laterText]].map(([picture, head, text]) => html`<li><span>${icon(picture)}</span><div><b>${head}</b><small>${text}</small></div></li>`)}</ul></div>`;
}

/** The election among the cards of the follow screen: who is nominated, what one may do, the numbers and the lots. */
export function electionCards(page) {
  const { sections: s, meeting, act, code } = page;
  const { election } = s;
  if (!election) return nothing;
  const w = words.election;
  const m = w.member;
  const { ballot } = election;
  const may = (command) => !meeting.mayNot(command);
  const withdraw = (n) => (n.by === s.me.person && may('withdraw-nomination') ? html` <button class="btn small" @click=${() => act('withdraw-nomination', { nomination: n.id })}>${m.withdraw}</button>` : nothing);
  const unnamed = ballot?.method === 'proportional' && !election.nominations.length;
  return html`${deferralNote(meeting, election)}${unnamed ? nothing : html`<section class="card" aria-labelledby="nom"><h2 id="nom">${w.nominated} <span class="count">${election.nominations.length}</span></h2>
    ${election.nominations.length ? html`<ul class="list">${election.nominations.map((n) => html`<li><b>${n.name}</b> ${party({ party: n.party })} <span class="meta">${w.by(meeting.label(n.by))}</span>${withdraw(n)}</li>`)}</ul>` : html`<p class="meta">${w.nobody}</p>`}
    ${may('nominate') ? nominate(page) : nothing}
    ${may('propose') && !election.deferral ? html`<p class="row lowgap"><button class="btn" @click=${() => act('propose', { kind: 'defer', text: '' })}>${m.defer}</button></p>` : nothing}
    ${election.demanded_by ? html`<p class="meta">${w.demanded(meeting.label(election.demanded_by))}</p>` : nothing}
    <p class="meta lowgap">${w.places(election.places)} ${w.law}</p></section>`}
    ${ballot ? nothing : proportionalCard(meeting, election, html`${may('withdraw-proportional-demand') ? html`<p class="row lowgap"><button class="btn" @click=${() => act('withdraw-proportional-demand', { person: s.me.person })}>${m.unproportional}</button></p>` : nothing}
      ${may('demand-proportional') ? html`<p class="row lowgap"><button class="btn" @click=${() => act('demand-proportional')}>${m.proportional}</button></p>` : nothing}`)}
    ${ballot?.status === 'open' && s.me.ballot?.remote ? html`<p class="note att">${icon('lock')}<span>${m.back}</span></p>` : nothing}
    ${ballot?.status === 'open' && ballot.method !== 'electronic' && s.me.ballot?.voter ? html`<p class="note info">${icon('paper')}<span>${m.slips}</span></p>` : nothing}
    ${ballot?.status === 'counted' ? html`<section class="card" aria-labelledby="rr"><h2 id="rr">${w.votes}</h2>${countRow(ballot)}${code ? html`<p class="note ${ballot.codes.includes(code) ? 'ok' : 'bad'}">${icon(ballot.codes.includes(code) ? 'check' : 'warning')}<span>${ballot.codes.includes(code) ? m.counted : m.missing} <b class="num">${code}</b></span></p>` : nothing}</section>
      ${ballot.draw ? drawCard(meeting, ballot.draw) : nothing}${seatsCard(ballot)}${publishedCard(ballot)}` : nothing}`;
}

/** A nomination half written is kept per matter in this browser until the server has it. */
function nominate({ act, boot, sections: s }) {
  const d = words.election.dialogs;
  const field = (name) => `nominate:${s.matter?.matter}:${name}`;
  const input = (name, size) => html`<input class="input" name=${name} maxlength=${name === 'name' ? 120 : 20} size=${size} .value=${kept(boot.meeting, field(name))} @input=${(e) => keep(boot.meeting, field(name), e.target.value)}>`;
  const send = (event) => {
    event.preventDefault();
    const form = event.target;
    const { name, party: letter } = Object.fromEntries(new FormData(form));
    const done = () => { form.reset(); for (const one of ['name', 'party']) forget(boot.meeting, field(one)); };
    if (name.trim()) act('nominate', { name: name.trim(), party: letter.trim() || null }, { done });
  };
  return html`<form class="row nominate" @submit=${send} autocomplete="off"><label class="field grow">${d.name}${input('name', 20)}</label><label class="field">${d.party}${input('party', 4)}</label><button class="btn">${words.election.member.nominate}</button></form>`;
}
