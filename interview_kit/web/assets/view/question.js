// The question in hand: read aloud, then what may be given or looked up, one press each.
import { panel } from '../acts.js'
import { button, explained, make } from '../make.js'
import { known } from '../steps.js'
import { PANELS } from './panels.js'

/** @import { Live } from '../state.js' */

export function drawQuestion(/** @type {Live} */ live) {
  const q = live.item().question
  const prompt = make('h3', 'prompt', explained(q.prompt, q.terms))
  prompt.id = 'prompt'
  const about = make('p', 'soft', [q.competency, q.subskill, q.kind].join(' · '))
  return make('div', 'question', drawHeld(live), about, prompt, make('div', 'tools', ...drawTools(live)))
}

// Read out before the clock runs: how the interview is held.
function drawHeld(/** @type {Live} */ live) {
  const { held } = live.c
  if (!held || live.time().begun) return null
  return make('p', 'held', make('b', '', 'Say first: '), '“' + held + '”')
}

function drawTools(/** @type {Live} */ live) {
  const q = live.item().question
  return Object.entries(PANELS)
    .filter(([, { here }]) => !here || here(q))
    .map(([name, { label, given }]) => {
      const count = given ? known(live.rating().given).filter((key) => key.startsWith(given)).length : 0
      const words = label + (count ? ' (' + count + ')' : '')
      return button(words, () => panel(live, name), { id: 'panel-' + name, pressed: live.open === name })
    })
}
