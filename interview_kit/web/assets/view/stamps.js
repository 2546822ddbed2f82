// A new line of the notes begins with the interview's time; Undo takes it away again.
import { begin } from '../acts.js'

/** @import { Live } from '../state.js' */

export class Stamps {
  /**
   * @param {HTMLTextAreaElement} area
   * @param {Live} live
   */
  constructor(area, live) {
    this.area = area
    this.live = live
    this.stamping = false
    /** @type {string | null} */
    this.composed = null
    area.addEventListener('beforeinput', (event) => this.#beforeInput(event))
    area.addEventListener('compositionstart', () => this.#composing())
    area.addEventListener('compositionend', () => this.#stampComposed())
  }

  #beforeInput(/** @type {InputEvent} */ event) {
    if (this.stamping || event.inputType !== 'insertText') return
    begin(this.live)
    if (this.#onEmptyLine()) this.insert(this.live.stamp() + ' ')
  }

  // An input method composes its letters first: their line gets its time when they stand.
  #composing() {
    this.composed = this.#onEmptyLine() ? this.live.stamp() + ' ' : null
    begin(this.live)
  }

  #stampComposed() {
    const { area, composed } = this
    const at = area.selectionEnd
    const line = this.#lineAt(at)
    if (composed === null || at === line) return
    area.setSelectionRange(line, line)
    this.insert(composed)
    area.setSelectionRange(at + composed.length, at + composed.length)
    this.composed = null
  }

  #lineAt(/** @type {number} */ place) {
    return this.area.value.lastIndexOf('\n', place - 1) + 1
  }

  #onEmptyLine() {
    const { value, selectionStart, selectionEnd } = this.area
    const before = value.slice(this.#lineAt(selectionStart), selectionStart)
    return before === '' && value.slice(selectionEnd).split('\n')[0] === ''
  }

  /** Puts the words where the caret is, so that the browser can undo it. */
  insert(/** @type {string} */ words) {
    const { area } = this
    this.stamping = true
    area.focus()
    if (!document.execCommand('insertText', false, words)) {
      area.setRangeText(words, area.selectionStart, area.selectionEnd, 'end')
      area.dispatchEvent(new Event('input'))
    }
    this.stamping = false
  }
}
