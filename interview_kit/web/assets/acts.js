// What an interviewer does on the live screen.
import { post } from './post.js'
import { leftOutWords, toggled } from './words.js'
import { content } from './live_outbox.js'

/** @import { Live } from './state.js' */
/** @import { Rating } from './types.d.ts' */

const TRIES = 20
const later = (/** @type {number} */ wait) => new Promise((end) => setTimeout(end, wait))

function happened(
  /** @type {Live} */ live,
  /** @type {string} */ kind,
  detail = '',
  question = live.item().id,
) {
  live.moments.push(live.outbox.happened(kind, question, detail))
}

export function begin(/** @type {Live} */ live) {
  if (!live.writes() || live.time().begun) return
  putOnShow(live)
  happened(live, 'begun', '', null)
  happened(live, 'opened')
  if (!live.leader) live.outbox.wish({ lead: true, led: null })
  live.draw()
}

export function pause(/** @type {Live} */ live) {
  happened(live, live.time().paused ? 'resumed' : 'paused', '', null)
  live.draw()
}

/**
 * Changes a rating. A tick or a level goes at once; typed words, `quietly`, wait for the throttle.
 * @param {Live} live
 * @param {string} question
 * @param {Partial<Rating>} values
 */
export function change(live, question, values, { quietly = false } = {}) {
  if (!live.holds || live.state !== 'draft' || live.clashes[question]) return
  begin(live)
  const rating = Object.assign(live.ratings[question], values)
  if ('ticks' in values || 'red_flags' in values || 'probes' in values) live.stale.add(question)
  live.outbox.put(question, rating, live.versions[question])
  if (quietly) {
    live.tick()
    return
  }
  live.draw()
  live.outbox.send()
}

/** Whether one of the reasons belongs to this state. */
export const needsReason = (/** @type {Live} */ live, /** @type {string | null | undefined} */ state) =>
  Boolean(state && live.c.stateChoices[state]?.needsReason)

/** Gives a level or a state, or takes it back; with `once` it only gives. */
export function rate(/** @type {Live} */ live, /** @type {number | string} */ value, once = false) {
  const rating = live.rating()
  const on = rating.level === value || rating.state === value
  if (on && once) return
  const level = typeof value === 'number' && !on ? value : null
  const state = typeof value === 'string' && !on ? value : null
  const skip_reason = needsReason(live, state) ? rating.skip_reason : null
  change(live, rating.question_id, /** @type {Partial<Rating>} */ ({ level, state, skip_reason }))
}

/** Asking and giving are part of the conversation: the candidate then sees the question that they belong to. */
export function asked(
  /** @type {Live} */ live,
  /** @type {string} */ question,
  /** @type {number | null} */ place,
) {
  const { probes } = live.rating()
  if (place === null || question !== live.item().id || probes.includes(place) || !live.writes()) return
  begin(live)
  if (live.ahead()) show(live)
  happened(live, 'probed', String(place))
  live.another = 0
  change(live, question, { probes: [...probes, place].sort((a, b) => a - b) })
}

/** The step on top was said: a probe asked, a turn, the limit or the trace given. */
export function said(/** @type {Live} */ live, /** @type {import('./types.d.ts').Step | null} */ step) {
  if (!step) return
  if (step.place !== null) asked(live, live.item().id, step.place)
  else if (live.writes()) {
    live.another = 0
    give(live, step.key)
  }
}

export function give(/** @type {Live} */ live, /** @type {string} */ key) {
  if (!live.writes()) return
  begin(live)
  const { given } = live.rating()
  if (!given.includes(key)) {
    if (live.ahead()) show(live)
    happened(live, 'given', key)
  }
  change(live, live.item().id, { given: toggled(given, key) })
}

function putOnShow(/** @type {Live} */ live) {
  live.onShow = live.outbox.shown = live.item().id
  live.outbox.keep()
}

// From now on the question in hand is the one that is asked: its minutes count, and the candidate sees it.
function turnTo(/** @type {Live} */ live) {
  putOnShow(live)
  if (live.running() && live.writes()) happened(live, 'opened')
}

export function show(/** @type {Live} */ live) {
  turnTo(live)
  live.draw()
  live.outbox.send()
}

/** Makes a change that others tell of. Once nobody looks on any more, what is in hand is what is asked. */
export function follow(/** @type {Live} */ live, /** @type {() => void} */ make) {
  const before = live.ahead()
  make()
  if (before && !live.ahead()) show(live)
}

/** Next goes on with the conversation, unless this interviewer is looking ahead. */
export const next = (/** @type {Live} */ live) => go(live, live.place + 1, { on: !live.ahead() })

export function go(/** @type {Live} */ live, /** @type {number} */ place, { on = false } = {}) {
  if (place >= live.c.items.length) {
    finish(live)
    return
  }
  if (place < 0 || place === live.place) return
  Object.assign(live, { place, another: 0, open: '' })
  live.explained.clear()
  if (on || !live.windowed()) turnTo(live)
  const address = new URL(location.href)
  address.searchParams.set('question', live.item().id)
  history.replaceState(history.state, '', address)
  live.draw({ fresh: true })
  live.outbox.send()
}

async function finish(/** @type {Live} */ live) {
  const time = live.time()
  if (live.writes() && time.begun && !time.ended) happened(live, 'ended', '', null)
  for (let tries = 0; tries < TRIES && live.outbox.waiting(); tries++) {
    await live.outbox.send()
    await later(150)
  }
  if (live.outbox.waiting()) live.draw()
  else live.submit()
}

/** Opens the panel of this name, or closes it where it is open. */
export function panel(/** @type {Live} */ live, /** @type {string} */ name) {
  live.open = live.open === name ? '' : name
  live.draw()
  focus(live, live.open ? '#panel' : '#panel-' + name)
}

export function shareSafe(/** @type {Live} */ live, /** @type {boolean} */ on) {
  live.share = on
  live.open = ''
  live.draw()
  focus(live, on ? '#share-end' : '#share')
}

function focus(/** @type {Live} */ live, /** @type {string} */ where) {
  /** @type {HTMLElement | null} */
  const found = where === '#panel-' ? null : live.body.querySelector(where)
  found?.focus()
}

/** Opens or closes the candidate's window. */
export async function openWindow(/** @type {Live} */ live, /** @type {boolean} */ open) {
  const box = live.outbox
  try {
    const { ok, answer } = await post('live/window', { pass: live.pass, open })
    if (ok) follow(live, () => (live.window = answer.path))
    box.refused = ok ? '' : answer.reason
  } catch {
    box.awaySince ||= Date.now()
  }
  live.draw()
}

/** Says how much did not fit into a box, until something fits. */
export function leftOut(/** @type {Live} */ live, /** @type {number} */ count, most = 0) {
  const words = count ? leftOutWords(count, most) : ''
  if (words === live.cut) return
  live.cut = words
  live.drawNotice()
}

/** Of two texts for one question this one stays. */
export function settle(
  /** @type {Live} */ live,
  /** @type {string} */ question,
  /** @type {Rating} */ rating,
) {
  delete live.clashes[question]
  Object.assign(live.ratings[question], content(rating))
  live.outbox.put(question, live.ratings[question], live.versions[question])
  live.draw()
}
