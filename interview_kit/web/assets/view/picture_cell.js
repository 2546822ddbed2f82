// One candidate on one competency: the levels given, and what is to be said about them.
import { make } from '../make.js'
import { place } from './picture_plot.js'

// Which of the four tints: half-up, so that 2.5 looks like 3.
const tint = (/** @type {number} */ level) => ' level-' + Math.min(4, Math.max(1, Math.floor(level + 0.5)))
const written = (dot) => dot[2] ?? String(dot[1])

export function cell(one, /** @type {string} */ id, column, told, row) {
  const words = wordsOf(one.data, column, told, row)
  const face = make('button', 'face' + look(told), ...figures(told), told.dots.length ? strip(told) : null)
  face.type = 'button'
  face.id = 'cell-' + id + '-' + column.id
  face.title = words.join('\n') + '\nPress for the words behind it.'
  face.setAttribute('aria-label', words.join('. '))
  face.onclick = () => one.tell({ candidate: id, competency: column.id, number: Date.now() })
  return make('div', 'holder', make('span', 'label', column.name), face)
}

function look({ mean, value, disputed, dots, apart = [] }) {
  const empty = !dots.length && !apart.length
  return (mean ? tint(value) : '') + (disputed ? ' disputed' : '') + (empty ? ' empty' : '')
}

function figures({ mean, dots, disputed, floor, apart = [], unlike = [] }) {
  const beside = (apart.length ? ' †' : '') + (unlike.length ? ' ≠' : '')
  if (mean) {
    const marks = '×' + dots.length + (disputed ? ' ⚡' : '') + (floor ? ' ▾' : '') + beside
    return [make('b', '', mean), make('span', 'marks', marks)]
  }
  if (dots.length) return [make('b', '', dots.map(written).join(' · ')), make('span', 'marks', beside)]
  return [make('span', 'none', apart.length ? 'no score †' : 'no score')]
}

function strip({ dots }) {
  const marks = dots.map(([, level]) => {
    const mark = make('i')
    mark.style.left = place(level)
    return mark
  })
  return make('span', 'strip', ...marks)
}

function wordsOf(data, column, told, row) {
  const { mean, median, dots, disputed, floor, apart = [], unlike = [] } = told
  return [
    row.code + ' ' + row.name + ', ' + column.name,
    mean ? 'mean ' + mean + ', median ' + median : '',
    dots.map((dot) => data.people[dot[0]] + ' ' + written(dot)).join(', '),
    disputed ? '⚡ two levels apart or more' : '',
    floor ? '▾ below the must-have’s floor' : '',
    apart.length ? '† apart, not qualified, in no score: ' + apart.join(', ') : '',
    ...unlike.map((each) => '≠ ' + each),
  ].filter(Boolean)
}
