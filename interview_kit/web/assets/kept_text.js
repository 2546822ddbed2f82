// A text box that is saved while one types, and keeps what the server has not confirmed.
import { button, make } from './make.js'
import { listening } from './outbox.js'
import { goodbye } from './post.js'
import { TypedOutbox } from './typed.js'
import { cutToFit, leftOutWords, timeText, wellFormed } from './words.js'

/** @import { TypedData } from './types.d.ts' */

const RETRY_AFTER = 2500
/** @type {WeakMap<ShadowRoot, TextBox>} */
const boxes = new WeakMap()

/** @param {{ data: TypedData, parentElement: ShadowRoot, setStateValue: Function }} given */
export default function keptText({ data, parentElement, setStateValue }) {
  const box = boxes.get(parentElement) ?? new TextBox(parentElement, data)
  boxes.set(parentElement, box)
  box.typed.carry = (message) => setStateValue('typed', message)
  box.receive(data)
}

class TextBox {
  /**
   * @param {ShadowRoot} root
   * @param {TypedData} data
   */
  constructor(root, data) {
    this.root = root
    this.data = data
    this.typed = new TypedOutbox(data.person, data.field)
    this.typed.reset = data.reset
    /** @type {string | null} */
    this.slot = null
    this.received = false
    this.cut = 0
    this.#make()
    this.#listen()
  }

  #make() {
    this.label = make('label')
    this.area = make('textarea')
    this.area.spellcheck = true
    this.state = make('div', 'state')
    this.state.setAttribute('role', 'status')
    this.state.setAttribute('aria-live', 'polite')
    this.theirs = make('p')
    const both = () => [this.#clash(), this.area.value].filter(Boolean).join('\n')
    this.other = make(
      'div',
      'other',
      'Stored there: ',
      this.theirs,
      button('Keep both texts', () => this.#settle(both()), { className: 'both' }),
      button('Use what is stored', () => this.#settle(this.#clash()), { className: 'theirs' }),
      button('Use what I typed', () => this.#settle(this.area.value), { className: 'mine' }),
    )
    this.other.hidden = true
    this.root.appendChild(make('div', 'box', this.label, this.area, this.state, this.other))
  }

  #listen() {
    const { typed } = this
    const hidden = () => document.visibilityState === 'hidden' && typed.send()
    const quiet = listening([
      [this.area, 'input', () => this.#input()],
      [this.area, 'blur', () => typed.send()],
      [this.area, 'keydown', (event) => event.stopPropagation()],
      [document, 'visibilitychange', hidden],
      [window, 'beforeunload', (event) => this.#warn(event)],
      [window, 'pagehide', () => this.#leave()],
    ])
    const ticking = setInterval(() => this.#tick(), 1000)
    this.stop = () => {
      clearInterval(ticking)
      quiet()
    }
  }

  #input() {
    this.cut = cutToFit(this.area, this.data.most)
    this.typed.put(this.slot, { text: this.area.value }, this.#version())
    this.typed.soon()
    this.#show()
  }

  #warn(/** @type {Event} */ event) {
    if (!this.typed.waiting()) return
    event.preventDefault()
    this.typed.send()
  }

  // The page is left for good: what is stored while one types goes by a way that needs no page.
  #leave() {
    const { pass } = this.data
    if (pass && this.typed.waiting()) goodbye('live/words', { pass, typed: this.typed.message() })
  }

  #tick() {
    if (!(this.root.host ?? this.root).isConnected) return this.#close()
    if (this.typed.waiting() && !this.data.here && this.typed.idle() > RETRY_AFTER) this.typed.send()
    this.#show()
  }

  // In the kit itself one leaves the page without leaving the tab.
  #close() {
    this.#leave()
    this.stop()
    boxes.delete(this.root)
  }

  #version() {
    return this.data.versions[this.slot] ?? 0
  }

  #waits() {
    return this.slot in this.typed.entries
  }

  /** What another window stored meanwhile, where something waits here. */
  #clash() {
    return this.#waits() ? this.data.clashes[this.slot] : undefined
  }

  #settle(/** @type {string} */ text) {
    this.typed.settle(this.slot, text, this.#version())
    this.area.value = text
    this.typed.send()
    this.#show()
  }

  /** @returns {[string, string]}  a kind, and what is said */
  #words() {
    const { failure, here, savedAt } = this.data
    if (failure) return ['failed', 'NOT SAVED: ' + failure]
    if (this.#clash() !== undefined) return ['failed', 'NOT SAVED: another window of yours changed it.']
    const waiting = this.typed.entries[this.slot]
    if (!waiting) return ['', savedAt && !here ? '✓ saved ' + timeText(savedAt) : '']
    if (here) return ['', this.#keptHere()]
    if (Date.now() - waiting.since <= RETRY_AFTER) return ['', 'saving …']
    const away = 'Not saved yet: no answer from the server. Your words are kept in this tab; keep typing.'
    return ['waiting', away]
  }

  #keptHere() {
    const { works } = this.typed
    return works ? 'kept in this tab until you record it' : 'not recorded yet; this browser keeps nothing'
  }

  #show() {
    const [kind, said] = this.#words()
    this.state.className = 'state ' + (this.cut ? 'waiting' : kind)
    this.state.textContent = (this.cut ? leftOutWords(this.cut, this.data.most) + ' ' : '') + said
    this.other.hidden = this.#clash() === undefined
    this.theirs.textContent = this.#clash() ?? ''
  }

  receive(/** @type {TypedData} */ data) {
    this.data = data
    this.label.textContent = data.label
    this.area.placeholder = data.placeholder
    this.area.rows = data.rows
    this.area.setAttribute('aria-label', data.label)
    this.typed.resetTo(data.reset)
    this.typed.confirm(data)
    this.#put(this.typed.entries[data.slot]?.text ?? data.stored[data.slot] ?? '')
    if (this.typed.waiting() && (!data.here || !this.received)) this.typed.soon()
    this.received = true
    this.#show()
  }

  // Caret and focus stay where they were.
  #put(/** @type {string} */ wanted) {
    const { area, data } = this
    const same = this.slot === data.slot
    if (same && wellFormed(area.value) === wanted) return
    const { selectionStart, selectionEnd } = area
    this.slot = data.slot
    area.value = wanted
    if (same && this.root.activeElement === area) area.setSelectionRange(selectionStart, selectionEnd)
  }
}
