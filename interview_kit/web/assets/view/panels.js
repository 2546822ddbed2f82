// What may be looked up or given for the question in hand: one panel each.
import { give, go, panel } from '../acts.js'
import { drawExhibit } from '../exhibit.js'
import { button, heading, make } from '../make.js'
import { known } from '../steps.js'
import { decided } from '../time.js'
import { windowPanel } from './window_panel.js'

/** @import { Live } from '../state.js' */
/** @import { Exhibit, Question, Turn } from '../types.d.ts' */

/**
 * @typedef {object} Panel
 * @property {string} label
 * @property {(q: Question, live: Live) => (Node | null)[]} fill
 * @property {(q: Question) => boolean} [here]  whether the question has such a thing
 * @property {string} [given]  how the keys of what it gives begin
 */

/** @type {Record<string, Panel>} */
export const PANELS = {
  you: { label: 'For you', fill: forYou },
  card: { label: 'Card & exhibits', fill: cardAndExhibits, given: 'exhibit-' },
  numbers: { label: 'Numbers if asked', fill: numbers, here: (q) => q.numbers.length > 0, given: 'number-' },
  reveals: { label: 'If they ask', fill: reveals, here: (q) => q.reveals.length > 0, given: 'reveal-' },
  turns: {
    label: 'Turns & limit',
    fill: turns,
    here: (q) => q.turns.length > 0 || Boolean(q.limit || q.trace),
    given: 'turn-',
  },
  levels: { label: 'Levels', fill: levels },
  key: {
    label: 'Answer key',
    fill: (q) => q.key.map((words) => make('p', '', words)),
    here: (q) => q.key.length > 0,
  },
  terms: { label: 'Terms', fill: terms, here: (q) => q.terms.length > 0 },
}

/** @type {Record<string, Panel>} */
const OF_THE_BAR = {
  window: { label: 'Candidate’s window', fill: (_q, live) => windowPanel(live) },
  overview: { label: 'Overview', fill: (_q, live) => overview(live) },
}

/** The panel that is open. */
export function drawPanel(/** @type {Live} */ live) {
  const { label, fill } = PANELS[live.open] ?? OF_THE_BAR[live.open]
  const close = button('Close', () => panel(live, ''), { id: 'panel-close', className: 'close', hint: 'Esc' })
  const size = live.open === 'card' ? 'panel wide' : 'panel'
  const box = make('div', size, close, ...fill(live.item().question, live))
  box.id = 'panel'
  box.tabIndex = -1
  box.setAttribute('role', 'dialog')
  box.setAttribute('aria-label', label)
  return box
}

function forYou(/** @type {Question} */ q) {
  return [
    make('p', '', q.forYou),
    heading('What separates', q.separates),
    heading('The trap', q.trap),
    q.noExperience ? heading('If they have not lived it', q.noExperience) : null,
    q.ledger.length ? heading('Collect', q.ledger.join(' · ')) : null,
    ...q.stages.map((stage) => make('p', '', stage)),
    ...q.routes.map(route),
    make('p', 'soft', q.aside),
  ]
}

function cardAndExhibits(/** @type {Question} */ q, /** @type {Live} */ live) {
  const words = 'What the candidate sees. Exhibits to be asked for stay hidden until you show them.'
  const exhibits = q.exhibits.map((exhibit) => exhibitBox(live, exhibit))
  return [make('p', 'soft', words), make('p', 'words card', q.card), ...exhibits]
}

function numbers(/** @type {Question} */ q, /** @type {Live} */ live) {
  const words = 'Give a number only when it is asked for; what was not asked for is information too.'
  const rows = q.numbers.map((one, n) => giveRow(live, 'number-' + n, one.about, one.give))
  return [make('p', 'soft', words), ...rows]
}

function reveals(/** @type {Question} */ q, /** @type {Live} */ live) {
  const rows = q.reveals.map((one, n) => giveRow(live, 'reveal-' + n, one.asked, one.show))
  return [make('p', 'soft', 'Say or show it only when it is asked for.'), ...rows]
}

function turns(/** @type {Question} */ q, /** @type {Live} */ live) {
  const rows = q.turns.flatMap((one, n) => [
    giveRow(live, 'turn-' + n, turnTitle(one), '“' + one.say + '”'),
    ...reactions(one),
  ])
  const limit = q.limit
    ? [giveRow(live, 'limit', 'Their limit', '“' + q.limit.ask + '”'), ...reactions(q.limit)]
    : []
  const trace = q.trace
    ? [giveRow(live, 'trace', 'The trace', '“' + q.trace.ask + '”'), heading('To check', q.trace.check)]
    : []
  return [...rows, ...limit, ...trace]
}

function turnTitle(/** @type {Turn} */ { after, minute }) {
  const when = minute === null ? [] : ['Minute ' + minute]
  return [...when, ...(after ? ['when ' + after] : [])].join(', ') || 'After the first answer'
}

function reactions(/** @type {{ good: string, fluent: string }} */ { good, fluent }) {
  return [heading('A good answer', good), ...(fluent ? [heading('Only fluent', fluent)] : [])]
}

function route(/** @type {Question['routes'][number]} */ { words, level, earns }) {
  const box = heading('Also a good answer, level ' + level, words)
  if (earns.length) box.append(make('i', '', ' Earns: ' + earns.join('; ') + '.'))
  return box
}

function levels(/** @type {Question} */ q, /** @type {Live} */ { c }) {
  return [1, 2, 3, 4].map((level) => heading(level + ' ' + c.levels[level], q.anchors[level]))
}

function terms(/** @type {Question} */ q) {
  return q.terms.map(({ term, plain, good }) => {
    const line = heading(term, plain)
    line.append(make('i', '', ' Good sign: ' + good))
    return line
  })
}

function giveButton(/** @type {Live} */ live, /** @type {string} */ key, on, [done, todo]) {
  const words = on ? '✓ ' + done + live.givenAt(key) : todo
  return button(words, () => give(live, key), { id: 'give-' + key, pressed: on, disabled: !live.writes() })
}

function giveRow(/** @type {Live} */ live, /** @type {string} */ key, /** @type {string} */ title, words) {
  const on = known(live.rating().given).includes(key)
  return make('div', 'give', giveButton(live, key, on, ['Given', 'Give']), heading(title, words))
}

function exhibitBox(/** @type {Live} */ live, /** @type {Exhibit} */ exhibit) {
  if (exhibit.when === 'start') {
    return make('div', 'box', make('p', 'soft', 'Shown with the question'), drawExhibit(exhibit))
  }
  const press = giveButton(live, 'exhibit-' + exhibit.id, live.given(exhibit), ['Shown', 'Show it'])
  const when = exhibit.when === 'on_request' ? ' only when it is asked for' : ' after the answer'
  return make('div', 'box', press, make('span', 'soft', when), drawExhibit(exhibit))
}

const KEYS = {
  '1 – 4': 'give this level',
  S: 'skip, then a reason',
  E: 'no evidence',
  A: 'not asked',
  'N / P': 'next / previous question',
  C: 'show this question to the candidate',
  H: 'what is on top was asked or said',
  '.': 'time stamp in the notes',
  '/': 'into the notes',
  L: 'into the list; ↑ ↓ and Space to tick',
  Esc: 'out of the notes, close this',
  '?': 'this overview',
}

function overview(/** @type {Live} */ live) {
  const table = make('dl', 'keys')
  for (const [key, words] of Object.entries(KEYS)) {
    table.append(make('dt', '', make('kbd', '', key)), make('dd', '', words))
  }
  const open = live.c.items.flatMap(({ id }, place) => (decided(live.ratings[id]) ? [] : [place]))
  const head = open.length ? 'Still without a level or state: ' : 'Every question has a level or a state.'
  return [
    make('p', '', 'Keys work while you are not typing.'),
    table,
    make('p', '', make('b', '', head)),
    ...open.map((place) => leadThere(live, place)),
  ]
}

function leadThere(/** @type {Live} */ live, /** @type {number} */ place) {
  return button(place + 1 + '. ' + live.c.items[place].title, () => {
    panel(live, '')
    go(live, place)
  })
}
