// What to listen for: the probe for what is missing on top, then signals as large targets, then red flags.
import { change, leftOut, said } from '../acts.js'
import { button, explained, make } from '../make.js'
import { steps } from '../steps.js'
import { cutToFit, toggled } from '../words.js'

/** @import { Live } from '../state.js' */
/** @import { Flag, Question, Rating, Signal, Step } from '../types.d.ts' */

const MOST_QUOTED = 2000
const MANY = 12

export function drawListen(/** @type {Live} */ live) {
  const q = live.item().question
  const rating = live.rating()
  const helped = helpedSignals(q, rating)
  return make(
    'div',
    q.signals.length + q.flags.length >= MANY ? 'listen full' : 'listen',
    drawNext(live, rating),
    drawHead(live),
    ...q.signals.map((signal) => signalRow(live, signal, helped.has(signal.id))),
    q.flags.length ? make('p', 'soft head', 'Red flags') : null,
    ...q.flags.map((flag) => flagRow(live, q, flag)),
  )
}

function helpedSignals(/** @type {Question} */ q, /** @type {Rating} */ rating) {
  const helping = q.probes.filter((probe, place) => probe.help === 2 && rating.probes.includes(place))
  return new Set(helping.flatMap((probe) => probe.missed))
}

function drawHead(/** @type {Live} */ live) {
  const toggle = () => {
    live.checks = !live.checks
    live.preferences.write(live.checksKey, live.checks)
    live.draw()
  }
  const hint = 'Shows beside each signal a question whose answer you can verify'
  const checks = button('Check questions', toggle, {
    id: 'checks',
    className: 'quiet',
    pressed: live.checks,
    hint,
  })
  return make('div', 'row', make('span', 'soft head', 'Listen for'), make('span', 'spacer'), checks)
}

function drawNext(/** @type {Live} */ live, /** @type {Rating} */ rating) {
  const box = make('div', 'probe')
  box.setAttribute('aria-live', 'polite')
  const left = steps(live)
  if (!left.length) {
    const asked = rating.probes.length
    box.append(make('p', '', asked ? 'Nothing left to ask.' : 'Everything was heard; nothing left to ask.'))
    return box
  }
  box.append(...drawStep(live, left[live.another % left.length]))
  if (left.length > 1) box.append(drawAnother(live))
  if (rating.probes.length) box.append(make('span', 'soft', rating.probes.length + ' asked'))
  return box
}

function drawStep(/** @type {Live} */ live, /** @type {Step} */ step) {
  const press = step.place === null ? 'Said' : 'Asked'
  return [
    make('p', 'missing', make('b', '', step.head), step.missing),
    make('p', 'ask', '“' + step.ask + '” ', make('span', 'soft', step.words)),
    ...step.hear.map(([head, words]) => make('p', 'soft hear', make('b', '', head), words)),
    button(press, () => said(live, step), { id: 'asked', disabled: !live.writes(), hint: 'H' }),
  ]
}

function drawAnother(/** @type {Live} */ live) {
  const turn = () => {
    live.another += 1
    live.draw()
  }
  return button('Another', turn, { id: 'another', className: 'quiet' })
}

/** A signal with its box to tick, and what explains it. */
export function signalRow(/** @type {Live} */ live, /** @type {Signal} */ signal, helped = false) {
  const { question_id, ticks } = live.rating()
  const must = signal.must ? ' · must' : ''
  const ways = signal.ways ? ' · ' + signal.ways + ' ways' : ''
  const too = signal.assistant ? ' · assistants say this too' : ''
  return listenRow(live, {
    ...signal,
    id: 'tick-' + signal.id,
    note: 'level ' + signal.level + must + ways + too + (helped ? ' · helped: counts for 2 at most' : ''),
    on: ticks.includes(signal.id),
    toggle: () => change(live, question_id, { ticks: toggled(ticks, signal.id) }),
  })
}

function flagRow(/** @type {Live} */ live, /** @type {Question} */ q, /** @type {Flag} */ flag) {
  const { red_flags } = live.rating()
  const on = red_flags.includes(flag.id)
  const row = listenRow(live, {
    id: 'flag-' + flag.id,
    label: flag.flag,
    note: flag.effect,
    plain: '',
    details: [['Why:', flag.reason]],
    on,
    toggle: () => change(live, q.id, { red_flags: toggled(red_flags, flag.id) }),
  })
  row.classList.add('flag')
  if (on) row.append(quoteBox(live, q, flag))
  return row
}

function listenRow(/** @type {Live} */ live, row) {
  const { terms } = live.item().question
  const open = live.explained.has(row.id)
  const more = row.details.map(([head, words]) =>
    make('p', head.startsWith('Sounds') ? 'decoy' : '', make('b', '', head + ' '), explained(words, terms)),
  )
  return make(
    'div',
    row.on ? 'item heard' : 'item',
    tickBox(live, row),
    rowText(live, row, terms),
    whyButton(live, row, open),
    open ? make('div', 'more', ...more) : null,
  )
}

function tickBox(/** @type {Live} */ live, { id, on, toggle }) {
  const input = make('input')
  input.type = 'checkbox'
  input.checked = on
  input.disabled = !live.writes()
  input.id = id
  input.onchange = toggle
  return input
}

function rowText(/** @type {Live} */ live, { id, label, note, plain, details, on }, terms) {
  const check = details.find(([head]) => head === 'Check:')
  const text = make('label', '', make('b', '', label), ' ', make('span', 'soft', note))
  text.htmlFor = id
  if (plain) text.append(make('span', 'plain', explained(plain, terms)))
  if (live.checks && check && !on) text.append(make('span', 'check', make('b', '', 'Check: '), check[1]))
  return text
}

function whyButton(/** @type {Live} */ live, { id, label }, /** @type {boolean} */ open) {
  const toggle = () => {
    if (open) live.explained.delete(id)
    else live.explained.add(id)
    live.draw()
  }
  const why = button('i', toggle, { id: 'why-' + id, className: 'why', hint: 'Decoy and check question' })
  why.setAttribute('aria-label', 'Explain: ' + label)
  why.setAttribute('aria-expanded', String(open))
  return why
}

function quoteBox(/** @type {Live} */ live, /** @type {Question} */ q, /** @type {Flag} */ flag) {
  const quote = make('input', 'quote')
  quote.id = 'quote-' + flag.id
  quote.placeholder = 'Their words (may stay empty)'
  quote.setAttribute('aria-label', 'Their words for: ' + flag.flag)
  quote.value = live.rating().flag_quotes[flag.id] || ''
  quote.disabled = !live.writes()
  quote.oninput = () => {
    leftOut(live, cutToFit(quote, MOST_QUOTED), MOST_QUOTED)
    const flag_quotes = { ...live.ratings[q.id].flag_quotes, [flag.id]: quote.value }
    change(live, q.id, { flag_quotes }, { quietly: true })
  }
  return quote
}
