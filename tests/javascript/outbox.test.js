import assert from 'node:assert/strict'
import { afterEach, beforeEach, mock, test } from 'node:test'
import { LiveOutbox } from '../../interview_kit/web/assets/live_outbox.js'
import { TypedOutbox } from '../../interview_kit/web/assets/typed.js'
import { Storage, openPage, settled } from './page.js'

const NOTHING = { level: null, state: null, skip_reason: null, skip_text: '', evidence: '', ticks: [] }
const BLANK = { ...NOTHING, probes: [], red_flags: [], flag_quotes: {}, given: [], override_reason: '' }
const rating = (values) => ({ ...BLANK, ...values })
const HELD = { holds: true, term: 1, free: false, state: 'draft', ratings: [], older: [], refused: [] }
const opened = []

// As the kit answers: what was told stands now, one version further.
const stored = (told, more = {}) => ({
  ...HELD,
  ratings: told.entries.map((one) => ({ ...one, version: one.base + 1 })),
  ...more,
})

function open({ tab = new Storage(), server = null, card = 'card' } = {}) {
  const page = openPage({ tab, server: server && (({ told }) => server(told)) })
  const answers = []
  const answered = (answer) => answers.push(answer)
  const hooks = { pass: () => 'pass', focus: () => 'A', shown: () => null, changed: () => {}, answered }
  const box = new LiveOutbox('ada', card, 1, hooks)
  opened.push(box)
  return { ...page, box, answers }
}

beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_000_000 }))
afterEach(() => {
  opened.splice(0).forEach((box) => box.close())
  mock.timers.reset()
})

test('what was answered leaves the outbox', async () => {
  const { box } = open({ server: (told) => stored(told) })
  box.put('A', rating({ evidence: 'one' }), 0)
  await box.send()
  assert.equal(box.waiting(), 0)
})

test('what was typed while a message was on its way stays, over the version that was stored', async () => {
  let answer
  const { box } = open({ server: (told) => new Promise((give) => (answer = () => give(stored(told)))) })
  box.put('A', rating({ evidence: 'one' }), 4)
  const sending = box.send()
  await settled()
  box.put('A', rating({ evidence: 'one two' }), 4)
  answer()
  await sending
  const { evidence, base } = box.entries.A
  assert.deepEqual({ evidence, base }, { evidence: 'one two', base: 5 })
})

test('a later change always has the higher count', () => {
  const { box } = open()
  box.put('A', rating({ evidence: 'a' }), 0)
  const first = box.entries.A.count
  box.put('A', rating({ evidence: 'ab' }), 0)
  assert.ok(box.entries.A.count > first)
})

test('without a connection the words wait, and the page is told since when', async () => {
  const { box } = open()
  box.put('A', rating({ evidence: 'one' }), 0)
  await box.send()
  assert.deepEqual([box.waiting(), box.awaySince], [1, 1_000_000])
})

test('what waits is sent again by itself once the connection is back', async () => {
  let away = true
  const server = (told) => {
    if (away) throw new TypeError('Failed to fetch')
    return stored(told)
  }
  const { box } = open({ server })
  box.put('A', rating({ evidence: 'one' }), 0)
  await box.send()
  away = false
  mock.timers.tick(2000)
  await settled()
  assert.deepEqual([box.waiting(), box.awaySince], [0, null])
})

test('a database that is away is said, and the words wait', async () => {
  const { box } = open({ server: () => ({ status: 503, reason: 'No database.' }) })
  box.put('A', rating({ evidence: 'one' }), 0)
  await box.send()
  assert.deepEqual([box.failure, box.waiting()], ['No database.', 1])
})

test('after a reload the words are still there, and the former page is named with its count', async () => {
  const tab = new Storage()
  const before = open({ tab }).box
  before.put('A', rating({ evidence: 'one' }), 0)
  const { box } = open({ tab })
  assert.equal(box.entries.A.evidence, 'one')
  assert.deepEqual([box.was[0].tab, box.was[0].count], [before.tab, before.count])
  assert.notEqual(box.tab, before.tab)
})

test('counts go on after a reload', () => {
  const tab = new Storage()
  const before = open({ tab }).box
  before.put('A', rating({ evidence: 'one' }), 0)
  const { box } = open({ tab })
  box.put('B', rating({ evidence: 'two' }), 0)
  assert.ok(box.entries.B.count > before.entries.A.count)
})

test('another person and another scorecard read none of it', () => {
  const tab = new Storage()
  open({ tab }).box.put('A', rating({ evidence: 'one' }), 0)
  assert.equal(open({ tab, card: 'another' }).box.waiting(), 0)
})

test('one refused entry is put aside with its words and its reason, and blocks no other', async () => {
  const refused = [{ what: 'entry', place: 0, question_id: 'A', reason: 'No such question.' }]
  const { box } = open({ server: (told) => ({ ...HELD, refused, ratings: stored(told).ratings.slice(1) }) })
  box.put('A', rating({ evidence: 'mine' }), 0)
  box.put('B', rating({ evidence: 'two' }), 0)
  await box.send()
  const [{ what, question, reason, words }] = box.aside
  assert.deepEqual([what, question, reason, words], ['entry', 'A', 'No such question.', 'mine'])
  assert.equal(box.waiting(), 0)
})

test('what the server has something newer for keeps its base', async () => {
  let answer
  const server = (told) => new Promise((give) => (answer = () => give(stored(told, { older: ['A'] }))))
  const { box } = open({ server })
  box.put('A', rating({ evidence: 'one' }), 4)
  const sending = box.send()
  await settled()
  box.put('A', rating({ evidence: 'one two' }), 4)
  answer()
  await sending
  assert.equal(box.entries.A.base, 4)
})

test('a window that does not hold the scorecard drops nothing', async () => {
  const { box } = open({ server: (told) => stored(told, { holds: false }) })
  box.put('A', rating({ evidence: 'one' }), 0)
  await box.send()
  assert.equal(box.waiting(), 1)
})

test('a window that finds the scorecard free says it again, in the new term', async () => {
  const terms = []
  const server = (told) => {
    terms.push(told.term)
    return terms.length === 1 ? { ...HELD, holds: false, free: true, term: 7 } : stored(told, { term: 7 })
  }
  const { box } = open({ server })
  box.put('A', rating({ evidence: 'one' }), 0)
  await box.send()
  await settled()
  assert.deepEqual([terms, box.waiting()], [[1, 7], 0])
})

test('a wish that was not answered is told again', async () => {
  let away = true
  const wishes = []
  const server = (told) => {
    wishes.push(told.wish)
    if (away) throw new TypeError('Failed to fetch')
    return stored(told)
  }
  const { box } = open({ server })
  await box.wish({ wish: 'take' })
  away = false
  await box.send()
  await box.send()
  assert.deepEqual(wishes, ['take', 'take', undefined])
})

test('typing without a pause is sent four tenths of a second after the last message', async () => {
  const sent = []
  const { box } = open({ server: (told) => (sent.push(Date.now()), stored(told)) })
  await box.send()
  for (let letter = 1; letter <= 9; letter++) {
    box.put('A', rating({ evidence: 'x'.repeat(letter) }), 0)
    mock.timers.tick(100)
    await settled()
  }
  assert.deepEqual(sent, [1_000_000, 1_000_400, 1_000_800])
})

test('a message holds at most fifty entries, the oldest first', async () => {
  const { box } = open({ server: (told) => stored(told) })
  for (let n = 0; n < 60; n++) box.put('Q' + n, rating({ evidence: String(n) }), 0)
  const { entries } = box.message()
  assert.deepEqual([entries.length, entries[0].question_id], [50, 'Q0'])
})

test('a moment is told by its age, and not by a clock that may be wrong', () => {
  const { box } = open()
  box.happened('begun', null)
  mock.timers.tick(300)
  const [{ kind, ago }] = box.message().moments
  assert.deepEqual([kind, ago], ['begun', 300])
})

test('no half of a character and no NUL is kept', () => {
  const { box } = open()
  box.put('A', rating({ evidence: 'a\0b\ud83d', flag_quotes: { a: '\udc00!' } }), 0)
  assert.deepEqual([box.entries.A.evidence, box.entries.A.flag_quotes.a], ['ab\uFFFD', '\uFFFD!'])
})

test('a tab without room says so', () => {
  const { box, tab } = open()
  tab.full = true
  box.put('A', rating({ evidence: 'one' }), 0)
  assert.match(box.failure, /no room/)
})

test('a page that is left lets go of the scorecard and tells its last words', async () => {
  const { box, beacons } = open()
  box.put('A', rating({ evidence: 'last' }), 0)
  box.close()
  const { told } = JSON.parse(await beacons[0][1].text())
  assert.deepEqual([beacons[0][0], told.wish, told.entries[0].evidence], ['live/tell', 'leave', 'last'])
})

// The boxes that are saved through Streamlit's session

const answer = (values) => ({
  stored: {},
  versions: {},
  clashes: {},
  answered: { tab: '', counts: {} },
  here: false,
  ...values,
})

test('a text that is stored leaves the outbox', () => {
  openPage()
  const typed = new TypedOutbox('ada', 'reason')
  typed.put('r1', { text: 'good' }, 0)
  typed.confirm(answer({ stored: { r1: 'good' } }))
  assert.equal(typed.waiting(), 0)
})

test('a text that was answered for an older count stays, over the stored version', () => {
  openPage()
  const typed = new TypedOutbox('ada', 'reason')
  typed.put('r1', { text: 'good' }, 0)
  typed.put('r1', { text: 'good enough' }, 0)
  const answered = { tab: typed.tab, counts: { r1: 1 } }
  typed.confirm(answer({ stored: { r1: 'good' }, versions: { r1: 3 }, answered }))
  assert.deepEqual([typed.entries.r1.text, typed.entries.r1.base], ['good enough', 3])
})

test('a text that another window changed waits for a choice', () => {
  openPage()
  const typed = new TypedOutbox('ada', 'reason')
  typed.put('r1', { text: 'mine' }, 0)
  const answered = { tab: typed.tab, counts: { r1: 1 } }
  typed.confirm(
    answer({ stored: { r1: 'theirs' }, versions: { r1: 3 }, clashes: { r1: 'theirs' }, answered }),
  )
  assert.deepEqual([typed.entries.r1.text, typed.entries.r1.base], ['mine', 0])
})

test('a choice between two texts is typed over the version that is stored', () => {
  openPage()
  const typed = new TypedOutbox('ada', 'reason')
  typed.put('r1', { text: 'mine' }, 0)
  typed.settle('r1', 'both', 3)
  assert.deepEqual([typed.entries.r1.text, typed.entries.r1.base], ['both', 3])
})

test('what a tab of an earlier kit kept is read on', () => {
  const old = {
    tab: 'before',
    count: 4,
    outbox: { r1: { text: 'kept', base: 2, at: 99, count: 4 } },
    was: [],
  }
  openPage({ tab: new Storage({ 'interview-kit-typed-ada-reason': JSON.stringify(old) }) })
  const told = new TypedOutbox('ada', 'reason').message()
  assert.deepEqual(told.entries, { r1: { text: 'kept', base: 2, count: 4, at: 99 } })
  assert.deepEqual([told.count, told.was], [4, [{ tab: 'before', count: 4 }]])
})

test('a new reset drops what waits', () => {
  openPage()
  const typed = new TypedOutbox('ada', 'reason')
  typed.put('r1', { text: 'mine' }, 0)
  typed.resetTo(1)
  assert.equal(typed.waiting(), 0)
})
