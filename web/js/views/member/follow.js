// Following the meeting: the picture, the matter, whose proposal is whose, the speakers' list, the decision.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { icon } from '../../icons.js';
import { blockList } from '../../elements/block.js';
import { matterAbout } from '../../elements/matter_about.js';
import { words, clock, day, lower, minutes } from '../../text.js';
import { named, party } from '../../elements/people.js';
import { proposalList } from '../../elements/proposals.js';
import { toggleFull } from '../../elements/wall.js';
import { webcastNote } from '../../elements/webcast.js';
import { resultCard } from './ballot.js';
import { electionCards } from './election.js';
import { inHall as interpretersInHall, interpreterChoice, signPicture } from './interpreting.js';

/** Which slot shows the one the person wants to see; the speaker in the hall is seen in the hall's picture. */
export function slotShown(s, wanted) {
  if (wanted !== 'floor') return wanted;
  const floor = s.debate?.floor;
  if (!floor) return 'chair';
  return floor.where === 'room' ? 'hall' : 'floor';
}

export function follow(page) {
  const { sections: s } = page;
  const inHall = s.me.state === 'room';
  const list = speakers(page);
  return html`<div class=${inHall ? 'inhall' : 'two'}>${inHall ? nothing : html`<div class="l">${picture(page)}<div class="wideonly">${list}</div></div>`}
    <div class="r stack">${notes(page)}${inHall ? interpretersInHall(page) : nothing}${matter(page)}${inHall ? list : html`<div class="narrowonly">${list}</div>`}</div></div>`;
}

function picture(page) { return page.view === 'wall' ? everybody(page) : one(page); }

/** The choice of what to see, the sound, and the interpreters. */
function choice(page) {
  const { link, leftOut, view, show, muted, hush, blocked, unlock } = page;
  const w = words.member.view;
  const button = (key) => html`<button class="btn small" aria-pressed=${view === key} @click=${() => show(key)}>${w[key]}</button>`;
  return html`${blocked ? html`<p class="row unlock"><button class="btn main wide" @click=${unlock}>${icon('speaker')}${w.unlock}</button></p>` : nothing}
    <div class="row views" role="group" aria-label=${w.label}>${button('floor')}${button('chair')}${button('hall')}${button('wall')}<button class="btn small" aria-pressed=${!muted} aria-label=${w.sound} @click=${hush}>${icon(muted ? 'micOff' : 'speaker')}</button></div>
    ${interpreterChoice(page)}
    ${leftOut.length ? html`<p class="note att" role="status">${icon('weak')}<span>${words.shared.leftOut(leftOut)}</span></p>` : link?.held?.length ? html`<p class="note att" role="status">${icon('weak')}<span>${w.held}</span></p>` : nothing}`;
}

/** Everybody at a distance in one picture; who speaks is marked there, and named below. */
function everybody(page) {
  const { sections: s, meeting, streams, wall } = page;
  const floor = s.debate?.floor?.person;
  return html`<section aria-label=${words.shared.wall.title}><div class="pair"><wall-picture .stream=${streams.wall || null} .plan=${wall.plan} .meeting=${meeting} .speaker=${floor || ''}></wall-picture>${signPicture(page)}</div>
    <p class="row wallrow">${floor ? html`<span class="plate2">${icon('mic')}${named(meeting, floor)}</span>` : html`<span></span>`}<button class="btn small" @click=${(e) => toggleFull(e.target.closest('section').querySelector('wall-picture'))}>${words.shared.wall.full}</button></p>
    ${choice(page)}</section>`;
}

function one(page) {
  const { sections: s, meeting, streams, local, view } = page;
  const w = words.member.view;
  const floor = s.debate?.floor;
  const slot = slotShown(s, view);
  const who = view === 'floor' ? floor?.person ?? s.meeting.chair : view === 'chair' ? s.meeting.chair : null;
  const person = who ? meeting.person(who) : null;
  // Nobody is sent his own picture, so the speaker sees the one that leaves the own camera.
  const mine = who === s.me.person && who !== null;
  return html`<section aria-label=${w.label}><div class="pair"><div class="frame"><video-tile .stream=${mine ? local : streams[slot] || null} .label=${person ? words.shared.speaking(person.name) : w.hall} .still=${person?.photo || null} .note=${person ? '' : w.none}></video-tile>
      ${local && !mine ? html`<div class="self"><video autoplay playsinline muted .srcObject=${local} aria-label=${words.member.myPicture}></video></div>` : nothing}
      ${person ? html`<p class="plate">${floor?.person === who ? icon('mic') : nothing}<span>${person.name} ${party(person)}</span></p>` : nothing}</div>${signPicture(page)}</div>
    ${choice(page)}</section>`;
}

/** What the member needs to know before the matter: own state, pauses, the vote that is not theirs, the floor. */
function notes(page) {
  const { sections: s, meeting, link, notice } = page;
  const w = words.member;
  const out = [];
  const note = (level, picture, text) => out.push(html`<p class="note ${level}">${icon(picture)}<span>${text}</span></p>`);
  if (s.me.roles?.includes('chair') && s.meeting.phase !== 'closed') out.push(html`<div class="note att">${icon('gavel')}<div><p><b>${w.presides.h}</b> ${w.presides.text}</p><p class="row"><a class="btn main" href=${`/meetings/${s.meeting.id}/chair`}>${w.presides.go}</a></p></div></div>`);
  if (s.webcast?.on) out.push(webcastNote(s.webcast));
  if (s.me.state === 'returning') note('att', 'clock', html`<b>${w.returning.h}.</b> ${notice || w.returning.text}`);
  if (page.waving) note('att', 'hand', html`<b>${w.wave}</b>`);
  if (s.me.state === 'viewer') note('att', 'eye', html`<b>${w.viewer.h}.</b> ${s.me.viewer_reason || ''} ${w.viewer.counts}`);
  if (s.meeting.phase === 'paused') {
    const p = s.meeting.pause;
    const until = p?.minutes ? clock(Date.parse(p.since) + p.minutes * 60000) : null;
    if (p?.continues_at) note('', 'pause', html`<b>${w.paused.untilDay(day(p.continues_at), clock(p.continues_at))}.</b> ${p.reason ? `${p.reason}. ` : ''}${w.paused.dayText}`);
    else note('', 'pause', html`<b>${until ? w.paused.until(until) : w.paused.h}.</b> ${p?.reason ? `${p.reason}. ` : ''}${w.paused.text}`);
  }
  const before = { convened: w.notOpen, roll_call: w.rollCall }[s.meeting.phase];
  if (before) note('', 'clock', html`<b>${before.h}.</b> ${before.text}`);
  if (s.division?.status === 'open' && !s.me.votable) note('att', 'gavel', html`<b>${w.vote.cannot}</b> ${meeting.mayNot('cast-vote')?.because || ''}`);
  if (s.division?.status === 'voided') note('', 'back', w.vote.voided);
  const mine = s.debate?.floor?.person === s.me.person;
  if (mine && s.me.state === 'remote' && link && !link.sends_sound) note('bad', 'micOff', w.queue.notHeard);
  if (mine && s.me.state === 'remote' && link && !link.sends_picture) note('bad', 'cameraOff', w.queue.notSeen);
  if (s.matter && s.me.conflict_in?.includes(s.matter.matter)) note('', 'scales', w.conflict.mine);
  const majority = s.matter?.majority;
  if (majority) note('', 'scales', html`<b>${majority.text}</b>`);
  if (s.me.undisturbed) out.push(undisturbed(page));
  if (s.me.abstains && !s.matter?.decision) note('', 'pause', words.decision.abstention.mine);
  const m = s.matter?.minority;
  if (m?.count && m.needed && !s.matter.decision) note('', 'back', w.minority(m.count, m.needed));
  return out;
}

/** Behind closed doors, at a distance: whether anybody else can see or hear is asked once per matter. */
function undisturbed({ sections: s, act }) {
  const w = words.member.undisturbed;
  if (s.me.undisturbed === 'said') return html`<p class="note ok">${icon('lock')}<span>${w.said}</span></p>`;
  return html`<div class="note att">${icon('lock')}<div><p><b>${w.h}</b> ${w.text}</p><p class="row"><button class="btn main" @click=${() => act('confirm-undisturbed', {})}>${w.act}</button></p></div></div>`;
}

function matter(page) {
  const { sections: s, meeting, withdraw, open } = page;
  const w = words.member;
  const m = s.matter;
  if (s.block) return inBlock(page);
  if (!m) return s.meeting.phase === 'open' ? html`<div class="matter"><h1 tabindex="-1">${w.between.h}</h1><p class="meta">${w.between.text}</p></div>` : html`<div class="matter"><h1 tabindex="-1">${s.meeting.title || s.meeting.body}</h1></div>`;
  const mine = (p) => p.mover === s.me.person && !p.withdrawn;
  const motivates = (p) => p.kind === 'refer_back' && !p.motivation && !meeting.mayNot('state-motivation');
  const own = (p) => (mine(p) && (motivates(p) || !meeting.mayNot('withdraw-proposal')) ? html`<p class="row">
    ${motivates(p) ? html`<button class="btn small main" @click=${() => open('motivate', p.id)}>${w.propose.motivate}</button>` : nothing}
    ${meeting.mayNot('withdraw-proposal') ? nothing : html`<button class="btn small" @click=${() => withdraw(p.id)}>${w.propose.withdraw}</button>`}</p>` : nothing);
  return html`<div class="matter"><p class="eyebrow"><span>${m.number ? words.shared.section(m.number) : ''}</span><span>${m.reference || ''}</span></p><h1 tabindex="-1">${m.title}</h1>${matterAbout(meeting, m)}</div>
    ${deciding(page)}${m.decision ? html`<section class="card" aria-labelledby="be"><h2 id="be">${w.decision}</h2><p>${m.decision.text}</p>${s.me.reserved_in?.includes(m.matter) ? html`<p class="state ok lowgap">${icon('check')}${w.reserve.mine}</p>` : nothing}</section>` : nothing}
    ${electionCards(page)}${resultCard(s)}
    ${m.proposals?.length ? proposalList(meeting, m, { extra: own }) : nothing}
    ${m.background ? html`<p class="background">${m.background}</p>` : nothing}
    ${m.documents?.length ? html`<section class="card" aria-labelledby="ha"><h2 id="ha">${w.docs}</h2><ul class="list docs">${m.documents.map((d) => html`<li>${d.href ? html`<a href=${d.href} target="_blank" rel="noopener">${icon('paper')}<span>${d.title}</span></a>` : html`<span class="doc">${icon('paper')}<span>${d.title}</span></span>`}</li>`)}</ul></section>` : nothing}`;
}

/** The matters about to be decided together; each may be lifted out, or left to the others to decide. */
function inBlock({ sections: s, meeting, act }) {
  const w = words.decision.block;
  const me = s.me.person;
  const aside = (row) => (row.abstaining.includes(me) ? html`<button class="btn small" @click=${() => act('withdraw-abstention', { person: me, matter: row.matter })}>${words.decision.abstention.back}</button>`
    : html`<button class="btn small" aria-label=${w.stepAsideOf(row.title)} @click=${() => act('abstain', { matter: row.matter })}>${w.stepAside}</button>`);
  return html`<div class="matter"><h1 tabindex="-1">${w.h}</h1><p>${w.member}</p></div>
    <section class="card">${blockList(meeting, s.block, (row) => (meeting.mayNot('lift-from-block') ? nothing : html`<p class="row"><button class="btn small" aria-label=${w.liftOf(row.title)} @click=${() => act('lift-from-block', { matter: row.matter })}>${w.lift}</button>${aside(row)}</p>`))}</section>`;
}

/** Where the deciding stands, in one sentence. */
function deciding({ sections: s, meeting }) {
  const w = words.member.decide;
  const c = s.deciding?.contests?.find((one) => one.id === s.deciding.current);
  if (!c || s.matter?.decision) return nothing;
  const found = c.candidates.find((one) => one.id === c.found);
  const text = c.demanded_by ? w.demanded(meeting.label(c.demanded_by)) : found ? w.found(lower(found.label)) : c.kind === 'today' ? w.today : w.deciding;
  return html`<p class="note info">${icon('gavel')}<span><b>${text}</b></span></p>`;
}

function speakers({ sections: s, meeting }) {
  const w = words.shared;
  const d = s.debate;
  if (!d) return nothing;
  const f = d.floor;
  return html`<section class="card" aria-label=${w.speakersList}><h2>${w.speakersList} <span class="count">${d.queue.length}</span></h2>
    ${f ? html`<p class="holder"><span>${icon('mic')}${named(meeting, f.person)}</span><span class="meta">${w.hasFloor}${f.limit_seconds ? ` · ${minutes(f.limit_seconds)} ${w.minuteUnit}` : ''}</span></p>` : nothing}
    ${d.queue.length ? html`<ol class="tlist">${d.queue.map((q) => html`<li class=${q.person === s.me.person ? 'mine' : ''}>${named(meeting, q.person)}${q.kind !== 'speech' ? html` <span class="meta">${w.speech[q.kind]}</span>` : nothing}</li>`)}</ol>` : f ? nothing : html`<p class="meta">${w.emptyList}</p>`}
    ${d.list_closed ? html`<p class="meta">${w.listClosed}</p>` : nothing}</section>`;
}
