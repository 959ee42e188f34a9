// The secretary's frame: header with tabs and quorum, the chosen tab, what needs the secretary, the acts of the moment.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { repeat } from '../../../vendor/lit/repeat.js';
import { icon } from '../../icons.js';
import { words, day } from '../../text.js';
import { notice, wireLine } from '../../elements/notice.js';
import { interpreterNote } from '../../elements/interpreting.js';
import { quorumLine } from '../../elements/quorum.js';
import { webcastLine } from '../../elements/webcast.js';
import '../../elements/time.js';
import { minutesTab } from './minutes_tab.js';
import { isWebcast, papersTab } from './papers.js';
import { presenceTab } from './presence.js';
import { rollTab } from './roll.js';

const BODIES = { roll: rollTab, minutes: minutesTab, presence: presenceTab, papers: papersTab };

/** @param {import('../secretary.js').SecretaryDesk} desk */
export function frame(desk) {
  const { s, ui } = desk;
  const w = words.secretary;
  return html`<div class="console desk tab-${ui.tab} ${s.meeting.rehearsal ? 'rehearsal' : ''}"><a class="skip" href="#main">${w.toContent}</a>
    <div class="deskhead">${wireLine(desk.wire, Date.now())}
    <header class="top"><a class="brand" href="/meetings"><img src="/static/img/mark.svg" alt=""><span class="sr">${words.shared.product}</span></a>
      <div class="where"><b>${s.meeting.body}</b><span>${day(s.meeting.starts_at)}${s.meeting.rehearsal ? ` · ${words.shared.rehearsal}` : ''}</span></div>
      <nav class="tabs" aria-label=${w.views}>${Object.keys(BODIES).map((tab) => html`<a class="tab" href=${`#${tab}`} aria-current=${ui.tab === tab ? 'page' : nothing}>${w.tabs[tab]}</a>`)}</nav>
      <div class="push row">${s.quorum && s.meeting.phase !== 'closed' ? quorumLine(s.quorum) : nothing}<span class="clock"><clock-now .meeting=${desk.meeting}></clock-now></span>
        <button class="btn small" @click=${() => desk.open('help')}>${w.help} <kbd aria-hidden="true">?</kbd></button></div></header>${webcastLine(desk)}${interpreterNote(desk.interpreters)}</div>
    ${BODIES[ui.tab](desk)}
    ${bar(desk)}</div>`;
}

function bar(desk) {
  const steps = [...(desk.steps.primary ? [desk.steps.primary] : []), ...(desk.steps.seconds || [])].filter((step) => !isWebcast(step));
  const shown = desk.ui.notice && !desk.ui.dialog;
  if (!steps.length && !shown) return html`<div></div>`;
  return html`<section class="actions sbar" aria-label=${words.secretary.nextStep}>${shown ? notice(desk.ui.notice, () => desk.set({ notice: null })) : nothing}
    <div class="seconds">${repeat(steps, (step) => `${step.id}|${step.label}`, (step, i) => {
      const why = step.blocked ? step.blocked.reason : step.sub;
      return html`<button class="act" aria-disabled=${step.blocked ? 'true' : nothing} aria-describedby=${why ? `why${i}` : nothing} @click=${() => desk.give(step)}><span>${desk.ui.busy === step.id ? words.secretary.sending : step.label}</span>${why ? html`<small id=${`why${i}`}>${why}</small>` : nothing}</button>`;
    })}</div></section>`;
}
