// The screens that say one thing: in the lobby, lost, cut off by a conflict of interest, closed, gone. What has happened, what is safe, what to do.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { icon } from '../../icons.js';
import { words, clock, clockSeconds, cited } from '../../text.js';
import { listed, party } from '../../elements/people.js';
import { signInAgain } from '../../elements/notice.js';
import { webcastNote } from '../../elements/webcast.js';

const eyebrow = (s) => html`<p class="eyebrow">${s.matter ? html`${s.matter.number ? words.shared.section(s.matter.number) : ''}${s.matter.title ? ` · ${s.matter.title}` : ''}` : s.meeting.body}</p>`;

export function lobby({ sections: s, meeting, local, notice }) {
  const w = words.member.lobby;
  const me = meeting.person(s.me.person);
  return html`<div class="lobby"><div class="lh"><p class="eyebrow">${s.meeting.body}</p><h1 tabindex="-1" id="sheet">${w.h}</h1></div>
    <div class="lv"><video-tile shape="four" .stream=${local} .label=${words.member.myPicture} .note=${words.member.join.noPicture}></video-tile><p class="me"><b>${me.name}</b> ${party(me)}</p></div>
    <div class="stack"><p class="note ok">${icon('clock')}<span><b>${w.waits}</b> ${w.stay}</span></p>
      ${notice ? html`<p class="note att">${icon('camera')}<span>${notice}</span></p>` : nothing}
      ${webcastNote(s.webcast)}<p class="note info">${icon('shield')}<span>${w.id}</span></p></div></div>`;
}

export function cut({ sections: s }) {
  const w = words.member.cut;
  const shut = (text) => html`<span class="state calm">${icon('lock')}${text}</span>`;
  const why = s.me.cut_off;
  if (s.me.state === 'expelled') return expelled(s, why);
  return html`<div class="votepage">${eyebrow(s)}<h1 tabindex="-1" id="sheet">${w.h}</h1>
    <div class="note bigx">${icon('scales')}<div><p><b>${why.doors ? w.doors : w.declared}</b></p><p>${why.reason} ${cited(why.cites)}</p></div></div>
    <ul class="checks cutlist"><li>${icon('camera')}<div><b>${w.picture}</b><small>${w.pictureText}</small></div>${shut(w.shutN)}</li>
      <li>${icon('speaker')}<div><b>${w.sound}</b><small>${w.soundText}</small></div>${shut(w.shutT)}</li>
      <li>${icon('paper')}<div><b>${w.papers(s.matter?.number ?? '')}</b><small>${w.papersText}</small></div>${shut(w.shutP)}</li></ul>
    <p class="note ok lowgap2">${icon('clock')}<span><b>${w.keep}</b> ${why.until_text || w.back}</span></p></div>`;
}

/** Sent out: not for a matter but for the meeting, until the chair says otherwise. */
function expelled(s, why) {
  const w = words.member.expelled;
  return html`<div class="votepage"><p class="eyebrow">${s.meeting.body}</p><h1 tabindex="-1" id="sheet">${w.h}</h1>
    <div class="note bigx">${icon('lock')}<div><p><b>${why.reason}</b></p><p>${w.text} ${cited(why.cites)}</p></div></div>
    <p class="note info lowgap2">${icon('clock')}<span>${why.until_text}</span></p></div>`;
}

/** @param {{sections: object, link: object|null, wireState: object, mediaState: string, restart: () => void}} page */
export function lost({ sections: s, meeting, link, wireState, mediaState, mediaReason, restart }) {
  const w = words.member.lost;
  const row = meeting.presenceOf(s.me.person);
  const open = wireState.phase === 'open' && mediaState === 'connected';
  // The microphone is only open with the floor, so silence says nothing: the link's own state and the picture do.
  const flows = open && ['live', 'weak'].includes(link?.state) && link.sends_picture;
  const why = open && link && !link.sends_picture ? w.picture : w.both;
  const step = (n, done, here, title, text, extra = nothing) => html`<li class=${done ? 'done' : here ? 'here' : ''}><span>${done ? icon('check') : n}</span><div><b>${title}</b><small>${text}</small>${extra}</div></li>`;
  const denied = mediaState === 'denied' ? words.member.join.denied[mediaReason] || words.member.join.denied.unknown : w.deviceText;
  return html`<div class="votepage">${eyebrow(s)}<h1 tabindex="-1" id="sheet">${s.division?.status === 'open' ? w.hVote : w.h}</h1>
    <div class="note bad bigx">${icon('lost')}<div>${flows ? nothing : html`<p><b>${why}</b></p>`}<p>${row?.dropped_since ? w.since(clockSeconds(row.dropped_since)) : w.h}</p>${row?.continued_without ? html`<p>${w.without}</p>` : nothing}</div></div>
    <h2 class="h2x">${w.way}</h2><ol class="how">
      ${step(1, open, !open, w.line, open ? w.lineDone : w.lineTry(Math.max(1, wireState.attempt)))}
      ${step(2, flows, open && !flows, w.device, flows ? w.deviceDone : denied, flows ? nothing : html`<button class="btn" @click=${restart}>${icon('camera')}${w.start}</button>`)}
      ${step(3, false, flows, w.chair, w.chairText)}</ol></div>`;
}

export function closed({ sections: s, meeting, boot }) {
  const w = words.member.closed;
  const reserved = s.me.reserved_in.map((matter) => words.shared.section(meeting.agendaItem(matter)?.number ?? ''));
  return html`<div class="votepage"><p class="eyebrow">${s.meeting.body}</p><h1 tabindex="-1" id="sheet">${w.h}</h1>
    <p class="note">${icon('gavel')}<span>${w.at(clock(s.meeting.closed_at))}</span></p>
    ${reserved.length ? html`<p class="state ok lowgap2">${icon('check')}${words.member.reserve.mineIn(listed(reserved))}</p>` : nothing}
    <p class="row lowgap2"><a class="btn" href="/meetings/${boot.meeting}/minutes">${icon('paper')}${w.minutes}</a><a class="btn" href="/meetings">${w.home}</a></p></div>`;
}

export function gone({ reason, boot }) {
  const w = words.member.closedPage;
  const elsewhere = reason === 'elsewhere';
  const out = reason === 'signed-out';
  const unidentified = reason === 'identity';
  return html`<div class="votepage"><h1 tabindex="-1" id="sheet">${w[reason] || w.other}</h1><p class="note">${icon('info')}<span>${elsewhere ? w.elsewhereText : unidentified ? w.identityText : out ? w.signedOutText : w.otherText}</span></p>
    <p class="row lowgap2">${out ? html`<a class="btn main" href="/signin">${w.signIn}</a>` : unidentified ? signInAgain(boot, 'btn main') : html`<button class="btn main" @click=${() => location.reload()}>${elsewhere ? w.here : w.reload}</button>`}<a class="btn" href="/meetings">${w.home}</a></p></div>`;
}
