// The dialog about a party group's own order between its substitutes, before the roll is called.
import { html, nothing } from '../../../vendor/lit/lit.js';
import { words } from '../../text.js';
import { formDialog, pickField, plainDialog, valueOf } from './form.js';

/** The group says its order aloud; whoever is moved up takes the place of the one above. */
export function substituteOrderDialog(desk) {
  const w = words.chair.turn;
  const orders = desk.s.conduct?.substitute_orders || {};
  const parties = Object.keys(orders);
  if (!parties.length) return plainDialog(desk, { title: w.title, body: html`<p>${w.nobody}</p>` });
  const party = parties.includes(valueOf(desk, 'party')) ? valueOf(desk, 'party') : parties.length === 1 ? parties[0] : '';
  const before = orders[party] || [];
  const order = desk.ui.form[`order-${party}`] || before;
  const up = (i) => desk.set({ form: { ...desk.ui.form, [`order-${party}`]: [...order.slice(0, i - 1), order[i], order[i - 1], ...order.slice(i + 1)] } });
  const why = !party ? w.needParty : order.every((pid, i) => pid === before[i]) ? w.unchanged : null;
  return formDialog(desk, { title: w.title, lead: html`<p>${w.lead}</p>`, label: w.act, why,
    fields: html`${parties.length > 1 ? pickField({ name: 'party', legend: w.party, inline: true, chosen: party, options: parties.map((one) => [one, one]) }) : nothing}
      ${party ? html`<ol class="talk">${order.map((pid, i) => html`<li><span class="pos">${i + 1}</span><div class="who"><b>${desk.meeting.label(pid)}</b></div>${i ? html`<button type="button" class="btn small" @click=${() => up(i)}>${w.up}<span class="sr"> ${desk.meeting.label(pid)}</span></button>` : nothing}</li>`)}</ol>` : nothing}`,
    run: () => desk.send('reorder-substitutes', { party, order }, { close: true }) });
}
