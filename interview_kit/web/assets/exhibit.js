// An exhibit as the candidate sees it: a table, code with line numbers, text, or a chart with its table.
import { make } from './make.js'

/** @import { Exhibit } from './types.d.ts' */

export function drawExhibit(/** @type {Exhibit} */ exhibit) {
  const { title, chart, alternative } = exhibit
  return make(
    'figure',
    'exhibit',
    make('figcaption', '', title),
    chart ? drawChart(exhibit) : null,
    drawContent(exhibit),
    alternative ? folded('In words', make('p', '', alternative)) : null,
  )
}

function drawContent(/** @type {Exhibit} */ exhibit) {
  if (exhibit.code) return drawCode(exhibit)
  if (!exhibit.rows.length) return exhibit.text ? make('p', 'words', exhibit.text) : null
  return exhibit.chart ? folded('The values as a table', drawTable(exhibit)) : drawTable(exhibit)
}

const folded = (/** @type {string} */ title, /** @type {Node} */ content) =>
  make('details', '', make('summary', '', title), content)

function drawChart(/** @type {Exhibit} */ exhibit) {
  const image = make('img')
  image.alt = exhibit.alternative
  image.src = 'data:image/svg+xml;base64,' + exhibit.chart
  return image
}

function drawTable(/** @type {Exhibit} */ { title, columns, rows }) {
  const head = make('thead', '', drawRow(columns, 'col'))
  const body = make('tbody', '', ...rows.map((cells) => drawRow(cells, 'row')))
  const box = make('div', 'scroll', make('table', '', head, body))
  box.tabIndex = 0
  box.setAttribute('role', 'region')
  box.setAttribute('aria-label', title)
  return box
}

// The first cell of each row is its head.
function drawRow(/** @type {readonly string[]} */ cells, /** @type {'col' | 'row'} */ scope) {
  return make('tr', '', ...cells.map((words, place) => drawCell(words, place, scope)))
}

function drawCell(/** @type {string} */ words, /** @type {number} */ place, scope) {
  const cell = document.createElement(place && scope === 'row' ? 'td' : 'th')
  cell.textContent = words
  cell.scope = scope
  if (place && /^[\s\d.,%+−–$€£-]+$/.test(words)) cell.className = 'number'
  return cell
}

function drawCode(/** @type {Exhibit} */ { title, code }) {
  const lines = code.replace(/\n$/, '').split('\n')
  const box = make('pre', '', ...lines.map(drawLine))
  box.tabIndex = 0
  box.setAttribute('aria-label', title)
  return box
}

function drawLine(/** @type {string} */ words, /** @type {number} */ place) {
  const number = make('span', 'line', String(place + 1))
  number.setAttribute('aria-hidden', 'true')
  return make('code', '', number, words + '\n')
}
