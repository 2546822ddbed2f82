// The comparison as a table of buttons.
import { make } from './make.js'
import { cell } from './view/picture_cell.js'
import { SCALE, place, standing } from './view/picture_plot.js'

// A long table is drawn from the top in pieces, so that its first rows stand there at once.
const AT_ONCE = 40
const MOST_CHOSEN = 5
const pictures = new WeakMap()

export default function picture({ data, parentElement, setStateValue }) {
  const one = pictures.get(parentElement) ?? open(parentElement)
  one.data = data
  one.chosen = data.chosen
  one.tell = (pressed) => setStateValue('told', { chosen: one.chosen, pressed })
  const focused = parentElement.activeElement?.id ?? one.root.getRootNode().activeElement?.id
  draw(one)
  if (focused) one.root.querySelector('#' + CSS.escape(focused))?.focus()
}

function open(/** @type {ShadowRoot} */ parent) {
  const one = { root: make('div'), turn: 0, data: null, chosen: [], tell: null }
  parent.append(one.root)
  pictures.set(parent, one)
  return one
}

function draw(one) {
  const { data, root } = one
  const table = make('table', data.evidenceOnly ? 'picture only' : 'picture', head(data))
  const waiting = data.sections.flatMap((section) => drawSection(one, table, section))
  const turn = ++one.turn
  const more = () => {
    if (one.turn !== turn) return
    waiting.splice(0, AT_ONCE).forEach((next) => next())
    if (waiting.length) setTimeout(more)
  }
  more()
  root.replaceChildren(make('div', 'around', table))
}

// Puts the section into the table, and answers with how each of its rows is drawn.
function drawSection(one, /** @type {HTMLTableElement} */ table, { title, ids }) {
  const body = make('tbody', '', title ? groupLine(one.data, title) : null)
  table.append(body)
  return ids.map((id) => () => body.append(row(one, id, one.data.rows[id])))
}

function groupLine(data, /** @type {string} */ title) {
  const group = make('th', 'group', title)
  group.colSpan = data.columns.length + (data.evidenceOnly ? 2 : 4)
  group.scope = 'rowgroup'
  return make('tr', 'groupline', group)
}

function head(data) {
  const columns = data.columns.map(({ name, must }) => {
    const words = make('span', '', name)
    const column = make('th', 'competency', words, must ? make('span', 'must', 'must-have') : null)
    column.scope = 'col'
    return column
  })
  const standings = data.evidenceOnly
    ? []
    : [make('th', 'standing', axis(data)), make('th', 'score', 'Score')]
  const covered = make('th', 'covered', data.evidenceOnly ? 'Scorecards' : 'Covered')
  return make('thead', '', make('tr', '', make('th', 'who', 'Candidate'), ...columns, ...standings, covered))
}

function axis(data) {
  const marks = SCALE.map((level) => {
    const mark = make('span', '', String(level))
    mark.title = data.levels[level - 1]
    mark.style.left = place(level)
    return mark
  })
  return make('div', 'axis', ...marks)
}

function row(one, /** @type {string} */ id, told) {
  const { data } = one
  const cells = data.columns.map((column) =>
    make('td', 'cell', cell(one, id, column, told.cells[column.id], told)),
  )
  return make('tr', '', who(one, id, told), ...cells, ...standingCells(data, told), covered(data, told))
}

function standingCells(data, told) {
  if (data.evidenceOnly) return []
  const score = make('b', told.thin ? 'thin' : '', told.score)
  return [make('td', 'standing', standing(told)), make('td', 'score', score)]
}

function covered(data, told) {
  if (data.evidenceOnly) return make('td', 'covered', told.cards)
  return make('td', 'covered', make('div', '', told.coverage), make('small', '', told.cards))
}

function who(one, /** @type {string} */ id, told) {
  const label = make(
    'label',
    '',
    chooser(one, id, told),
    make('span', 'code', told.code),
    make('span', 'name', told.name),
  )
  const found = make('th', 'who', label, make('div', 'notes', ...notes(one.data, told)))
  found.scope = 'row'
  return found
}

function chooser(one, /** @type {string} */ id, told) {
  const mark = make('input')
  mark.type = 'checkbox'
  mark.id = 'choose-' + id
  mark.checked = one.chosen.includes(id)
  mark.disabled = !mark.checked && one.chosen.length >= MOST_CHOSEN
  mark.setAttribute('aria-label', 'Side by side: ' + told.code + ' ' + told.name)
  mark.title = mark.disabled ? 'Five at most' : 'Put side by side'
  mark.onchange = () => {
    const others = one.chosen.filter((other) => other !== id)
    one.chosen = mark.checked ? [...one.chosen, id].slice(0, MOST_CHOSEN) : others
    one.tell(null)
  }
  return mark
}

function notes(data, { groupName, group, why, floors }) {
  const found = []
  if (groupName && data.order !== 'group') {
    found.push(make('span', 'badge group-' + Math.min(group, 3), groupName))
  }
  if (data.evidenceOnly) return found
  if (why.length) found.push(note('No place', why.join('; ')))
  if (floors.length) {
    const count = floors.length + (floors.length > 1 ? ' floors' : ' floor')
    found.push(note('▾ ' + count, 'below the floor of a must-have: ' + floors.join(', ')))
  }
  return found
}

// A few words, and on hover and to a screen reader what is behind them.
function note(/** @type {string} */ words, /** @type {string} */ why) {
  const short = make('span', 'note', words)
  short.title = why
  return make('span', '', short, make('span', 'unseen', ': ' + why))
}
