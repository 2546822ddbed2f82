// The outbox of a box that is saved while one types: words by slot, which travel through Streamlit's session.
import { Outbox } from './outbox.js'

/** @import { TypedData } from './types.d.ts' */

// A tab of an earlier kit keeps the same under other names.
const earlier = (outbox) =>
  Object.fromEntries(Object.entries(outbox).map(([slot, { at, ...one }]) => [slot, { ...one, since: at }]))

export class TypedOutbox extends Outbox {
  /**
   * @param {string} person
   * @param {string} field
   */
  constructor(person, field) {
    super('interview-kit-typed-' + person + '-' + field)
    if (this.found.outbox) this.entries = earlier(this.found.outbox)
    this.reset = 0
    /** @type {((message: object) => void) | null} */
    this.carry = null
  }

  /** What waits, as it is told. */
  message() {
    const entries = Object.entries(this.entries).map(([slot, { since, ...one }]) => [
      slot,
      { ...one, at: since },
    ])
    const was = this.was.map(({ tab, count }) => ({ tab, count }))
    const { tab, count, reset } = this
    return { tab, was, count, reset, entries: Object.fromEntries(entries) }
  }

  send() {
    this.stopTimer()
    if (!this.waiting() || !this.carry) return
    this.sentAt = Date.now()
    this.carry(this.message())
  }

  /** Puts words over the version that is stored now: somebody decided between two texts. */
  settle(/** @type {string} */ slot, /** @type {string} */ text, /** @type {number} */ base) {
    delete this.entries[slot]
    this.put(slot, { text }, base)
  }

  /** A new number drops what waits. */
  resetTo(/** @type {number} */ reset) {
    if (reset !== this.reset) this.entries = {}
    this.reset = reset
  }

  /** What the server has, or has something newer for, leaves; what another window changed waits for a choice. */
  confirm(/** @type {TypedData} */ data) {
    for (const slot of Object.keys(this.entries)) {
      if (this.#isConfirmed(slot, data)) delete this.entries[slot]
      else if (this.#wasStoredOver(slot, data)) this.entries[slot].base = data.versions[slot]
    }
    this.keep()
  }

  #isConfirmed(/** @type {string} */ slot, /** @type {TypedData} */ { stored, answered, clashes, here }) {
    const { text, count } = this.entries[slot]
    if (here ? text.trim() === stored[slot]?.trim() : text === stored[slot]) return true
    return answered.tab === this.tab && (answered.counts[slot] ?? -1) >= count && !(slot in clashes)
  }

  #wasStoredOver(/** @type {string} */ slot, /** @type {TypedData} */ { versions, answered, clashes }) {
    const mine = answered.tab === this.tab && answered.counts[slot]
    return Boolean(mine) && slot in versions && !(slot in clashes)
  }
}
