// What the moments say about time, as scorecards/record/timeline.py does: minutes used, pauses, whether it runs.

/** @import { Clock, Item, Rating } from './types.d.ts' */

const MINUTE = 60000
// Longer than any laptop sleeps.
const WEEK = 7 * 24 * 3600 * 1000

// Counts what has passed since the last moment that changes something.
function passed(state, /** @type {number} */ t) {
  if (state.since === null) return
  if (!state.paused) {
    state.elapsed += t - state.since
    const { question, used } = state
    if (question) used[question] = (used[question] || 0) + (t - state.since) / MINUTE
  }
  state.since = t
}

const CHANGES = {
  opened: (state, moment) => (state.question = moment.question_id),
  paused: (state) => (state.paused = true),
  resumed: (state) => (state.paused = false),
  ended: (state) => (state.since = null),
}

/**
 * How the interview's time stands at `until`.
 * @param {readonly { t: number, kind: string, question_id?: string | null }[]} moments
 * @param {number} until
 * @returns {Clock}
 */
export function timeOf(moments, until) {
  const state = { used: {}, question: null, paused: false, since: null, begun: false, elapsed: 0 }
  for (const moment of [...moments].sort((a, b) => a.t - b.t)) {
    if (moment.kind in CHANGES) {
      passed(state, moment.t)
      CHANGES[moment.kind](state, moment)
    } else if (moment.kind === 'begun') {
      state.since ??= moment.t
      state.begun = true
    }
  }
  passed(state, until)
  const { begun, paused, since, used } = state
  const runs = since !== null
  return {
    begun,
    running: runs && !paused,
    paused,
    ended: begun && !runs,
    seconds: state.elapsed / 1000,
    used,
  }
}

export const decided = (/** @type {Pick<Rating, 'level' | 'state'>} */ rating) =>
  rating.level !== null || rating.state !== null

/**
 * What the questions still to be decided need, and which optional one would make room; nobody decides but the
 * interviewer.
 * @param {readonly Item[]} items
 * @param {Record<string, Rating>} ratings
 * @param {Clock} time
 * @param {number} minutes
 * @param {number} around
 */
export function budget(items, ratings, time, minutes, around) {
  const usedOn = (/** @type {Item} */ item) => time.used[item.id] || 0
  const need = (/** @type {Item[]} */ list) =>
    list.reduce((sum, item) => sum + Math.max(0, item.minutes - usedOn(item)), 0)
  const open = items.filter((item) => !decided(ratings[item.id]))
  const left = minutes - around - time.seconds / 60
  const short = need(open) - left
  const spare = open
    .filter((item) => item.optional && usedOn(item) <= 0.5)
    .sort((a, b) => Number(a.must) - Number(b.must) || b.minutes - a.minutes)
  const drop = time.begun && short > 0.5 ? spare[0] || null : null
  return { left, musts: need(open.filter((item) => item.must)), short, drop }
}

/**
 * A clock that is set while the page is open: time went back, or on by more than a week at once. What is dated by the
 * old clock is dated anew, so that it lasted as long as it did.
 * @param {(step: number) => void} shift
 */
export function watchClock(shift) {
  let apart = Date.now() - performance.now()
  return () => {
    const now = Date.now() - performance.now()
    const step = now - apart
    apart = now
    if (step < -2000 || step > WEEK) shift(step)
  }
}
