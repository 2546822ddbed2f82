import assert from 'node:assert/strict'
import { test } from 'node:test'
import { steps, topStep, turnsDue } from '../../interview_kit/web/assets/steps.js'

const turn = (minute, after = '') => ({ minute, after, say: 'News', good: 'Good', fluent: 'Fluent' })
const QUESTION = {
  signals: [{ id: 'a', label: 'signal a', must: 1 }],
  probes: [{ missed: ['a'], help: 0, manner: '', ask: 'And a?', words: 'neutral' }],
  turns: [turn(4), turn(null, 'they chose a')],
  limit: { ask: 'What would make you wrong?', good: 'Good', fluent: 'Fluent' },
  trace: null,
}

function live({ minutes = 0, given = [], ticks = [], probes = [], question = QUESTION, another = 0 } = {}) {
  return {
    another,
    item: () => ({ id: 'DRF-01', question }),
    rating: () => ({ ticks, probes, given }),
    time: () => ({ used: { 'DRF-01': minutes } }),
  }
}

const keys = (one) => steps(one).map(({ key }) => key)

test('before its minute a turn waits behind the probes, and the limit is last', () => {
  assert.deepEqual(keys(live()), ['probe-0', 'turn-0', 'turn-1', 'limit'])
})

test('a turn whose minute has come is on top', () => {
  assert.deepEqual(keys(live({ minutes: 4 })), ['turn-0', 'probe-0', 'turn-1', 'limit'])
  assert.equal(turnsDue(live({ minutes: 3.9 })), 0)
  assert.equal(turnsDue(live({ minutes: 4 })), 1)
})

test('what was said is not offered again, in the words of an earlier kit either', () => {
  assert.deepEqual(keys(live({ given: ['turn-1', 'limit'] })), ['probe-0', 'turn-0'])
  assert.deepEqual(keys(live({ given: ['twist-0'], ticks: ['a'] })), ['turn-1', 'limit'])
})

test('the limit comes up once everything was heard and every turn was played', () => {
  assert.equal(topStep(live({ ticks: ['a'], given: ['turn-0', 'turn-1'] })).ask, QUESTION.limit.ask)
})

test('the trace of somebody’s own story comes with what to check', () => {
  const question = { ...QUESTION, turns: [], limit: null, trace: { ask: 'Who else knows?', check: 'A name' } }
  assert.deepEqual(topStep(live({ question, ticks: ['a'] })).hear, [['To check: ', 'A name']])
})

test('a turn says what a good and a merely fluent reaction sound like', () => {
  assert.deepEqual(topStep(live({ minutes: 9 })).hear, [
    ['Good: ', 'Good'],
    ['Only fluent: ', 'Fluent'],
  ])
})

test('the next one is on top after another was asked for', () => {
  assert.equal(topStep(live({ another: 1 })).key, 'turn-0')
})

test('nothing left to say is no step of a question before', () => {
  const told = { ticks: ['a'], given: ['turn-0', 'turn-1', 'limit'], another: 5 }
  assert.equal(topStep(live(told)), null)
})
