// An election on the hall screen: how many and never who, the numbers, the draw as a sum large enough to check by head.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';
import { listed, party } from '../../elements/people.js';
import { conducting, rule, threes, tieWords } from '../../elements/draw.js';

/** @returns {unknown} the scene, or null when the election has nothing of its own to show */
export function electionScene(hall) {
  const { election } = hall.s;
  const ballot = election?.ballot;
  if (!election) return null;
  if (!ballot) return nominated(hall, election);
  if (ballot.draw && !(ballot.groups.length && ballot.draw.drawn && !ballot.tied.length)) return lots(hall, ballot);
  if (ballot.status === 'counted') return result(ballot);
  return open(hall, ballot);
}

function nominated(hall, election) {
  const w = words.election;
  const asked = election.proportional.demanded_by.length;
  return html`<main class="hval"><p class="hk">${election.proportional.reached ? w.proportionalHead : w.nominated}</p><ul class="hcand">${election.nominations.map((n) => html`<li>${n.name} ${party({ party: n.party })}</li>`)}</ul></main>
    <footer class="hf"><span>${w.places(election.places)}</span>${asked ? html`<span>${w.proportional(asked, election.proportional.needed)}</span>` : nothing}${election.proportional.reached ? html`<span>${w.officer(hall.meeting.label(election.proportional.returning_officer))}</span>` : nothing}</footer>`;
}

function open(hall, ballot) {
  const w = words.election;
  const electronic = ballot.method === 'electronic';
  const [n, rest] = electronic ? w.cast(ballot.received, ballot.voters) : ['', w.slipsOpen(ballot.voters)];
  return html`<main class="hval"><p class="hk">${ballot.about === 'today' ? w.aboutToday : ballot.status !== 'open' ? w.counting : ballot.method === 'proportional' ? w.proportionalHead : w.closed}</p><p class="hbig">${n ? html`<b class="num">${n}</b>` : nothing}${rest}</p>
    ${electronic ? html`<svg class="gauge" viewBox="0 0 400 12" preserveAspectRatio="none" aria-hidden="true"><rect class="track" x=".5" y=".5" width="399" height="11" rx="5.5"></rect><rect class="fill" x=".5" y=".5" width=${(399 * ballot.received / Math.max(1, ballot.voters)).toFixed(1)} height="11" rx="5.5"></rect></svg>` : nothing}
    <ul class="hcand">${ballot.choices.map((n) => html`<li>${n.name} ${party({ party: n.party })}</li>`)}</ul></main>
    <footer class="hf">${conducting(hall.meeting, hall.s.election).map((line) => html`<span>${line}</span>`)}${ballot.remote ? html`<span>${w.remoteOut(ballot.remote)}</span>` : nothing}</footer>`;
}

function result(ballot) {
  const w = words.election;
  if (ballot.groups.length) return groups(ballot);
  const rows = ballot.rows.map((row) => [row.called, row.votes]);
  return html`<main class="hval"><p class="hk">${ballot.tied.length ? w.tie : ballot.about === 'today' ? listed(ballot.winners) : w.elected(listed(ballot.winners))}</p><ul class="hcand">${rows.map(([name, votes]) => html`<li><b class="num">${votes}</b> ${name}</li>`)}<li><b class="num">${ballot.blank}</b> ${w.blank}</li></ul></main>
    <footer class="hf"><span>${w.handedIn(ballot.handed_in, ballot.invalid)}</span></footer>`;
}

/** Groups with their slips and places, and who takes each place in turn. */
function groups(ballot) {
  const w = words.election;
  const places = (group) => ballot.seats.filter((seat) => seat.group === group).length;
  return html`<main class="hval hgroups"><p class="hk">${ballot.tied.length ? tieWords(ballot)[0] : w.proportionalHead}</p><ul class="hcand">${ballot.groups.map((g) => html`<li><b class="num">${g.ballots}</b> ${g.designation} <span class="hparty">${w.seatOf(places(g.designation))}</span></li>`)}<li><b class="num">${ballot.blank}</b> ${w.blank}</li></ul>
    <ol class="hseats">${ballot.seats.map((seat) => html`<li>${seat.name} <span class="hparty">${seat.group}</span></li>`)}</ol></main>
    <footer class="hf"><span>${w.handedIn(ballot.handed_in, ballot.invalid)}</span></footer>`;
}

function lots(hall, ballot) {
  const w = words.election;
  const { draw } = ballot;
  const drawn = draw.drawn ? draw.lots[draw.drawn - 1] : null;
  return html`<main class="hlot"><section><p class="hk">${tieWords(ballot)[0]}</p><h2>${drawn || w.draw}</h2><p class="hparty">${drawn ? w.lot(draw.drawn) : draw.seal ? w.waiting : w.sealing}</p></section>
    <ol class="hsum num"><li><span>${w.seal}</span><b>${draw.drawn ? threes(draw.secret) : '· · ·'}</b></li>${draw.numbers.map((said) => html`<li><span>${hall.meeting.label(said.person)}</span><b>+ ${said.number}</b></li>`)}
      ${draw.drawn ? html`<li class="tot"><span>${w.sum}</span><b>${threes(draw.total)}</b></li>` : nothing}</ol></main>
    <footer class="hf">${draw.lots.map((name, i) => html`<span><b>${i + 1}</b> ${name}</span>`)}<span>${rule(draw)}</span>${draw.seal ? html`<span>${w.seal} ${draw.seal}</span>` : nothing}</footer>`;
}
