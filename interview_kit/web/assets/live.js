// The live screen: one state, drawn by the parts in view/. Nothing here reruns the page.
import { answered } from './answers.js'
import { onKey } from './keys.js'
import { make } from './make.js'
import { Live } from './state.js'
import { watchClock } from './time.js'
import { openScreen } from './view/screen.js'

/** @type {WeakMap<ShadowRoot, Live>} */
const screens = new WeakMap()

/** @param {{ data: import('./types.d.ts').LiveData, parentElement: ShadowRoot, setTriggerValue: Function }} given */
export default function live({ data, parentElement, setTriggerValue }) {
  const one = screens.get(parentElement) ?? open(parentElement, data)
  screens.set(parentElement, one)
  one.pass = data.pass
  one.submit = () => setTriggerValue('close', true)
}

function open(/** @type {ShadowRoot} */ root, data) {
  const body = make('div', 'live')
  root.appendChild(body)
  const one = new Live(root, body, data)
  one.hooks.answered = (answer, told) => answered(one, answer, told)
  openScreen(one)
  keepGoing(one)
  one.draw()
  one.outbox.send()
  return one
}

// The keyboard and the clock, for as long as the screen is on the page.
function keepGoing(/** @type {Live} */ one) {
  const { root } = one
  const key = (/** @type {KeyboardEvent} */ event) => onKey(one, event)
  document.addEventListener('keydown', key)
  const lookAtClock = watchClock((step) => redate(one, step))
  const ticking = setInterval(() => {
    lookAtClock()
    if ((root.host ?? root).isConnected) return one.tick()
    clearInterval(ticking)
    document.removeEventListener('keydown', key)
    one.outbox.close()
    screens.delete(root)
  }, 1000)
}

function redate(/** @type {Live} */ one, /** @type {number} */ step) {
  for (const moment of new Set([...one.moments, ...one.outbox.moments])) moment.t += step
}
