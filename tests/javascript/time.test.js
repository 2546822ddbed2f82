import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { budget, timeOf } from '../../interview_kit/web/assets/time.js'

const CASES = process.env.INTERVIEW_KIT_TIMES

test('a question has the minutes while it is open, without pauses', () => {
  const minute = 60000
  const moments = [
    { t: 0, kind: 'begun' },
    { t: 0, kind: 'opened', question_id: 'A' },
    { t: 2 * minute, kind: 'paused' },
    { t: 5 * minute, kind: 'resumed' },
    { t: 6 * minute, kind: 'opened', question_id: 'B' },
  ]
  const { used, seconds, running } = timeOf(moments, 10 * minute)
  // A: 2 + 1, B: 4
  assert.deepEqual([used, seconds, running], [{ A: 3, B: 4 }, 7 * 60, true])
})

test('minutes are counted as the scorecard counts them', { skip: !CASES && 'run by pytest' }, () => {
  const cases = JSON.parse(readFileSync(CASES, 'utf-8'))
  assert.ok(cases.length >= 300)
  for (const { moments, until, wanted } of cases) {
    const { used } = timeOf(moments, until)
    for (const question of new Set([...Object.keys(used), ...Object.keys(wanted)])) {
      const apart = Math.abs((used[question] ?? 0) - (wanted[question] ?? 0))
      assert.ok(apart < 0.001, question + ' in ' + JSON.stringify(moments))
    }
  }
})

const item = (id, minutes, must) => ({ id, minutes, must, optional: !must, title: id })
const PLAN = [item('a', 20, true), item('b', 15, false), item('c', 15, true)]

function planned(items, minutesGone, decided = []) {
  const ratings = Object.fromEntries(
    items.map(({ id }) => [id, { level: decided.includes(id) ? 3 : null, state: null }]),
  )
  return budget(items, ratings, { begun: true, seconds: minutesGone * 60, used: {} }, 60, 5)
}

test('with enough time nothing is proposed to be left out', () => {
  // 50 planned, 60 - 5 around - 3 gone = 52 left
  assert.equal(planned(PLAN, 3).drop, null)
})

test('when time runs short an optional question is proposed', () => {
  // 50 planned, 60 - 5 - 15 = 40 left: short by 10
  const { drop, short, musts, left } = planned(PLAN, 15)
  assert.deepEqual([drop.id, short, musts, left], ['b', 10, 35, 40])
})

test('a must is never proposed', () => {
  const musts = PLAN.filter((one) => one.must)
  assert.equal(planned(musts, 50).drop, null)
})

test('what is decided needs no time any more', () => {
  // only c is open: 15 needed, 60 - 5 - 35 = 20 left
  const { drop, musts, left } = planned(PLAN, 35, ['a', 'b'])
  assert.deepEqual([drop, musts, left], [null, 15, 20])
})
