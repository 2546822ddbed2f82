// What to say next on a question: a turn that is due, then probes, then other turns, the limit and the trace.
import { waitingProbes } from './probes.js'

/** @import { Live } from './state.js' */
/** @import { Probe, Question, Step, Turn } from './types.d.ts' */

/** What was given, in the words of this kit: an earlier one called a turn a twist. */
export const known = (/** @type {string[]} */ given) => given.map((key) => key.replace(/^twist-/, 'turn-'))

/** @returns {Step} */
function probeStep(/** @type {Probe} */ probe, /** @type {number} */ place, /** @type {string} */ missing) {
  return {
    key: 'probe-' + place,
    head: 'Not heard: ',
    missing,
    ask: probe.ask,
    words: probe.words,
    hear: [],
    place,
  }
}

/** @returns {Step} */
function turnStep(/** @type {Turn} */ turn, /** @type {number} */ n) {
  const missing = turn.after ? 'when ' + turn.after : turn.minute === null ? '' : 'minute ' + turn.minute
  return {
    key: 'turn-' + n,
    head: 'Turn ',
    missing,
    ask: turn.say,
    words: '',
    hear: heard(turn),
    place: null,
  }
}

/** @returns {[string, string][]} */
function heard(/** @type {{ good: string, fluent: string }} */ { good, fluent }) {
  return fluent
    ? [
        ['Good: ', good],
        ['Only fluent: ', fluent],
      ]
    : [['Good: ', good]]
}

/** @returns {Step[]} */
function closing(/** @type {Question} */ { limit, trace }) {
  const plain = { missing: '', words: '', place: null }
  /** @type {[string, string][]} */
  const check = [['To check: ', trace?.check ?? '']]
  return [
    ...(limit ? [{ ...plain, key: 'limit', head: 'Their limit', ask: limit.ask, hear: heard(limit) }] : []),
    ...(trace ? [{ ...plain, key: 'trace', head: 'The trace', ask: trace.ask, hear: check }] : []),
  ]
}

/** Whether a turn's minute of the current question has come. */
function due(/** @type {Live} */ live, /** @type {Turn} */ { minute }) {
  return minute !== null && minute <= (live.time().used[live.item().id] || 0)
}

/** How many turns of the current question have come by now. */
export const turnsDue = (/** @type {Live} */ live) =>
  live.item().question.turns.filter((turn) => due(live, turn)).length

/**
 * Everything that is left to say on the current question, the next first.
 * @param {Live} live
 * @returns {Step[]}
 */
export function steps(live) {
  const { question } = live.item()
  const given = known(live.rating().given)
  const turns = question.turns.map((turn, n) => ({ now: due(live, turn), step: turnStep(turn, n) }))
  const probes = waitingProbes(question, live.rating())
  return [
    ...turns.filter(({ now }) => now).map(({ step }) => step),
    ...probes.map(({ probe, place, missing }) => probeStep(probe, place, missing)),
    ...turns.filter(({ now }) => !now).map(({ step }) => step),
    ...closing(question),
  ].filter(({ key }) => !given.includes(key))
}

/** The step on top for the current question; null where nothing is left to say. */
export function topStep(/** @type {Live} */ live) {
  const left = steps(live)
  return left.length ? left[live.another % left.length] : null
}
