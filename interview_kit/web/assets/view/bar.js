// The line on top: who, the clock, what the musts still need, whether it is saved, the candidate's window.
import { begin, panel, pause, shareSafe } from '../acts.js'
import { button, make } from '../make.js'
import { clockText, minutesText, timeText } from '../words.js'

/** @import { Live } from '../state.js' */
/** @import { Budget, Clock, Item } from '../types.d.ts' */

const LATE_AFTER = 4000

export function drawBar(/** @type {Live} */ live) {
  const { c } = live
  const who = make('span', 'who', make('b', '', c.candidate), ' · ' + c.interview)
  const saved = make('span', 'saved', '')
  saved.setAttribute('role', 'status')
  const sees = 'sees' + (live.ahead() ? ' ahead' : '')
  return make(
    'div',
    'bar',
    who,
    ...drawRole(live),
    make('span', 'spacer'),
    ...drawClock(live),
    saved,
    live.windowed() ? make('span', sees, 'Candidate sees ' + (live.shownPlace() + 1)) : null,
    ...drawTools(live),
  )
}

function drawRole(/** @type {Live} */ live) {
  const { c, leader, others } = live
  if (!c.people.length) return []
  const role = make('span', 'role', roleWords(live))
  role.title = Object.entries(others)
    .map(([who, question]) => whereWords(live, who, question))
    .join(' · ')
  if (leader === c.me) return [role]
  const lead = () => live.outbox.wish({ lead: true, led: leader ?? null })
  return [role, button('I lead', lead, { id: 'lead', disabled: !live.holds })]
}

function roleWords(/** @type {Live} */ { c, leader }) {
  if (leader === c.me) return 'You lead'
  if (!leader) return 'Nobody leads yet'
  return (c.names[leader] || 'Another') + ' leads · you take notes'
}

function whereWords(/** @type {Live} */ { c }, /** @type {string} */ who, question) {
  const place = c.items.findIndex((item) => item.id === question)
  return (c.names[who] || 'Another') + (place < 0 ? ' is not here yet' : ' is at question ' + (place + 1))
}

function drawClock(/** @type {Live} */ live) {
  const time = live.time()
  if (!time.begun) {
    const how = { id: 'begin', className: 'main', disabled: !live.holds }
    return [button('Start the clock', () => begin(live), how)]
  }
  const clock = make('b', 'clock', '')
  clock.setAttribute('role', 'timer')
  const hint = 'Pauses are left out of the minutes used'
  const how = { id: 'pause', disabled: !live.holds || time.ended, hint }
  return [clock, make('span', 'need', ''), button(time.paused ? 'Go on' : 'Pause', () => pause(live), how)]
}

function drawTools(/** @type {Live} */ live) {
  const toggles = (name, label, how = {}) =>
    button(label, () => panel(live, name), { id: 'panel-' + name, pressed: live.open === name, ...how })
  const hint = 'Hides everything but the candidate’s card, for a shared screen'
  return [
    live.rehearsal ? null : toggles('window', 'Candidate’s window', { className: live.window ? 'on' : '' }),
    button('Share-safe', () => shareSafe(live, true), { id: 'share', hint }),
    toggles('overview', '?', { hint: 'Keys and overview (?)' }),
  ]
}

/** Runs every second and draws nothing but the figures. */
export function tickBar(/** @type {Live} */ live, /** @type {Budget} */ plan) {
  const time = live.time()
  say(live, '.clock', clockText(time.seconds) + ' of ' + live.c.minutes + ' min' + clockState(time))
  const left = minutesText(Math.max(0, plan.left))
  const need = say(live, '.need', 'musts need ' + minutesText(plan.musts) + ' of ' + left + ' left')
  need?.classList.toggle('short', plan.musts > plan.left)
  const [kind, words] = savedWords(live)
  const saved = say(live, '.saved', words)
  if (saved) saved.className = 'saved ' + kind
  const item = live.item()
  if (time.used[item.id]) say(live, '#used-' + live.place, usedText(item, time))
  const drop = plan.drop?.id ?? ''
  if (live.dropFor === drop) return
  live.dropFor = drop
  live.drawNotice()
}

function say(/** @type {Live} */ live, /** @type {string} */ where, /** @type {string} */ words) {
  const found = live.body.querySelector(where)
  if (found && found.textContent !== words) found.textContent = words
  return found
}

function clockState(/** @type {Clock} */ time) {
  if (time.paused) return ' · paused'
  return time.ended ? ' · ended' : ''
}

export function usedText(/** @type {Item} */ item, /** @type {Clock} */ { used }) {
  return (used[item.id] ? minutesText(used[item.id]) + ' of ' : '') + item.minutes + ' min'
}

/** A kind, and what the bar says about what is saved. */
export function savedWords(/** @type {Live} */ { outbox, savedAt }) {
  const waiting = outbox.waiting()
  if (outbox.failure || outbox.refused || outbox.aside.some((one) => one.what === 'entry')) {
    return ['failed', 'NOT SAVED']
  }
  if (outbox.awaySince) {
    return ['away', waiting ? waiting + ' waiting since ' + timeText(outbox.awaySince) : 'No connection']
  }
  if (!waiting) return ['', savedAt ? '✓ saved ' + timeText(savedAt) : '']
  const late = Object.values(outbox.entries).some((entry) => Date.now() - entry.since > LATE_AFTER)
  return [late ? 'away' : '', 'saving …']
}
