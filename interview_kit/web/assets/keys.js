// Plain keys, inert while typing; with Alt, Ctrl or Cmd they are the browser's.
import { change, go, needsReason, next, panel, rate, said, shareSafe, show } from './acts.js'
import { topStep } from './steps.js'

/** @import { Live } from './state.js' */

/** @type {Record<string, (live: Live) => void>} */
const ACTS = {
  n: next,
  p: (live) => go(live, live.place - 1),
  c: (live) => live.ahead() && show(live),
  h: (live) => said(live, topStep(live)),
  '.': (live) => live.record.line(''),
  '/': (live) => live.record.area.focus(),
  l: (live) => tickBoxes(live)[0]?.focus(),
  '?': (live) => panel(live, 'overview'),
}

/** @returns {HTMLInputElement[]} */
const tickBoxes = (/** @type {Live} */ live) => [
  ...live.body.querySelectorAll(/** @type {any} */ ('.listen input[type=checkbox]')),
]

const isTyping = (target) =>
  target &&
  (target.tagName === 'TEXTAREA' ||
    (target.tagName === 'INPUT' && target.type !== 'checkbox') ||
    target.isContentEditable)

// Whether a box outside of the live screen has the keyboard.
function isElsewhere(/** @type {Live} */ live) {
  const outside = document.activeElement
  if (!outside || outside === document.body || outside.contains(live.body)) return false
  return /^(INPUT|TEXTAREA|SELECT)$/.test(outside.tagName)
}

/** Each answers whether it took the key; then it is not the browser's any more. */
function escape(/** @type {Live} */ live, target) {
  if (live.share) shareSafe(live, false)
  else if (live.open) panel(live, '')
  else if (isTyping(target) && live.body.contains(target)) target.blur()
  else return false
  return true
}

function moveAmongTicks(/** @type {Live} */ live, target, /** @type {number} */ step) {
  const boxes = tickBoxes(live)
  const at = boxes.indexOf(target)
  if (at < 0) return false
  boxes[(at + step + boxes.length) % boxes.length].focus()
  return true
}

function digit(/** @type {Live} */ live, /** @type {string} */ key) {
  if (!/^[1-5]$/.test(key)) return false
  const rating = live.rating()
  if (needsReason(live, rating.state) && !rating.skip_reason) {
    const reasons = /** @type {any} */ (Object.keys(live.c.skips))
    change(live, rating.question_id, { skip_reason: reasons[Number(key) - 1] })
  } else if (key !== '5') rate(live, Number(key), true)
  else return false
  return true
}

function act(/** @type {Live} */ live, /** @type {string} */ key) {
  const found = Object.hasOwn(ACTS, key) ? ACTS[key] : null
  found?.(live)
  return Boolean(found)
}

function giveState(/** @type {Live} */ live, /** @type {string} */ key) {
  const found = Object.entries(live.c.stateChoices).find(([, choice]) => choice.key === key)
  if (found) rate(live, found[0], true)
  return Boolean(found)
}

function taken(/** @type {Live} */ live, /** @type {KeyboardEvent} */ { key }) {
  const target = live.root.activeElement || document.activeElement
  if (key === 'Escape') return escape(live, target)
  if (isTyping(target) || live.share || isElsewhere(live)) return false
  if (key === 'ArrowDown') return moveAmongTicks(live, target, 1)
  if (key === 'ArrowUp') return moveAmongTicks(live, target, -1)
  return act(live, key.toLowerCase()) || giveState(live, key.toLowerCase()) || digit(live, key)
}

export function onKey(/** @type {Live} */ live, /** @type {KeyboardEvent} */ event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return
  if (taken(live, event)) event.preventDefault()
}
