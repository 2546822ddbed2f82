// In the library nothing is kept: only the level that the ticks propose is asked for.
import { content } from './live_outbox.js'
import { post } from './post.js'
import { cleaned } from './words.js'

export class Rehearsal {
  /** @param {import('./types.d.ts').Hooks} hooks */
  constructor(hooks) {
    this.hooks = hooks
    this.works = true
    this.entries = {}
    this.moments = []
    this.aside = []
    this.shown = null
    /** @type {number | null} */
    this.awaySince = null
    this.failure = this.refused = ''
    this.count = 0
  }

  happened(kind, question, detail = '') {
    return { id: 'r' + ++this.count, t: Date.now(), kind, question_id: question, detail }
  }

  async put(question, rating) {
    const told = { ...cleaned(content(rating)), question_id: question }
    try {
      const { ok, answer } = await post('live/rehearse', { pass: this.hooks.pass(), rating: told })
      this.awaySince = null
      if (ok) return this.hooks.proposed(question, answer)
      this.refused = answer.reason
    } catch {
      this.awaySince = Date.now()
    }
    this.hooks.changed()
  }

  waiting() {
    return 0
  }

  send() {}
  wish() {}
  drop() {}
  keep() {}
  dismiss() {}
  close() {}
}
