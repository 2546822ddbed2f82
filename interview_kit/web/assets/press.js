// A button that is drawn anew between the finger's coming down and going up gets no click, and a checkbox no tick. So
// while a press lasts nothing is drawn; what was wanted meanwhile is drawn when it ends.

// However a press ends, nothing is held back for longer.
const LONGEST = 3000
// The click comes before what it sets off is drawn; where none comes, the press ends a moment after it.
const NO_CLICK = 80

export class Press {
  /**
   * @param {HTMLElement} body
   * @param {(options: { fresh: boolean }) => void} draw
   */
  constructor(body, draw) {
    this.draw = draw
    this.down = false
    this.wanted = null
    this.longest = null
    this.turn = 0
    this.#listen(body)
  }

  #listen(/** @type {HTMLElement} */ body) {
    const typed = (event) => event.target.type === 'textarea'
    const on = (what, act, capture = true) => body.addEventListener(what, act, capture)
    on('pointerdown', () => this.begin())
    on('keydown', (event) => event.key === ' ' && !typed(event) && this.begin())
    on('click', () => this.clicked())
    on('pointercancel', () => this.end())
    on('pointerup', () => this.down && this.endSoon(NO_CLICK))
    on('keyup', (event) => this.down && event.key === ' ' && this.endSoon(NO_CLICK))
    on('pointerleave', () => this.down && this.end(), false)
  }

  begin() {
    this.down = true
    this.turn += 1
    clearTimeout(this.longest)
    this.longest = setTimeout(() => this.end(), LONGEST)
  }

  clicked() {
    this.down = false
    this.endSoon(0)
  }

  end() {
    this.down = false
    clearTimeout(this.longest)
    const options = this.wanted
    this.wanted = null
    if (options) this.draw(options)
  }

  /** Ends this press and no later one that has begun meanwhile. */
  endSoon(/** @type {number} */ wait) {
    const mine = this.turn
    setTimeout(() => mine === this.turn && this.end(), wait)
  }

  /** Whether drawing waits for the end of a press. */
  waits(/** @type {{ fresh: boolean }} */ { fresh }) {
    if (this.down) this.wanted = { fresh: Boolean(this.wanted?.fresh || fresh) }
    return this.down
  }
}
