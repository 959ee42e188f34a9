// The bottom bar while following: one primary at the thumb, the others beside it; what may not be done now says why.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { icon } from '../../icons.js';
import { words, minutes } from '../../text.js';

/** The primary of the moment: end my turn, take back my request, or ask for the floor. */
export function primary({ sections: s, meeting, act, sending }) {
  const w = words.member;
  const busy = (name) => sending === name;
  const floor = s.debate?.floor;
  if (floor?.person === s.me.person) {
    const used = meeting.since(floor.since);
    const time = floor.limit_seconds ? (used > floor.limit_seconds ? w.queue.over(minutes(used - floor.limit_seconds)) : w.queue.left(minutes(floor.limit_seconds - used))) : minutes(used);
    return html`<button class="btn main big begar" id="primary" data-act="end-floor" @click=${() => act('end-floor')}>${icon('mic')}<span>${busy('end-floor') ? w.vote.sending : w.queue.end}<small class="num">${w.queue.has} · ${time}</small></span></button>`;
  }
  if (s.me.request) {
    return html`<button class="btn big begar" id="primary" data-act="withdraw-request" @click=${() => act('withdraw-request')}>${icon('hand')}<span>${busy('withdraw-request') ? w.vote.sending : w.queue.take}<small>${w.queue.mine(s.me.request.position)}</small></span></button>`;
  }
  const no = meeting.mayNot('request-floor');
  if (no) return html`<button class="btn big begar" id="primary" data-act="request-floor" aria-disabled="true" aria-describedby="wf">${icon('hand')}<span>${w.act.floor}<small id="wf">${no.reason || no.short || ''}</small></span></button>`;
  return html`<button class="btn main big begar" id="primary" data-act="request-floor" @click=${() => act('request-floor', { kind: 'speech' })}>${icon('hand')}${busy('request-floor') ? w.vote.sending : w.act.floor}</button>`;
}

export function bar(page) {
  const { meeting, open, act } = page;
  const w = words.member.act;
  const button = (command, label, press, picture = null) => {
    const no = meeting.mayNot(command);
    return html`<button class="btn big" data-act=${command} aria-disabled=${no ? 'true' : nothing} @click=${() => (no ? page.explain(no) : press())}>${picture ? icon(picture) : nothing}<span>${label}${no?.reason ? html`<small>${no.reason}</small>` : nothing}</span></button>`;
  };
  return html`<nav class="mbar" id="nu" aria-label=${words.member.nowLabel}>${page.answer}${primary(page)}
    ${page.sections.election ? nothing : button('propose', w.propose, () => open('propose'), 'pen')}
    ${page.sections.election ? ballotDemand(page, button) : meeting.mayNot('withdraw-demand') ? button('demand-division', w.demand, () => act('demand-division')) : button('withdraw-demand', w.undemand, () => act('withdraw-demand'))}
    <button class="btn big more" data-act="more" @click=${() => open('more')}>${w.more}<span class="sr">${w.moreSr}</span></button></nav>`;
}

function ballotDemand(page, button) {
  const { sections: s, act } = page;
  const w = words.election.member;
  if (s.election.deferral_pending) return page.meeting.mayNot('withdraw-demand') ? button('demand-division', w.demand, () => act('demand-division')) : button('withdraw-demand', w.undemand, () => act('withdraw-demand'));
  return s.election.demanded_by === s.me.person ? button('withdraw-ballot-demand', w.undemand, () => act('withdraw-ballot-demand')) : button('demand-ballot', w.demand, () => act('demand-ballot'));
}

/** The sheet behind «Mer». */
export function more(page) {
  const { meeting, open, act, sections: s } = page;
  const w = words.member.more;
  const item = (command, label, picture, press) => {
    const no = command ? meeting.mayNot(command) : null;
    return html`<li><button class="btn wide left" aria-disabled=${no ? 'true' : nothing} @click=${() => { if (!no) press(); }}>${icon(picture)}<span>${label}${no ? html`<small>${no.reason || no.because}</small>` : nothing}</span></button></li>`;
  };
  const ask = (kind) => () => { act('request-floor', { kind }); open(null); };
  return html`<h1 id="dt">${w.h}</h1><ul class="morelist">
    ${item('request-floor', w.reply, 'hand', ask('reply'))}${item('request-floor', w.order, 'question', ask('order'))}${item('request-floor', w.information, 'info', ask('information'))}
    ${item('reserve', w.reserve, 'pen', () => open('reserve'))}${item('declare-conflict', w.conflict, 'scales', () => open('conflict'))}${item('question-conflict', w.question, 'scales', () => open('question'))}
    ${s.me.abstains ? item('withdraw-abstention', words.decision.abstention.ownBack, 'back', () => { act('withdraw-abstention', { person: s.me.person }); open(null); }) : item('abstain', words.decision.abstention.own, 'pause', () => { act('abstain'); open(null); })}
    ${['remote', 'returning', 'viewer'].includes(s.me.state) ? item(null, w.devices, 'camera', () => open('devices')) : nothing}
    ${item(null, w.help, 'question', () => open('help'))}${item('depart', w.leave, 'back', () => open('leave'))}</ul>
    <p class="row"><button class="btn" @click=${() => open(null)}>${w.close}</button></p>`;
}
