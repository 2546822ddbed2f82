// Evidence and level. The boxes stay mounted while questions change, so that nothing typed is swapped out.
import { begin, change, leftOut } from '../acts.js'
import { button, make } from '../make.js'
import { MOST_LETTERS } from '../constants.js'
import { cutToFit } from '../words.js'
import { drawLevel, explanation } from './level.js'
import { Stamps } from './stamps.js'

/** @import { Live } from '../state.js' */

export class Record {
  /** @param {Live} live */
  constructor(live) {
    this.live = live
    this.area = make('textarea', 'evidence')
    this.area.id = 'evidence'
    this.area.setAttribute('aria-label', 'Evidence: what was said or done')
    this.area.spellcheck = true
    /** A sentence that a level or a state asks for. */
    this.why = make('textarea', 'why-box')
    this.why.id = 'why'
    this.why.rows = 1
    const said = { id: 'said', className: 'quiet', hint: 'A new line in their words' }
    this.quote = button('> They said', () => this.line('> '), said)
    this.stamp = button('Time stamp', () => this.line(''), {
      id: 'stamp',
      className: 'quiet',
      hint: '. (dot)',
    })
    this.level = make('div', 'level')
    this.box = make('div', 'record', this.#head(), this.area, this.level, this.why)
    this.stamps = new Stamps(this.area, live)
    this.area.addEventListener('input', () => this.#typed(this.area, 'evidence'))
    this.why.addEventListener('input', () => this.#typed(this.why, this.why.dataset.field))
  }

  #head() {
    const label = make('label', '', 'Evidence')
    label.htmlFor = 'evidence'
    const hint = make('span', 'soft', ' · after a >, what they said; the rest is your reading')
    return make('div', 'row', label, hint, make('span', 'spacer'), this.quote, this.stamp)
  }

  // The box says itself which question it shows: while a press lasts the next one is not drawn yet.
  #typed(/** @type {HTMLTextAreaElement} */ area, /** @type {string} */ field) {
    leftOut(this.live, cutToFit(area, MOST_LETTERS), MOST_LETTERS)
    change(this.live, this.area.dataset.question, { [field]: area.value }, { quietly: true })
  }

  /** Whether this is one of its boxes, which keep the keyboard by themselves. */
  has(/** @type {Element} */ element) {
    return element === this.area || element === this.why
  }

  comeIntoView() {
    this.box.scrollIntoView({ block: 'center' })
    this.area.focus({ preventScroll: true })
  }

  /** A new line at the end of the notes, with the interview's time. */
  line(/** @type {string} */ start) {
    if (!this.live.writes()) return
    begin(this.live)
    const { value } = this.area
    this.area.focus()
    this.area.setSelectionRange(value.length, value.length)
    const newLine = value && !value.endsWith('\n') ? '\n' : ''
    this.stamps.insert(newLine + this.live.stamp() + ' ' + start)
  }

  draw() {
    const { live, area } = this
    const rating = live.rating()
    area.dataset.question = live.item().id
    this.#put(area, rating.evidence)
    area.disabled = this.stamp.disabled = this.quote.disabled = !live.writes()
    this.#drawWhy()
    this.level.replaceChildren(...drawLevel(live))
  }

  #drawWhy() {
    const { live, why } = this
    const asked = explanation(live)
    why.hidden = !asked
    if (!asked) return
    why.dataset.field = asked.field
    why.placeholder = asked.words
    why.setAttribute('aria-label', asked.words)
    why.disabled = !live.writes()
    this.#put(why, live.rating()[asked.field])
  }

  // The caret stays where it was.
  #put(/** @type {HTMLTextAreaElement} */ area, /** @type {string} */ words) {
    if (area.value === words) return
    const { selectionStart, selectionEnd } = area
    const here = this.live.root.activeElement === area
    area.value = words
    const within = (/** @type {number} */ at) => Math.min(at, words.length)
    if (here) area.setSelectionRange(within(selectionStart), within(selectionEnd))
  }
}
