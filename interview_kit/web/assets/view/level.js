// The level: what the ticks propose, and what the interviewer gives.
import { change, needsReason, rate } from '../acts.js'
import { button, choices, make } from '../make.js'

/** @import { Live } from '../state.js' */
/** @import { Proposal, Rating } from '../types.d.ts' */

const hasMarks = (/** @type {Rating} */ rating) => rating.ticks.length > 0 || rating.red_flags.length > 0

/** The field and the words of a sentence that is asked for; null where none is. */
export function explanation(/** @type {Live} */ live) {
  const rating = live.rating()
  if (needsReason(live, rating.state) && rating.skip_reason === 'other') {
    return { field: 'skip_text', words: live.c.states[rating.state] + ': for which reason?' }
  }
  const proposed = live.proposals[rating.question_id]
  if (!rating.level || !hasMarks(rating) || !proposed || proposed.level === rating.level) return null
  const differs = 'Why ' + rating.level + ' where the ticks propose ' + proposed.level + '?'
  return { field: 'override_reason', words: differs + ' One sentence; it stands on the scorecard' }
}

export function drawLevel(/** @type {Live} */ live) {
  const { qualified, question } = live.item()
  const apart =
    'You are marked as not qualified on ' +
    question.competency +
    ': note and tick what you hear. Your level is shown apart and is not counted.'
  return [
    drawProposal(live),
    ...(qualified ? [] : [make('p', 'apart', apart)]),
    drawChoices(live),
    ...(needsReason(live, live.rating().state) ? [drawReasons(live)] : []),
  ]
}

function drawProposal(/** @type {Live} */ live) {
  const [head, words] = proposalWords(live)
  const line = make('p', 'proposal', make('b', '', head), make('span', 'soft', words))
  line.id = 'proposal'
  return line
}

function proposalWords(/** @type {Live} */ live) {
  const { id } = live.item()
  const proposal = live.proposals[id]
  if (!hasMarks(live.rating())) {
    return ['Level. ', 'Tick what you hear and a level is proposed; you decide.']
  }
  if (proposal && !live.stale.has(id)) return proposed(live, proposal)
  const away = 'The proposal comes when the connection is back; you can decide without it.'
  return ['Level. ', live.outbox.awaySince ? away : 'Weighing …']
}

// While they are still answering, what was heard so far is no verdict.
function proposed(/** @type {Live} */ live, /** @type {Proposal} */ { level, because, missing }) {
  const answering = live.time().running && !live.rating().level && live.shownItem() === live.item()
  const head = (answering ? 'So far ' : 'Ticks propose ') + level + ' ' + live.c.levels[level] + ': '
  const still = missing.length ? ' For ' + (level + 1) + ' still: ' + missing.join(', ') + '.' : ''
  return [head, because.join('; ') + '.' + still]
}

function drawChoices(/** @type {Live} */ live) {
  const { c } = live
  const row = choices('Level')
  for (const level of [1, 2, 3, 4]) {
    const press = choice(live, level, level + ' ' + c.levels[level])
    press.dataset.level = String(level)
    press.title = live.item().question.anchors[level]
    row.append(press)
  }
  const given = live.rating().state
  for (const [state, { press }] of Object.entries(c.stateChoices)) {
    row.append(choice(live, state, state === given ? c.states[state] : press))
  }
  return row
}

function choice(/** @type {Live} */ live, /** @type {number | string} */ value, /** @type {string} */ label) {
  const { level, state } = live.rating()
  const pressed = level === value || state === value
  const how = { id: 'rate-' + value, pressed, disabled: !live.writes(), className: 'choice' }
  return button(label, () => rate(live, value), how)
}

function drawReasons(/** @type {Live} */ live) {
  const row = choices('Why skipped', 'choices reasons')
  Object.entries(live.c.skips).forEach(([key, words], n) =>
    row.append(reason(live, key, n + 1 + ' ' + words)),
  )
  return row
}

function reason(/** @type {Live} */ live, /** @type {any} */ key, /** @type {string} */ words) {
  const pressed = live.rating().skip_reason === key
  const how = { id: 'skip-' + key, pressed, disabled: !live.writes(), className: 'choice' }
  return button(words, () => change(live, live.item().id, { skip_reason: key }), how)
}
