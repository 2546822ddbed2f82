// The live screen's outbox: ratings by question, and moments. While the connection is away it waits.
import { NO_RATING } from './constants.js'
import { Outbox, listening } from './outbox.js'
import { ask, goodbye } from './post.js'
import { holdName, isGone } from './storage.js'

/**
 * @import { Answered, Refusal, Told } from './messages.d.ts'
 * @import { Aside, Hooks, LiveMoment } from './types.d.ts'
 */

const PING_AFTER = 5000
const RETRY_AFTER = 1500
// One message holds no more than this; the rest goes with the next.
const MOST_ENTRIES = 50
const MOST_MOMENTS = 500
const MOST_SENT = 1000000
const MOST_TURNS = 3

/** What of a rating is typed and ticked. */
export const content = (rating) =>
  Object.fromEntries(Object.keys(NO_RATING).map((name) => [name, rating[name]]))

export class LiveOutbox extends Outbox {
  /**
   * @param {string} person
   * @param {string} card
   * @param {number} term
   * @param {Hooks} hooks
   */
  constructor(person, card, term, hooks) {
    super('interview-kit-live-' + person + '-' + card)
    this.hooks = hooks
    this.term = term
    this.#restore()
    /** @type {number | null} */
    this.awaySince = null
    this.failure = this.refused = ''
    this.busy = this.again = this.closed = false
    this.turns = 0
    /** @type {Partial<Told>} */
    this.wishes = {}
    this.release = holdName(this.tab)
    this.ready = this.#askWhetherGone()
    this.stop = this.#listen()
  }

  #restore() {
    /** @type {string | null} */
    this.shown = this.found.shown || null
    /** @type {LiveMoment[]} */
    this.moments = this.found.moments || []
    /** @type {Aside[]} */
    this.aside = this.found.aside || []
  }

  // A copied tab brings the same words along while the first one is still open.
  async #askWhetherGone() {
    if (this.was.length) this.was[0].gone = await isGone(this.was[0].tab)
  }

  #listen() {
    const ticking = setInterval(() => this.#tick(), 500)
    const hidden = () => document.visibilityState === 'hidden' && this.waiting() && this.send()
    const quiet = listening([
      [window, 'pagehide', () => this.leave()],
      [window, 'pageshow', (event) => event.persisted && this.send()],
      [window, 'beforeunload', (event) => this.#warn(event)],
      [window, 'online', () => this.send()],
      [document, 'visibilitychange', hidden],
    ])
    return () => {
      clearInterval(ticking)
      quiet()
    }
  }

  #tick() {
    const idle = this.idle()
    // A clock that was set back makes it less than nothing.
    if (idle > PING_AFTER || idle < 0 || (this.waiting() && idle > RETRY_AFTER)) this.send()
  }

  #warn(/** @type {Event} */ event) {
    if (!this.waiting()) return
    event.preventDefault()
    this.send()
  }

  beside() {
    return { shown: this.shown, moments: this.moments, aside: this.aside }
  }

  keep() {
    const kept = super.keep()
    if (!kept && this.works) this.failure = 'This tab has no room left to keep your words.'
    return kept
  }

  waiting() {
    return super.waiting() + this.moments.length
  }

  put(question, rating, base) {
    super.put(question, content(rating), base)
    this.soon()
  }

  /** Notes that something happened now, and answers with the moment. */
  happened(kind, question, detail = '') {
    const t = Date.now()
    const id = this.tab + '-' + this.next() + '-' + t.toString(36)
    const moment = { id, t, kind, question_id: question, detail }
    this.moments.push(moment)
    this.keep()
    this.soon()
    return moment
  }

  wish(/** @type {Partial<Told>} */ more) {
    this.wishes = { ...this.wishes, ...more }
    return this.send()
  }

  dismiss(/** @type {Aside} */ one) {
    this.aside = this.aside.filter((other) => other !== one)
    this.keep()
  }

  /** @returns {Told} */
  message(wishes = this.wishes) {
    const { focus, shown } = this.hooks
    const who = { tab: this.tab, was: this.was, term: this.term, focus: focus(), shown: shown() }
    const told = { ...who, ...wishes, ...firstPart(this.entries, this.moments), count: this.next() }
    this.keep()
    return told
  }

  async send() {
    if (this.closed) return
    if (this.busy) {
      this.again = true
      return
    }
    this.busy = true
    this.sentAt = Date.now()
    try {
      await this.#tell()
    } finally {
      this.busy = false
    }
    if (!this.again) return
    this.again = false
    if (this.turns) this.send()
    else this.soon()
  }

  async #tell() {
    await this.ready
    const asked = this.wishes
    const told = this.message()
    this.wishes = {}
    const found = await ask(this.hooks.pass(), told)
    if (found.answer && !this.#comesNext(told, found.answer)) return this.#answered(told, found.answer)
    this.wishes = { ...asked, ...this.wishes }
    if (found.answer) this.again = true
    else this.#failed(found)
  }

  // Nobody holds the scorecard, or another took it just now: this window knows how it stands and says it again.
  #comesNext(/** @type {Told} */ told, /** @type {Answered} */ answer) {
    this.term = answer.term
    const may = !answer.holds && answer.state === 'draft' && (answer.free || told.wish === 'take')
    return may && ++this.turns <= MOST_TURNS
  }

  #answered(/** @type {Told} */ told, /** @type {Answered} */ answer) {
    this.turns = 0
    this.awaySince = null
    this.failure = this.refused = ''
    if (answer.holds) this.confirm(told, answer)
    this.hooks.answered(answer, told)
  }

  #failed(/** @type {Awaited<ReturnType<typeof ask>>} */ { failure, refused, away }) {
    if (away) this.awaySince ||= Date.now()
    else this.awaySince = null
    if (failure) this.failure = failure
    if (refused) this.refused = refused
    this.hooks.changed()
  }

  /** What was answered leaves; typed further meanwhile, it stays with the new base. */
  confirm(/** @type {Told} */ told, /** @type {Answered} */ answer) {
    const sent = new Map(told.entries.map((entry) => [entry.question_id, entry.count]))
    for (const { question_id, version } of answer.ratings) {
      const mine = this.entries[question_id]
      if (!mine || !sent.has(question_id)) continue
      if (mine.count === sent.get(question_id)) delete this.entries[question_id]
      else if (!answer.older.includes(question_id)) Object.assign(mine, { base: version, since: Date.now() })
    }
    for (const one of answer.refused) this.#putAside(told, one)
    const ids = new Set(told.moments.map((moment) => moment.id))
    this.moments = this.moments.filter((moment) => !ids.has(moment.id))
    this.keep()
    if (this.waiting()) this.soon()
  }

  // What is refused for good is not sent again, and its words stay to be read and copied until they are dismissed.
  #putAside(/** @type {Told} */ told, /** @type {Refusal} */ { what, place, question_id, reason }) {
    /** @type {any} */
    const sent = what === 'moment' ? told.moments[place] : told.entries[place]
    if (!sent) return
    const question = question_id ?? sent.question_id ?? null
    if (what === 'entry' && this.entries[question]?.count === sent.count) delete this.entries[question]
    const others = this.aside.filter(
      (one) => one.what !== what || one.question !== question || one.reason !== reason,
    )
    const words = what === 'entry' ? wordsOf(sent) : ''
    this.aside = [...others, { what, question, reason, words, kind: sent.kind || '', at: Date.now() }]
  }

  /** Says goodbye. A browser takes only so much then; else the words stay in the tab, and the scorecard is let go. */
  leave() {
    const pass = this.hooks.pass()
    const told = this.message({ ...this.wishes, wish: 'leave' })
    if (!goodbye('live/tell', { pass, told })) {
      goodbye('live/tell', { pass, told: { ...told, entries: [], moments: [] } })
    }
  }

  close() {
    if (this.closed) return
    this.leave()
    this.closed = true
    this.release()
    this.stop()
    this.stopTimer()
  }
}

// Every text of an entry: a field of words is empty text in an empty rating, and words by letter are an object.
const wordsOf = (/** @type {Record<string, any>} */ entry) =>
  Object.entries(NO_RATING)
    .filter(([, empty]) => empty === '' || (empty && !Array.isArray(empty)))
    .flatMap(([field]) =>
      typeof entry[field] === 'string' ? entry[field] : Object.values(entry[field] || {}),
    )
    .filter(Boolean)
    .join('\n')

/** As much as one message holds, the oldest first. */
export function firstPart(entries, moments) {
  const now = Date.now()
  const aged = moments.slice(0, MOST_MOMENTS).map(({ t, ...one }) => ({ ...one, ago: Math.max(0, now - t) }))
  return { entries: firstEntries(entries), moments: aged }
}

function firstEntries(/** @type {Record<string, any>} */ entries) {
  const first = []
  let size = 0
  for (const [question_id, { since, ...entry }] of Object.entries(entries)) {
    size += JSON.stringify(entry).length
    if (first.length && (size > MOST_SENT || first.length >= MOST_ENTRIES)) break
    first.push({ question_id, ...entry })
  }
  return first
}
