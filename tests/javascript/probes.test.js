import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waitingProbes } from '../../interview_kit/web/assets/probes.js'

const signal = (id, { must = 0 } = {}) => ({ id, label: 'signal ' + id, must })
const probe = (missed, { help = 0, manner = '' } = {}) => ({ missed, help, manner })
const rating = (values = {}) => ({ ticks: [], probes: [], ...values })
const places = (q, told) => waitingProbes(q, told).map((one) => one.place)

const QUESTION = {
  signals: [signal('a'), signal('b', { must: 1 }), signal('c')],
  probes: [probe(['a']), probe(['b'], { help: 2 }), probe(['c']), probe(['b'], { help: 1 })],
}

test('a probe for a must comes first, the one that helps less before the one that helps more', () => {
  // b is the must: help 1 (place 3), help 2 (place 1); then a and c as they are listed
  assert.deepEqual(places(QUESTION, rating()), [3, 1, 0, 2])
})

test('a probe for what was heard is not proposed', () => {
  assert.deepEqual(places(QUESTION, rating({ ticks: ['b', 'c'] })), [0])
})

test('a probe that was asked is not proposed again', () => {
  assert.deepEqual(places(QUESTION, rating({ probes: [3, 2] })), [1, 0])
})

test('a probe for a manner comes after those for signals', () => {
  const q = { ...QUESTION, probes: [probe(['vague'], { manner: 'anything concrete' }), probe(['a'])] }
  const found = waitingProbes(q, rating())
  assert.deepEqual(
    found.map((one) => one.missing),
    ['signal a', 'anything concrete'],
  )
})
