import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { before, mock, test } from 'node:test'
import { pathToFileURL } from 'node:url'

// Where pytest put the loaders of two versions, `old.js` and `new.js`, each with its module but for `late.js`.
const FOLDER = process.env.INTERVIEW_KIT_LOADERS
const skip = !FOLDER && 'run by pytest'
const load = async (version) => (await import(pathToFileURL(`${FOLDER}/${version}.js`))).default

before(() => {
  const head = { append: () => {} }
  const baseURI = pathToFileURL(`${FOLDER}/`).href
  globalThis.document = { baseURI, head, createElement: () => ({}) }
  globalThis.window = {}
})

test('the loader hands over to the module of its version', { skip }, async () => {
  const drawn = []
  await (
    await load('old')
  )({ parentElement: {}, drawn })
  assert.deepEqual(drawn, ['old'])
})

test('what one version began to draw it goes on drawing after an update', { skip }, async () => {
  const drawn = []
  const parentElement = {}
  await (
    await load('old')
  )({ parentElement, drawn })
  await (
    await load('new')
  )({ parentElement, drawn })
  await (
    await load('new')
  )({ parentElement: {}, drawn })
  assert.deepEqual(drawn, ['old', 'old', 'new'])
})

test('what is given in a row is handed over in that row', { skip }, async () => {
  const drawn = []
  const parentElement = {}
  const draw = await load('new')
  const given = (drawn) => ({ parentElement, drawn })
  const order = []
  await Promise.all([1, 2, 3].map((n) => draw(given({ push: () => order.push(n) }))))
  assert.deepEqual([order, drawn], [[1, 2, 3], []])
})

test('a module that cannot be had at first is asked for again', { skip }, async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const drawn = []
  const drawing = (await load('late'))({ parentElement: {}, drawn })
  writeFileSync(`${FOLDER}/live/assets/late/kept_text.js`, "export default ({ drawn }) => drawn.push('late')")
  const turn = setInterval(() => mock.timers.tick(500), 5)
  await drawing
  clearInterval(turn)
  mock.timers.reset()
  assert.deepEqual(drawn, ['late'])
})
