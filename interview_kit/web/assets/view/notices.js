// Everything that has to be said aloud stands here, above the work, until it is settled.
import { change, go, leftOut, settle, show } from '../acts.js'
import { button, copyWords, make } from '../make.js'
import { minutesText, timeText } from '../words.js'

/** @import { Live } from '../state.js' */
/** @import { Aside, Budget, Clash } from '../types.d.ts' */

export function drawNotices(/** @type {Live} */ live, /** @type {Budget} */ plan) {
  return make(
    'div',
    'notices',
    ...aboutSaving(live),
    aboutHolding(live),
    live.ahead() ? aboutLookingAhead(live) : null,
    live.outbox.works ? null : note('warn', KEEPS_NOTHING),
    live.cut ? aboutCut(live) : null,
    ...live.outbox.aside.map((one) => drawAside(live, one)),
    plan.drop ? aboutTime(live, plan) : null,
    ...Object.entries(live.clashes).map(([question, clash]) => drawClash(live, question, clash)),
  )
}

const KEEPS_NOTHING =
  'This browser is set to keep nothing for this page: your words are kept on the server only. ' +
  'Wait for “✓ saved” before you reload or close it.'

function note(/** @type {string} */ kind, /** @type {string} */ words, .../** @type {Node[]} */ actions) {
  const line = make('div', 'notice ' + kind, make('span', '', words), ...actions)
  line.setAttribute('role', kind === 'bad' ? 'alert' : 'status')
  return line
}

function aboutSaving(/** @type {Live} */ live) {
  const { failure, refused, awaySince } = live.outbox
  return [
    failure ? aboutFailure(live) : null,
    refused ? aboutRefusal(live) : null,
    awaySince
      ? note(
          'warn',
          'No connection since ' +
            timeText(awaySince) +
            '. Go on: what you type and tick waits in this tab and is sent when the connection is back.',
        )
      : null,
  ]
}

function aboutFailure(/** @type {Live} */ live) {
  const kept = ' Your words are kept in this tab and sent again until they are stored.'
  return note(
    'bad',
    'Not saved: ' + live.outbox.failure + kept,
    button('Try now', () => live.outbox.send()),
  )
}

function aboutRefusal(/** @type {Live} */ live) {
  const kept = live.outbox.waiting() ? ' Your words are kept in this tab; copy them before you close it.' : ''
  const again = button('Load the page again', () => location.reload())
  return note('bad', 'Not saved: ' + live.outbox.refused + kept, again)
}

function aboutHolding(/** @type {Live} */ live) {
  if (live.state !== 'draft') {
    return note('warn', 'This scorecard is ' + live.state + '. Nothing is recorded any more.')
  }
  if (live.holds) return null
  const typed = Object.keys(live.outbox.entries).length
    ? ' What you typed here is not stored yet; take over and you decide which text stays.'
    : ''
  const words = 'Another window of yours writes this interview; this one follows it.' + typed
  const take = () => live.outbox.wish({ wish: 'take' })
  return note('warn', words, button('Take over', take, { className: 'main', id: 'take' }))
}

function aboutLookingAhead(/** @type {Live} */ live) {
  const place = live.shownPlace()
  const title = place + 1 + '. ' + live.shownItem().title
  const how = { id: 'show-candidate', className: 'main', disabled: !live.writes(), hint: 'C' }
  return note(
    'look',
    'Only you see this question. The candidate still sees “' + title + '”.',
    button('Show to the candidate', () => show(live), how),
    button('Back to ' + (place + 1), () => go(live, place), { id: 'back-to-shown' }),
  )
}

const aboutCut = (/** @type {Live} */ live) =>
  note(
    'warn',
    live.cut,
    button('All right', () => leftOut(live, 0), { id: 'left-out' }),
  )

function aboutTime(/** @type {Live} */ live, /** @type {Budget} */ { drop, short }) {
  const would = 'Leaving out “' + drop.title + '” would make room; you decide.'
  const skip = () => change(live, drop.id, { level: null, state: 'skipped', skip_reason: 'time' })
  const words = 'Short by ' + minutesText(short) + ' min. ' + would
  return note('', words, button('Skip it: no time', skip, { id: 'drop' }))
}

const titled = (/** @type {Live} */ live, /** @type {string} */ question) =>
  live.c.items.find((item) => item.id === question)?.title

const REFUSED = {
  entry: () => 'these words are not stored',
  mark: () => 'one mark is not stored; the words are',
  moment: (/** @type {Aside} */ { kind }) => 'the moment “' + kind + '” is not stored',
}

// What the kit refused for good: the reason, and the words to copy.
function drawAside(/** @type {Live} */ live, /** @type {Aside} */ one) {
  const title = titled(live, one.question)
  const where = title ? '“' + title + '”' : one.question || 'The interview'
  const head = make('b', '', where + ': ' + REFUSED[one.what](one) + '. ')
  const box = make('div', 'notice clash', head, one.reason + ' ')
  box.setAttribute('role', 'alert')
  const copy = (/** @type {MouseEvent} */ event) => copyWords(one.words, event.target)
  if (one.words) {
    box.append(make('p', 'words aside', one.words), button('Copy the words', copy, { className: 'main' }))
  }
  const dismiss = () => {
    live.outbox.dismiss(one)
    live.draw()
  }
  box.append(button('Dismiss', dismiss))
  return box
}

// Two windows wrote the same question: both texts are shown, and one decides.
function drawClash(/** @type {Live} */ live, /** @type {string} */ question, /** @type {Clash} */ clash) {
  const { theirs, mine } = clash
  const text = (/** @type {string} */ title, { evidence }) =>
    make('div', '', make('b', '', title), make('p', 'words', evidence || '(no text)'))
  const head = '“' + titled(live, question) + '” was changed in another window. Nothing was overwritten.'
  return make(
    'div',
    'notice clash',
    make('b', '', head),
    make('div', 'texts', text('Stored', theirs), text('Typed here', mine)),
    button('Keep both texts', () => settle(live, question, bothOf(clash)), { className: 'main' }),
    button('Use what is stored', () => settle(live, question, theirs)),
    button('Use what I typed', () => settle(live, question, mine)),
  )
}

function bothOf(/** @type {Clash} */ { theirs, mine }) {
  const evidence = [theirs.evidence, mine.evidence].filter(Boolean).join('\n')
  return { ...theirs, evidence, ticks: [...new Set([...theirs.ticks, ...mine.ticks])].sort() }
}
