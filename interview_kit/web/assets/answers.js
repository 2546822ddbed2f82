// What the server says, and what the live screen makes of it.
import { follow } from './acts.js'
import { content } from './live_outbox.js'
import { NO_RATING } from './constants.js'

/** @import { Answered, StoredRating, Told } from './messages.d.ts' */
/** @import { Live } from './state.js' */
/** @import { LiveMoment } from './types.d.ts' */

// What is drawn anew only where it has changed.
function standing(/** @type {Live} */ live) {
  const { holds, state, leader, others, window, onShow, outbox } = live
  const said = [outbox.failure, outbox.refused, outbox.aside.length]
  return JSON.stringify([holds, state, leader, others, window, onShow, ...said])
}

export function answered(/** @type {Live} */ live, /** @type {Answered} */ answer, /** @type {Told} */ told) {
  const before = standing(live)
  const wasAway = live.away
  live.away = live.outbox.awaySince
  const { holds, state, leader, others, window } = answer
  follow(live, () => Object.assign(live, { holds, state, leader, others, window }))
  if (answer.shown && (told.lead || !holds)) live.onShow = answer.shown
  takeRatings(live, answer)
  takeClashes(live, answer.clashes)
  if (holds && (told.entries.length || told.moments.length)) live.savedAt = Date.now()
  if (!holds && told.wish !== 'leave') live.moments = merged(live.moments, answer.moments, live.skew)
  const changed = standing(live) !== before || wasAway || answer.clashes.length
  if (changed || told.entries.length || !holds) live.draw()
  else live.tick()
}

function takeRatings(/** @type {Live} */ live, /** @type {Answered} */ answer) {
  const waits = (/** @type {string} */ question) => Boolean(live.outbox.entries[question])
  for (const one of answer.refused) if (one.what === 'mark') withoutStrange(live, one.question_id, answer)
  for (const stored of answer.ratings) {
    const { question_id } = stored
    live.versions[question_id] = stored.version
    if (waits(question_id)) continue
    const adopt = !answer.holds || answer.older.includes(question_id)
    if (adopt) Object.assign(live.ratings[question_id], content(stored))
    live.stale.delete(question_id)
  }
  Object.assign(live.proposals, answer.proposals)
}

function takeClashes(/** @type {Live} */ live, /** @type {readonly StoredRating[]} */ clashes) {
  for (const stored of clashes) {
    const { question_id, version } = stored
    const mine = { ...live.ratings[question_id] }
    live.clashes[question_id] = { theirs: { ...NO_RATING, ...stored }, mine }
    live.versions[question_id] = version
    live.outbox.drop(question_id)
  }
}

// A mark that the question does not have is not sent again.
function withoutStrange(
  /** @type {Live} */ live,
  /** @type {string} */ question,
  /** @type {Answered} */ answer,
) {
  const stored = answer.ratings.find((one) => one.question_id === question)
  if (!stored || live.outbox.entries[question]) return
  const { ticks, probes, red_flags } = stored
  Object.assign(live.ratings[question], { ticks, probes, red_flags })
}

/**
 * @param {LiveMoment[]} known
 * @param {Answered['moments']} told  by the server's clock
 * @param {number} skew
 * @returns {LiveMoment[]}
 */
function merged(known, told, skew) {
  const ids = new Set(told.map((moment) => moment.id))
  const stored = told.map((moment) => ({ ...moment, t: moment.t - skew }))
  return [...stored, ...known.filter((mine) => !ids.has(mine.id))]
}
