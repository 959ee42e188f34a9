// <clock-now>, <time-since> and <floor-time>: the only things on the page that tick.
import { html, nothing } from '../../vendor/lit/lit.js';
import { Ticking, define } from '../light.js';
import { words, clock, minutes, duration } from '../text.js';

class ClockNow extends Ticking {
  static properties = { meeting: { attribute: false } };

  render() { return html`<span class="sr">${words.shared.clockIs}</span>${clock(this.meeting.now())}`; }
}

class TimeSince extends Ticking {
  static properties = { meeting: { attribute: false }, since: {}, coarse: { type: Boolean } };

  render() {
    const seconds = this.meeting.since(this.since);
    return html`${duration(seconds, this.coarse)}`;
  }
}

/** How long the floor has been held, out of how long it may be; the gauge steps once a second. */
class FloorTime extends Ticking {
  static properties = { meeting: { attribute: false }, since: {}, limit: { type: Number }, left: { type: Boolean } };

  render() {
    const used = this.meeting.since(this.since);
    const w = words.shared;
    if (!this.limit) return html`<p class="time"><b class="num">${minutes(used)}</b> <span>${w.minuteUnit}</span></p>`;
    const over = used > this.limit;
    const shown = this.left ? (over ? `−${minutes(used - this.limit)}` : minutes(this.limit - used)) : minutes(used);
    const width = Math.min(1, used / this.limit) * 399;
    return html`<p class="time ${over ? 'over' : ''}"><b class="num">${shown}</b> <span>${this.left ? words.hall.leftOf(minutes(this.limit)) : w.of(minutes(this.limit))}</span>
      ${over ? html`<span class="state att">${words.chair.overTime}</span>` : nothing}</p>
      <svg class="gauge" viewBox="0 0 400 12" preserveAspectRatio="none" aria-hidden="true"><rect class="track" x=".5" y=".5" width="399" height="11" rx="5.5"></rect><rect class="fill ${over ? 'att' : ''}" x=".5" y=".5" width=${width.toFixed(1)} height="11" rx="5.5"></rect></svg>`;
  }
}

define('clock-now', ClockNow);
define('time-since', TimeSince);
define('floor-time', FloorTime);
