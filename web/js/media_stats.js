// @ts-check
/**
 * What flows through a connection now, read from getStats and named by our own slots and up-links.
 *
 * @typedef {{framesDecoded: number, width: number, height: number, audioPackets: number, packetsLost: number,
 *   freezes: number, energy: number}} Down
 * @typedef {{packets: number, frames: number, width: number, height: number, fps: number, active: boolean}} Up
 * @typedef {{down: Record<string, Down>, up: Record<string, Up>, srtp: string, roundTripMs: number|null,
 *   availableKbit: number|null}} Flow  availableKbit: the browser's estimate of what it can send, if it makes one
 * @typedef {{packets: number, energy: number, seconds: number}} Heard  energy: sum of squares over the seconds that were played
 */

/**
 * @param {RTCPeerConnection|null} pc
 * @param {string[]} slots  slot of each m-line we receive, by index
 * @param {Record<number, string>} ups  name of each m-line we send, by index
 * @returns {Promise<Flow>}
 */
export async function readFlow(pc, slots, ups) {
  /** @type {Flow} */
  const flow = {down: {}, up: {}, srtp: '', roundTripMs: null, availableKbit: null};
  for (const slot of new Set(slots)) {
    flow.down[slot] = {
      framesDecoded: 0, width: 0, height: 0, audioPackets: 0, packetsLost: 0, freezes: 0, energy: 0,
    };
  }
  if (!pc) return flow;
  /** @type {any[]} */
  const reports = [];
  (await pc.getStats()).forEach((report) => reports.push(report));
  for (const x of reports) {
    if (x.type === 'inbound-rtp') {
      const down = flow.down[slots[Number(x.mid)]];
      if (!down) continue;
      down.packetsLost += x.packetsLost ?? 0;
      if (x.kind === 'audio') {
        down.audioPackets = x.packetsReceived ?? 0;
        down.energy = x.totalAudioEnergy ?? 0;
      } else {
        down.framesDecoded = x.framesDecoded ?? 0;
        down.width = x.frameWidth ?? 0;
        down.height = x.frameHeight ?? 0;
        down.freezes = x.freezeCount ?? 0;
      }
    } else if (x.type === 'outbound-rtp' && ups[Number(x.mid)]) {
      flow.up[ups[Number(x.mid)]] = {
        packets: x.packetsSent ?? 0, frames: x.framesEncoded ?? 0, width: x.frameWidth ?? 0,
        height: x.frameHeight ?? 0, fps: x.framesPerSecond ?? 0, active: x.active ?? true,
      };
    } else if (x.type === 'transport') {
      flow.srtp = x.srtpCipher ?? '';
    } else if (x.type === 'candidate-pair' && x.nominated && x.currentRoundTripTime !== undefined) {
      flow.roundTripMs = x.currentRoundTripTime * 1000;
      if (x.availableOutgoingBitrate !== undefined) flow.availableKbit = Math.round(x.availableOutgoingBitrate / 1000);
    }
  }
  return flow;
}

/**
 * What one receiver of sound has had so far.
 * @param {RTCRtpReceiver|undefined} receiver @returns {Promise<Heard>}
 */
export async function readHeard(receiver) {
  const heard = {packets: 0, energy: 0, seconds: 0};
  if (!receiver) return heard;
  (await receiver.getStats()).forEach((x) => {
    if (x.type !== 'inbound-rtp') return;
    Object.assign(heard, {packets: x.packetsReceived ?? 0, energy: x.totalAudioEnergy ?? 0, seconds: x.totalSamplesDuration ?? 0});
  });
  return heard;
}
