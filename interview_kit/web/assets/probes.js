// Which probe stands on top: the one for what was not heard yet.

/** @import { Live } from './state.js' */
/** @import { Probe, Question, Rating, WaitingProbe } from './types.d.ts' */

function inOrder(/** @type {WaitingProbe} */ a, /** @type {WaitingProbe} */ b) {
  const at = a.order.findIndex((one, i) => one !== b.order[i])
  return at < 0 ? 0 : a.order[at] - b.order[at]
}

/** @returns {WaitingProbe | null} */
function waiting(/** @type {Question} */ q, /** @type {Rating} */ rating, /** @type {Probe} */ probe, place) {
  const [first] = q.signals
    .filter((signal) => probe.missed.includes(signal.id) && !rating.ticks.includes(signal.id))
    .sort((a, b) => b.must - a.must || b.weight - a.weight)
  if (first) {
    const order = [first.must ? 0 : 1, probe.help, -first.weight, place]
    return { place, probe, missing: first.label, order }
  }
  return probe.manner ? { place, probe, missing: probe.manner, order: [2, probe.help, 0, place] } : null
}

/**
 * The probes that are left, the most useful first: for a must, with little help, for what weighs most.
 * @param {Question} q
 * @param {Rating} rating
 */
export const waitingProbes = (q, rating) =>
  q.probes
    .map((probe, place) => (rating.probes.includes(place) ? null : waiting(q, rating, probe, place)))
    .filter(Boolean)
    .sort(inOrder)

/** The place of the probe on top for the question in hand; null where nothing is left to probe. */
export function topProbe(/** @type {Live} */ live) {
  const left = waitingProbes(live.item().question, live.rating())
  return left.length ? left[live.turn % left.length].place : null
}
