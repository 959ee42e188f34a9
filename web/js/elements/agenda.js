// The agenda with the steps of the current matter; finished sections fold to one row when there are more than three.
import { html, nothing } from '../../vendor/lit/lit.js';
import { icon } from '../icons.js';
import { words } from '../text.js';

const FOLD = 3;
const isDone = (row) => !['coming', 'current'].includes(row.status);

/**
 * @param {Array<{matter: string, number: number|null, title: string, status: string}>} agenda
 * @param {{steps?: Array<{name: string, state: string}>}|null} current the matter under way
 */
export function agendaList(agenda, current, { unfolded = false, onunfold = null } = {}) {
  const w = words.shared;
  let lead = 0;
  while (lead < agenda.length && isDone(agenda[lead])) lead++;
  const numbers = agenda.slice(0, lead).map((row) => row.number).filter(Boolean);
  const folds = lead > FOLD && numbers.length > 0 && !unfolded;
  const rows = folds ? agenda.slice(lead) : agenda;
  const [left, struck] = ['left', 'struck'].map((status) => agenda.slice(0, lead).filter((row) => row.status === status).length);
  return html`<h2>${w.agenda}</h2><ol class="agenda">
    ${folds ? html`<li><button class="fold done" @click=${onunfold} aria-expanded="false"><span class="p">${icon('check')}</span>
      <span>${w.doneSections(w.section(numbers[0]), numbers.at(-1), lead - left - struck, left, struck)}</span></button></li>` : nothing}
    ${rows.map((row) => agendaRow(row, current, agenda.indexOf(row) + 1))}</ol>`;
}

/** A matter not yet taken up has no § and shows its place in the agenda instead. */
function agendaRow(row, current, place) {
  const w = words.shared;
  const number = html`<span class="p ${row.number ? '' : 'place'}">${row.number ? w.section(row.number) : place}</span>`;
  const without = { left: w.undecided, struck: w.struck }[row.status];
  if (without) return html`<li><div class="line done">${number}<span>${row.title}<small>${without}</small></span></div></li>`;
  if (row.status !== 'current') {
    return html`<li><div class="line ${isDone(row) ? 'done' : ''}">${number}<span>${row.title}</span>${isDone(row) ? icon('check', w.done) : nothing}</div></li>`;
  }
  return html`<li class="on"><div class="now" aria-current="step">${number}<span class="t">${row.title}</span></div>${stepList(current?.steps)}</li>`;
}

/** The rungs a matter climbs. @param {Array<{name: string, state: 'done'|'here'|'todo'}>|undefined} steps */
export function stepList(steps) {
  const w = words.shared;
  if (!steps?.length) return nothing;
  return html`<ol class="steps">${steps.map((step) => html`<li class=${step.state}><span class="dot">${step.state === 'done' ? icon('check') : nothing}</span>${step.name}${
    step.state === 'done' ? html`<span class="sr"> – ${w.done}</span>` : step.state === 'here' ? html`<span class="sr"> – ${w.ongoing}</span>` : nothing}</li>`)}</ol>`;
}
