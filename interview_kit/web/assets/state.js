// How one live screen stands, and the questions that its parts ask of it. What changes it is in acts.js and answers.js.
import { LiveOutbox, content } from './live_outbox.js'
import { NO_RATING } from './constants.js'
import { Rehearsal } from './rehearsal.js'
import { openStorage } from './storage.js'
import { timeOf } from './time.js'
import { clockText } from './words.js'

/** @import { Clash, Content, Exhibit, Hooks, Item, LiveData, LiveMoment, Proposal, Rating } from './types.d.ts' */

export class Live {
  /**
   * @param {ShadowRoot} root
   * @param {HTMLElement} body
   * @param {LiveData} data
   */
  constructor(root, body, data) {
    this.root = root
    this.body = body
    /** @type {Content} */
    this.c = JSON.parse(data.content)
    this.pass = data.pass
    this.rehearsal = Boolean(data.rehearsal)
    /** How far the server's clock is ahead of this one, in milliseconds. */
    this.skew = data.now - Date.now()
    this.submit = () => {}
    this.draw = (/** @type {{ fresh?: boolean }} */ _options = {}) => {}
    /** Draws the figures that change by themselves. */
    this.tick = () => {}
    this.drawNotice = () => {}
    /** @type {import('./view/record.js').Record} */
    this.record = null
    this.#asStored(data)
    this.#asSeen(data)
    this.#withWhatWaits(data)
  }

  #asStored(/** @type {LiveData} */ data) {
    /** @type {Record<string, Rating>} */
    this.ratings = {}
    for (const { id } of this.c.items) {
      this.ratings[id] = { ...NO_RATING, version: 0, ...data.ratings[id], question_id: id }
    }
    /** The stored version that each question is typed over. */
    this.versions = Object.fromEntries(this.c.items.map(({ id }) => [id, this.ratings[id].version]))
    /** @type {Record<string, Proposal>} */
    this.proposals = { ...data.proposals }
    /** Questions whose proposal is not worked out yet. */
    this.stale = new Set()
    /** @type {Record<string, Clash>} */
    this.clashes = {}
    /** @type {LiveMoment[]} */
    this.moments = data.moments.map((moment) => ({ ...moment, t: moment.t - this.skew }))
    this.savedAt = data.savedAt ? data.savedAt - this.skew : null
    this.holds = true
    this.state = 'draft'
    this.leader = data.leader
    this.others = data.others
    this.window = data.window
  }

  #asSeen(/** @type {LiveData} */ data) {
    const place = this.c.items.findIndex((item) => item.id === data.question)
    this.place = Math.max(0, place)
    /** The panel that is open. */
    this.open = ''
    /** How often something else to say was asked for. */
    this.another = 0
    /** How many turns had come when the screen was drawn. */
    this.turnsDrawn = 0
    this.explained = new Set()
    this.share = false
    this.dropFor = ''
    this.cut = ''
    /** @type {number | null} */
    this.away = null
    this.preferences = openStorage('localStorage')
    this.checksKey = 'interview-kit-checks-' + this.c.me
    this.checks = this.preferences.read(this.checksKey) === true
  }

  #withWhatWaits(/** @type {LiveData} */ data) {
    const { me, card } = this.c
    /** @type {Hooks} */
    this.hooks = {
      pass: () => this.pass,
      focus: () => this.item().id,
      shown: () => (this.leads() && this.running() ? this.onShow : null),
      changed: () => this.draw(),
      answered: () => {},
      proposed: (question, proposal) => this.#proposed(question, proposal),
    }
    const box = this.rehearsal ? new Rehearsal(this.hooks) : new LiveOutbox(me, card, data.term, this.hooks)
    this.outbox = box
    this.onShow = (box.waiting() && box.shown) || data.shown || this.item().id
    for (const [question, entry] of Object.entries(box.entries)) {
      if (this.ratings[question]) Object.assign(this.ratings[question], content(entry))
    }
    const known = new Set(this.moments.map((moment) => moment.id))
    this.moments.push(...box.moments.filter((mine) => !known.has(mine.id)))
  }

  #proposed(/** @type {string} */ question, /** @type {Proposal} */ proposal) {
    this.proposals[question] = proposal
    this.stale.delete(question)
    this.draw()
  }

  item() {
    return this.c.items[this.place]
  }

  rating() {
    return this.ratings[this.item().id]
  }

  time() {
    return timeOf(this.moments, Date.now())
  }

  running() {
    const time = this.time()
    return time.begun && !time.ended
  }

  /** The interview's time, now or when something happened. */
  stamp(/** @type {number} */ t = undefined) {
    const until = this.moments.filter((moment) => moment.t <= (t ?? Infinity))
    return clockText(timeOf(until, t ?? Date.now()).seconds)
  }

  leads() {
    return !this.c.people.length || !this.leader || this.leader === this.c.me
  }

  /** Whether a candidate looks on at what this interviewer shows. */
  windowed() {
    return Boolean(this.window) && this.leads() && this.running()
  }

  shownPlace() {
    const at = this.c.items.findIndex((item) => item.id === this.onShow)
    return at < 0 ? this.place : at
  }

  shownItem() {
    return this.c.items[this.shownPlace()]
  }

  /** Whether this interviewer looks at another question than the candidate. */
  ahead() {
    return this.windowed() && this.shownPlace() !== this.place
  }

  writes() {
    return this.holds && this.state === 'draft' && !this.clashes[this.item().id]
  }

  /** Whether the exhibit was shown, by itself or as an answer to what was asked. */
  given(/** @type {Exhibit} */ exhibit, /** @type {Item} */ { id, question } = this.item()) {
    const { given } = this.ratings[id]
    const asked = question.reveals.some(
      (one, n) => one.exhibit === exhibit.id && given.includes('reveal-' + n),
    )
    return exhibit.when === 'start' || given.includes('exhibit-' + exhibit.id) || asked
  }

  /** When this was given for the question in hand. */
  givenAt(/** @type {string} */ key) {
    const { id } = this.item()
    const at = this.moments.findLast((m) => m.kind === 'given' && m.detail === key && m.question_id === id)
    return at ? ' ' + this.stamp(at.t) : ''
  }
}
