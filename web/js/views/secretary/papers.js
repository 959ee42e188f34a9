// The papers: the agenda with its outcomes, the documents of the current matter, what can be downloaded.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { icon } from '../../icons.js';
import { noticeCard } from '../../elements/matter_about.js';
import { webcastRecord } from '../../elements/webcast.js';
import { words, day } from '../../text.js';

/** Matters that are the meeting's own: nobody prepares them. */
const FORMAL = ['opening', 'verifiers', 'agenda'];
const ASKINGS = ['interpellation', 'question'];

/** @param {import('../secretary.js').SecretaryDesk} desk */
export function papersTab(desk) {
  const w = words.secretary.papers;
  const { s, boot } = desk;
  const m = s.matter;
  const base = `/meetings/${encodeURIComponent(boot.meeting)}`;
  const link = (href, picture, text, attributes = {}) => html`<li><a href=${href} target=${attributes.target || nothing} rel=${attributes.target ? 'noopener' : nothing}>${icon(picture)}<span>${text}</span></a></li>`;
  return html`<main id="main" class="papers" tabindex="-1"><h1>${w.h}</h1><div class="pgrid">
    <section class="card" aria-labelledby="ag"><h2 id="ag">${w.agenda}</h2><ol class="plist">${s.agenda.map((row) => html`<li class=${row.status} aria-current=${row.status === 'current' ? 'step' : nothing}><span class="p">${row.number ? words.shared.section(row.number) : ''}</span><div><b>${row.title}</b>${row.reference ? html`<small>${row.reference}</small>` : nothing}${row.outcome_text ? html`<small>${row.outcome_text}</small>` : nothing}${row.status === 'coming' && !FORMAL.includes(row.kind) ? facts(desk, row) : nothing}</div>
      <span class="state ${row.status === 'current' ? 'att' : row.status === 'coming' ? 'calm' : 'ok'}">${['decided', 'done'].includes(row.status) ? icon('check') : nothing}${w.status[row.status]}</span></li>`)}</ol></section>
    <div class="stack">${m ? html`<section class="card" aria-labelledby="cu"><h2 id="cu">${w.current(m.number ?? '')}</h2>${m.documents?.length ? html`<ul class="list docs">${m.documents.map((d) => (d.href ? link(d.href, 'paper', d.title, { target: '_blank' }) : html`<li><span class="doc">${icon('paper')}<span>${d.title}</span></span></li>`))}</ul>` : html`<p>${w.none}</p>`}</section>` : nothing}
    ${noticeCard(desk.meeting)}${webcastCard(desk, base)}
    <section class="card" aria-labelledby="dl"><h2 id="dl">${w.downloads}</h2><ul class="list docs">${link(`${base}/minutes/draft.pdf`, 'download', w.draft)}${link(`${base}/log`, 'download', w.log)}${link(`${base}/evidence`, 'eye', w.evidence)}${link(`${base}/hall`, 'room', w.hall, { target: '_blank' })}${link(`${base}/equipment`, 'camera', w.equipment)}${link(`${base}/checks`, 'check', w.checks)}${link(`${base}/notices`, 'paper', w.notices)}</ul></section></div></div></main>`;
}

/** The acts about the webcast, which stand in its card and not in the bar. */
export const isWebcast = (step) => ['start-webcast', 'stop-webcast', 'mark-for-redaction'].includes(step.command?.name);

/** What is recorded of the webcast, what is told of it, and the acts; nothing where the meeting may not be on the web at all. */
function webcastCard(desk, base) {
  const w = words.webcast.record;
  const cast = desk.s.webcast;
  const steps = (desk.steps.seconds || []).filter(isWebcast);
  if (!cast || !(cast.spans.length || steps.length)) return nothing;
  const told = (label, text) => (text ? html`<h3 class="casth">${label}</h3><p>${text}</p>` : nothing);
  return html`<section class="card castcard" aria-labelledby="wc"><h2 id="wc">${w.h}</h2>${cast.spans.length ? webcastRecord(desk.meeting, cast) : html`<p class="meta">${words.webcast.now.never}</p>`}
    ${told(w.present, cast.information)}${told(w.viewers, cast.for_viewers)}
    <p class="row lowgap">${steps.map((step) => html`<button class="btn small" aria-disabled=${step.blocked ? 'true' : nothing} @click=${() => desk.give(step)}>${step.label}${step.key ? html` <kbd aria-hidden="true">${step.key}</kbd>` : nothing}</button>`)}
      ${cast.spans.length ? html`<a class="btn small" href=${`${base}/webcast.csv`}>${icon('download')}${w.download}</a>` : nothing}</p></section>`;
}

/** What is known of a matter that waits, and the way to put it right. */
function facts(desk, row) {
  const w = words.secretary.papers;
  const said = [!row.announced && desk.s.meeting.announces ? w.unannounced : row.announced_on ? w.announcedOn(day(row.announced_on)) : null, row.prepared || ASKINGS.includes(row.kind) ? null : w.unprepared, row.authority ? w.authority : null, row.secrecy ? w.secrecy : null].filter(Boolean);
  return html`${said.length ? html`<small class="row factrow">${said.map((text) => html`<span class="state att">${icon('info')}${text}</span>`)}</small>` : nothing}
    <small class="row factrow acts"><button class="btn small quiet" @click=${() => desk.open('matter-facts', { matter: row.matter })}>${w.facts}<span class="sr">: ${row.title}</span></button>${
    row.may_take_back ? html`<button class="btn small quiet" @click=${() => desk.open('take-back-matter', { matter: row.matter })}>${w.takeBack}<span class="sr">: ${row.title}</span></button>` : nothing}</small>`;
}
