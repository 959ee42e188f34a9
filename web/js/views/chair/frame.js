// The console's frame: header with quorum, agenda, stage, what needs the chair, and the bar with the next step.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { repeat } from '../../../vendor/lit/repeat.js';
import { icon, markUrl } from '../../icons.js';
import { words, day } from '../../text.js';
import { quorumLine } from '../../elements/quorum.js';
import { webcastLine } from '../../elements/webcast.js';
import { agendaList } from '../../elements/agenda.js';
import { notice, wireLine } from '../../elements/notice.js';
import { interpreterLines, interpreterNote } from '../../elements/interpreting.js';
import { linkTotals, ownDevices } from './links.js';
import { sidebar, urgentNeeds } from './sidebar.js';
import { stage } from './stage.js';
import { identityOnStage, isElsewhere, primaryStep } from './primary.js';
import '../../elements/time.js';
import '../../elements/video.js';

/** @param {import('../chair.js').Desk} desk */
export function frame(desk) {
  const { s, ui } = desk;
  const needs = urgentNeeds(desk);
  return html`<div class="console ${s.meeting.rehearsal ? 'rehearsal' : ''}">
    ${wireLine(desk.wire, Date.now())}
    ${top(desk)}${webcastLine(desk)}
    <div class="cols">
      <nav aria-label=${words.shared.agenda}>${agendaList(s.agenda || [], s.matter, { unfolded: ui.unfolded, onunfold: () => desk.set({ unfolded: true }) })}
        ${linkTotals(desk)}${interpreterLines(desk.pictures.interpreters)}${ownDevices(desk)}</nav>
      <main tabindex="0"><div class="inner stack">${stage(desk)}</div></main>
      <aside class=${needs.length && !identityOnStage(desk) ? 'first' : ''} aria-label=${words.chair.aside}>${interpreterNote(desk.pictures.interpreters)}${sidebar(desk)}</aside>
    </div>
    ${actions(desk)}${sounds(desk)}
  </div>`;
}

/** A chair at home hears the hall and whoever speaks, whatever the page shows; nobody is sent their own sound. */
function sounds(desk) {
  const { hall, floor } = desk.pictures.streams;
  return desk.sound ? [hall, floor].filter(Boolean).map((stream) => html`<video-tile hidden sound .stream=${stream}></video-tile>`) : nothing;
}

function top(desk) {
  const { meeting, quorum } = desk.s;
  const pause = pauseStep(desk);
  return html`<header class="top ${meeting.rehearsal ? 'tightbar' : ''}"><a class="brand" href="/meetings"><img src=${markUrl} alt=""><span>${words.shared.product}</span></a>
    <div class="where"><b>${meeting.body}</b><span>${day(meeting.starts_at)}<span class="place">${meeting.place ? ` · ${meeting.place}` : ''}</span></span></div>
    ${meeting.rehearsal ? html`<p class="rehword">${words.shared.rehearsal}</p>` : nothing}
    <div class="push row">${meeting.phase === 'closed' ? nothing : quorumLine(quorum)}<span class="clock"><clock-now .meeting=${desk.meeting}></clock-now></span>
      ${pause ? html`<button class="btn small" @click=${() => desk.give(pause)} data-key="p">${icon('pause')}${words.chair.pause.button}</button>` : nothing}
      <button class="btn small" @click=${() => desk.open('help')}>${words.chair.help.button} <kbd aria-hidden="true">?</kbd></button></div></header>`;
}

const pauseStep = (desk) => (desk.steps.seconds || []).find((step) => step.dialog === 'pause');

function actions(desk) {
  const primary = primaryStep(desk);
  const seconds = (desk.steps.seconds || []).filter((step) => step.dialog !== 'pause' && !isElsewhere(step));
  return html`<section class="actions" id="nu" tabindex="-1" aria-label=${words.chair.nextStep}>
    ${desk.ui.notice && !desk.ui.dialog ? notice(desk.ui.notice, () => desk.set({ notice: null })) : nothing}
    <div class="seconds">${repeat(seconds, stepKey, (step, i) => secondary(desk, step, i))}
      <button class="act" data-key="m" @click=${() => desk.open('more')}><span>${words.chair.more.button}<kbd aria-hidden="true">M</kbd></span></button>
      ${pauseStep(desk) ? html`<button class="act narrow" @click=${() => desk.give(pauseStep(desk))}><span>${words.chair.pause.button}</span></button>` : nothing}
      <button class="act narrow" @click=${() => desk.open('help')}><span>${words.chair.help.button}</span></button></div>
    ${primary ? main(desk, primary) : html`<p class="noprimary meta">${words.chair.nothingNow}</p>`}</section>`;
}

/** «§ 138» is never parted by the end of a line. */
const together = (text) => text.replace(/(§§?) (?=\d)/g, '$1\u00a0');

/** A button keeps to its act: one that gave way to another act must not be where the focus comes back. */
const stepKey = (step) => `${step.id}|${step.label}`;

function secondary(desk, step, i) {
  const why = step.blocked ? step.blocked.reason : step.sub || (step.dialog === 'my-vote' && !desk.s.division?.my_vote ? words.chair.division.youHaveNot : '');
  return html`<button class="act ${step.grave ? 'grave' : ''}" aria-disabled=${step.blocked ? 'true' : nothing} aria-describedby=${why ? `why${i}` : nothing} @click=${() => desk.give(step)}>
    <span>${desk.ui.busy === step.id ? words.chair.sending : together(step.label)}${step.key ? html`<kbd aria-hidden="true">${step.key.toUpperCase()}</kbd>` : nothing}</span>${why ? html`<small id=${`why${i}`}>${why}</small>` : nothing}</button>`;
}

function main(desk, step) {
  const small = step.blocked ? step.blocked.reason : step.sub || (step.grave ? words.chair.cannotBeUndone : '');
  const key = step.key && step.key !== 'Enter' ? step.key.toUpperCase() : '⏎';
  return html`<button class="primary" aria-disabled=${step.blocked ? 'true' : nothing} @click=${() => desk.give(step, { primary: true })}>
    <span>${desk.ui.busy === step.id ? words.chair.sending : together(step.label)}${small ? html`<small>${together(small)}</small>` : nothing}</span><kbd aria-hidden="true">${key}</kbd></button>`;
}
