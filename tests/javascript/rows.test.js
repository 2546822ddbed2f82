import assert from 'node:assert/strict'
import { afterEach, beforeEach, mock, test } from 'node:test'
import { signalRow } from '../../interview_kit/web/assets/view/listen.js'
import { drawLevel } from '../../interview_kit/web/assets/view/level.js'
import { drawRow } from '../../interview_kit/web/assets/view/agenda.js'
import { reachWords } from '../../interview_kit/web/assets/view/window_panel.js'
import { drawExhibit } from '../../interview_kit/web/assets/exhibit.js'
import { Live } from '../../interview_kit/web/assets/state.js'
import { openPage } from './page.js'

const SIGNAL = {
  id: 'a',
  label: 'Says how it was <b>measured</b>',
  level: 2,
  must: 1,
  ways: 0,
  assistant: false,
  plain: 'They name a p95.',
  details: [['Sounds right, is not:', 'It was fast.']],
}
const TERM = { term: 'p95', plain: '95 of 100 are faster', good: '' }
const QUESTION = {
  id: 'Q1',
  signals: [SIGNAL],
  probes: [],
  turns: [],
  limit: null,
  trace: null,
  flags: [],
  terms: [TERM],
  anchors: {},
  reveals: [],
  exhibits: [],
}
const ITEM = { id: 'Q1', title: 'Slow service', minutes: 12, must: true, optional: false, question: QUESTION }
const CONTENT = {
  card: 'card',
  me: 'ada',
  people: [],
  names: {},
  minutes: 60,
  around: 5,
  items: [ITEM],
  levels: { 1: 'none', 2: 'partial', 3: 'solid', 4: 'beyond' },
  states: { not_asked: 'Not asked' },
  stateChoices: { not_asked: { key: 'a', press: 'Not asked', needsReason: false } },
  skips: {},
}
const DATA = {
  content: JSON.stringify(CONTENT),
  ratings: {},
  proposals: {},
  moments: [],
  term: 0,
  others: {},
}
let live

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_000_000 })
  const { document } = openPage()
  live = new Live(document, document.body, { ...DATA, now: Date.now() })
})
afterEach(() => {
  live.outbox.close()
  mock.timers.reset()
})

test('a signal is shown as text, never as markup', () => {
  const row = signalRow(live, SIGNAL)
  assert.equal(row.querySelector('label > b').textContent, SIGNAL.label)
  assert.equal(row.querySelector('label > b').children.length, 0)
})

test('a signal says its level and that it is a must', () => {
  assert.equal(signalRow(live, SIGNAL).querySelector('.soft').textContent, 'level 2 · must')
})

test('a signal says how many ways lead there, and that an assistant alone says it', () => {
  const row = signalRow(live, { ...SIGNAL, ways: 2, assistant: true })
  assert.equal(row.querySelector('.soft').textContent, 'level 2 · must · 2 ways · assistants say this too')
})

test('a signal that was helped says that it counts less', () => {
  assert.match(
    signalRow(live, SIGNAL, true).querySelector('.soft').textContent,
    /helped: counts for 2 at most/,
  )
})

test('a term is explained where it stands', () => {
  const term = signalRow(live, SIGNAL).querySelector('abbr')
  assert.deepEqual([term.textContent, term.title], ['p95', TERM.plain])
})

test('a press on the box notes the signal as heard, and the row shows it', () => {
  signalRow(live, SIGNAL).querySelector('input').onchange()
  assert.deepEqual(live.rating().ticks, ['a'])
  assert.equal(signalRow(live, SIGNAL).className, 'item heard')
})

test('what a signal is mistaken for is shown once it is asked for', () => {
  assert.equal(signalRow(live, SIGNAL).querySelector('.more'), null)
  signalRow(live, SIGNAL).querySelector('.why').onclick()
  assert.equal(
    signalRow(live, SIGNAL).querySelector('.decoy').textContent,
    'Sounds right, is not: It was fast.',
  )
})

test('a window that only reads can tick nothing', () => {
  live.holds = false
  assert.ok(signalRow(live, SIGNAL).querySelector('input').disabled)
})

test('a row of the agenda says the minutes, the weight and the level', () => {
  live.ratings.Q1.level = 3
  const row = drawRow(live, ITEM, 0, live.time())
  assert.equal(row.querySelector('.under').textContent, '12 min · must · 3 solid')
  assert.equal(row.querySelector('button').getAttribute('aria-current'), 'step')
})

const EXHIBIT = {
  id: 'e',
  title: 'Latency',
  columns: [],
  rows: [],
  code: '',
  text: '',
  alternative: '',
  chart: '',
}

test("an exhibit's numbers stand to the right, its words do not", () => {
  const rows = [['v1', '1,200', 'slow']]
  const cells = drawExhibit({ ...EXHIBIT, columns: ['version', 'ms', 'felt'], rows }).querySelectorAll(
    'tbody td',
  )
  assert.deepEqual(
    [...cells].map((cell) => cell.className),
    ['number', ''],
  )
})

test("an exhibit's code has line numbers that are not read aloud", () => {
  const lines = [...drawExhibit({ ...EXHIBIT, code: 'a = 1\nb = 2\n' }).querySelectorAll('code')]
  assert.deepEqual(
    lines.map((line) => line.textContent),
    ['1a = 1\n', '2b = 2\n'],
  )
  assert.equal(lines[0].firstChild.getAttribute('aria-hidden'), 'true')
})

for (const [url, words] of [
  ['http://127.0.0.1:8501/c/x', /this machine only/],
  ['http://192.168.1.4/c/x', /own network only/],
  ['https://kit.example.org/c/x', /^$/],
]) {
  test('who cannot come to ' + url + ' is said', () => assert.match(reachWords(url), words))
}

const ANSWERING = [
  { id: 'm1', t: 0, kind: 'begun' },
  { id: 'm2', t: 0, kind: 'opened', question_id: 'Q1' },
]
const proposalOf = () => drawLevel(live)[0].textContent

test('while an answer runs the proposal says so far, and no verdict', () => {
  live.proposals.Q1 = { level: 3, because: ['2 of 2 musts heard unaided'], missing: [] }
  live.ratings.Q1.ticks = ['a']
  assert.match(proposalOf(), /^Ticks propose 3 solid/)
  live.moments.push(...ANSWERING)
  assert.match(proposalOf(), /^So far 3 solid/)
  live.ratings.Q1.level = 3
  assert.match(proposalOf(), /^Ticks propose 3 solid/)
})
