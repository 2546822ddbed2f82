// Which probe comes next: the one for what was not heard yet.

/** @import { Probe, Question, Rating, WaitingProbe } from './types.d.ts' */

function inOrder(/** @type {WaitingProbe} */ a, /** @type {WaitingProbe} */ b) {
  const at = a.order.findIndex((one, i) => one !== b.order[i])
  return at < 0 ? 0 : a.order[at] - b.order[at]
}

/** @returns {WaitingProbe | null} */
function waiting(/** @type {Question} */ q, /** @type {Rating} */ rating, /** @type {Probe} */ probe, place) {
  const [first] = q.signals
    .filter((signal) => probe.missed.includes(signal.id) && !rating.ticks.includes(signal.id))
    .sort((a, b) => b.must - a.must)
  if (first) {
    const order = [first.must ? 0 : 1, probe.help, place]
    return { place, probe, missing: first.label, order }
  }
  return probe.manner ? { place, probe, missing: probe.manner, order: [2, probe.help, place] } : null
}

/**
 * The probes that are left, the most useful first: for a must, with little help, in the question's order.
 * @param {Question} q
 * @param {Rating} rating
 */
export const waitingProbes = (q, rating) =>
  q.probes
    .map((probe, place) => (rating.probes.includes(place) ? null : waiting(q, rating, probe, place)))
    .filter(Boolean)
    .sort(inOrder)
