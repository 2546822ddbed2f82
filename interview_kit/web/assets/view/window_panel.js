// The panel that opens a page of its own for the candidate.
import { openWindow } from '../acts.js'
import { button, make } from '../make.js'

/** @import { Live } from '../state.js' */

const ABOUT =
  'A page of its own for the candidate: the card that you show and the exhibits shown so far, nothing else. ' +
  'It goes on with Next; another question you look at stays yours until you press “Show to the candidate”. ' +
  'It cannot write, and ends when you submit or close it.'

export function windowPanel(/** @type {Live} */ live) {
  const url = live.window ? new URL(live.window, document.baseURI).href : ''
  const reach = reachWords(url || document.baseURI)
  const words = make('p', '', ABOUT, reach ? make('b', 'reach', ' ' + reach) : null)
  if (url) return [words, ...drawOpen(live, url)]
  const how = { className: 'main', id: 'window-open', disabled: !live.writes() }
  return [words, button('Open the candidate’s window', () => openWindow(live, true), how)]
}

function drawOpen(/** @type {Live} */ live, /** @type {string} */ url) {
  const link = make('input', 'link')
  link.value = url
  link.readOnly = true
  link.setAttribute('aria-label', 'Address of the candidate’s window')
  link.onfocus = () => link.select()
  const copy = (/** @type {MouseEvent} */ event) => copyAddress(link, /** @type {any} */ (event.target))
  return [
    link,
    button('Copy the address', copy, { className: 'main' }),
    button('Close it', () => openWindow(live, false), { id: 'window-close' }),
    make('p', '', drawLook(url)),
  ]
}

function drawLook(/** @type {string} */ url) {
  const look = make('a', '', 'Look at it')
  look.href = url
  look.target = '_blank'
  look.rel = 'noopener noreferrer'
  return look
}

async function copyAddress(/** @type {HTMLInputElement} */ link, /** @type {HTMLElement} */ press) {
  try {
    await navigator.clipboard.writeText(link.value)
  } catch {
    link.select()
    document.execCommand('copy')
  }
  press.textContent = 'Copied'
}

const HERE = /^(localhost|.*\.localhost|127\..*|\[::1\]|0\.0\.0\.0)$/
const NEAR = /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|.*\.local$|\[f[cde])/
const ONLY_HERE =
  'This address works on this machine only: a candidate elsewhere cannot open it. ' +
  'Share your screen with Share-safe on, or run the kit under a public address (docs/deploy.md).'

/** Who cannot come to the address: one of this machine or this network reaches nobody elsewhere. */
export function reachWords(/** @type {string} */ url) {
  const { hostname } = new URL(url)
  if (HERE.test(hostname)) return ONLY_HERE
  return NEAR.test(hostname) ? 'This address works in your own network only.' : ''
}
