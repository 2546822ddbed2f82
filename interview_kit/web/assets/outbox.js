// The one outbox: what was typed on a page and the server has not confirmed. It lies in this tab's storage, so that a
// reload or a crash brings it back, and is sent again until it is confirmed. Every change has a count that only grows;
// in whatever order messages arrive, the server keeps the newest (docs/decisions/0014-newest-words-win.md).
import { newName, openStorage } from './storage.js'
import { cleaned } from './words.js'

export const SEND_AFTER = 400
const MOST_FORMER = 8

/**
 * @typedef {{ tab: string, count: number, gone: boolean }} Former  a page that this one continues
 * @typedef {{ base: number, since: number, count: number } & Record<string, any>} Waiting  words on their way
 */

export class Outbox {
  /** @param {string} key  under which it lies in the tab's storage */
  constructor(key) {
    this.key = key
    this.storage = openStorage('sessionStorage')
    this.works = this.storage.works
    this.found = this.storage.read(key) || {}
    this.tab = newName()
    /** How far the page has counted; a reload goes on counting, so that what is newer always has the higher count. */
    this.count = this.found.count || 0
    /** @type {Record<string, Waiting>} */
    this.entries = this.found.entries || {}
    this.was = this.#former()
    this.sentAt = 0
    this.timer = null
  }

  /** @returns {Former[]} */
  #former() {
    const { tab, was = [] } = this.found
    return tab ? [{ tab, count: this.count, gone: false }, ...was].slice(0, MOST_FORMER) : []
  }

  /** The next count. */
  next() {
    this.count += 1
    return this.count
  }

  /** What else is kept beside the words. */
  beside() {
    return {}
  }

  /** Keeps all of it in the tab; false where there is no room. Whether a page is gone is asked anew each time. */
  keep() {
    const was = this.was.map((one) => ({ ...one, gone: false }))
    const kept = { tab: this.tab, count: this.count, entries: this.entries, was, ...this.beside() }
    return this.storage.write(this.key, kept)
  }

  /**
   * Words for a slot, typed over the stored version `base`; over what was waiting there, its base and time stay.
   * @param {string} slot
   * @param {Record<string, any>} words
   * @param {number} base
   */
  put(slot, words, base) {
    const known = this.entries[slot]
    const since = known ? known.since : Date.now()
    this.entries[slot] = { ...cleaned(words), base: known ? known.base : base, since, count: this.next() }
    this.keep()
  }

  drop(/** @type {string} */ slot) {
    delete this.entries[slot]
    this.keep()
  }

  /** How much waits to be confirmed. */
  waiting() {
    return Object.keys(this.entries).length
  }

  /** Milliseconds since something was sent. */
  idle() {
    return Date.now() - this.sentAt
  }

  /** A throttle with a trailing call: what is typed without a pause is saved too. */
  soon() {
    this.timer ??= setTimeout(
      () => {
        this.timer = null
        this.send()
      },
      Math.max(0, SEND_AFTER - this.idle()),
    )
  }

  stopTimer() {
    clearTimeout(this.timer)
    this.timer = null
  }

  /** @returns {unknown} */
  send() {
    throw new Error('An outbox says itself how it sends.')
  }
}

/**
 * Calls each of `[where, what, act]` when it happens, until the answer is called.
 * @param {[EventTarget, string, (event: any) => void][]} listeners
 */
export function listening(listeners) {
  for (const [where, what, act] of listeners) where.addEventListener(what, act)
  return () => {
    for (const [where, what, act] of listeners) where.removeEventListener(what, act)
  }
}
