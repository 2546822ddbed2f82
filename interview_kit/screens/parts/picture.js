// The comparison as a table of buttons. Text is always set as text, never as markup.
const pictures = new WeakMap()

export default function ({ data, parentElement, setStateValue }) {
  let one = pictures.get(parentElement)
  if (!one) {
    one = { chosen: data.chosen, number: 0, root: document.createElement('div') }
    parentElement.append(one.root)
    pictures.set(parentElement, one)
  }
  one.data = data
  one.chosen = data.chosen
  one.tell = (pressed) => setStateValue('told', { chosen: one.chosen, pressed })
  const focused = parentElement.activeElement?.id ?? one.root.getRootNode().activeElement?.id
  draw(one)
  if (focused) one.root.querySelector('#' + CSS.escape(focused))?.focus()
}

function make(tag, className, ...children) {
  const element = document.createElement(tag)
  if (className) element.className = className
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ''))
  return element
}

const AT_ONCE = 40
const SCALE = [1, 2, 3, 4]
const place = (level) => (Math.min(4, Math.max(1, level)) - 1) / 3 * 100 + '%'
// Which of the four tints: half-up, so that 2.5 looks like 3.
const tint = (level) => 'level-' + Math.min(4, Math.max(1, Math.floor(level + 0.5)))

function draw(one) {
  const { data, root } = one
  const table = make('table', 'picture' + (data.evidenceOnly ? ' only' : ''))
  table.append(head(data))
  const waiting = []
  for (const section of data.sections) {
    const body = make('tbody')
    if (section.title) {
      const cell = make('th', 'group', section.title)
      cell.colSpan = data.columns.length + (data.evidenceOnly ? 2 : 4)
      cell.scope = 'rowgroup'
      body.append(make('tr', 'groupline', cell))
    }
    for (const id of section.ids) waiting.push(() => body.append(row(one, id, data.rows[id])))
    table.append(body)
  }
  // A long table is drawn from the top in pieces, so that its first rows stand there at once.
  const turn = (one.turn = (one.turn ?? 0) + 1)
  const more = () => {
    if (one.turn !== turn) return
    waiting.splice(0, AT_ONCE).forEach((next) => next())
    if (waiting.length) setTimeout(more)
  }
  more()
  root.replaceChildren(make('div', 'around', table))
}

function head(data) {
  const line = make('tr', '', make('th', 'who', 'Candidate'))
  for (const column of data.columns) {
    const cell = make('th', 'competency', make('span', '', column.name), column.must ? make('span', 'must', 'must-have') : null)
    cell.scope = 'col'
    line.append(cell)
  }
  if (!data.evidenceOnly) {
    const scale = make('div', 'axis')
    for (const level of SCALE) {
      const mark = make('span', '', String(level))
      mark.title = data.levels[level - 1]
      mark.style.left = place(level)
      scale.append(mark)
    }
    line.append(make('th', 'standing', scale), make('th', 'score', 'Score'))
  }
  line.append(make('th', 'covered', data.evidenceOnly ? 'Scorecards' : 'Covered'))
  return make('thead', '', line)
}

function row(one, id, told) {
  const { data } = one
  const mark = make('input')
  mark.type = 'checkbox'
  mark.id = 'choose-' + id
  mark.checked = one.chosen.includes(id)
  mark.disabled = !mark.checked && one.chosen.length >= 5
  mark.setAttribute('aria-label', 'Side by side: ' + told.code + ' ' + told.name)
  mark.title = mark.disabled ? 'Five at most' : 'Put side by side'
  mark.onchange = () => {
    one.chosen = mark.checked ? [...one.chosen, id].slice(0, 5) : one.chosen.filter((other) => other !== id)
    one.tell(null)
  }
  const notes = make('div', 'notes')
  if (told.groupName && data.order !== 'group') notes.append(make('span', 'badge group-' + Math.min(told.group, 3), told.groupName))
  if (told.why.length && !data.evidenceOnly) notes.append(explained('No place', told.why.join('; ')))
  if (told.floors.length && !data.evidenceOnly) notes.append(explained('▾ ' + told.floors.length + (told.floors.length > 1 ? ' floors' : ' floor'), 'below the floor of a must-have: ' + told.floors.join(', ')))
  const who = make('th', 'who', make('label', '', mark, make('span', 'code', told.code), make('span', 'name', told.name)), notes)
  who.scope = 'row'
  const line = make('tr', '', who)
  for (const column of data.columns) line.append(make('td', 'cell', cell(one, id, column, told.cells[column.id], told)))
  if (!data.evidenceOnly) line.append(make('td', 'standing', standing(data, told)), make('td', 'score', make('b', told.thin ? 'thin' : '', told.score)))
  line.append(make('td', 'covered', ...(data.evidenceOnly ? [told.cards] : [make('div', '', told.coverage), make('small', '', told.cards)])))
  return line
}

function explained(words, why) {
  const note = make('span', 'note', words)
  note.title = why
  return make('span', '', note, make('span', 'unseen', ': ' + why))
}

function cell(one, id, column, told, row) {
  const { data } = one, apart = told.apart ?? [], unlike = told.unlike ?? []
  const rated = told.dots.length
  const face = make('button', 'face' + (told.mean ? ' ' + tint(told.value) : '') + (told.disputed ? ' disputed' : '') + (rated || apart.length ? '' : ' empty'))
  face.type = 'button'
  face.id = 'cell-' + id + '-' + column.id
  const written = (dot) => dot[2] ?? String(dot[1]), levels = told.dots.map(written)
  const words = [row.code + ' ' + row.name + ', ' + column.name]
  if (told.mean) {
    face.append(make('b', '', told.mean), make('span', 'marks', '×' + rated + (told.disputed ? ' ⚡' : '') + (told.floor ? ' ▾' : '') + (apart.length ? ' †' : '') + (unlike.length ? ' ≠' : '')))
    words.push('mean ' + told.mean + ', median ' + told.median)
  } else if (rated) {
    face.append(make('b', '', levels.join(' · ')), make('span', 'marks', (apart.length ? ' †' : '') + (unlike.length ? ' ≠' : '')))
  } else {
    face.append(make('span', 'none', apart.length ? 'no score †' : 'no score'))
  }
  if (rated) {
    const strip = make('span', 'strip')
    for (const [, level] of told.dots) {
      const dot = make('i')
      dot.style.left = place(level)
      strip.append(dot)
    }
    face.append(strip)
    words.push(told.dots.map((dot) => data.people[dot[0]] + ' ' + written(dot)).join(', '))
  }
  if (told.disputed) words.push('⚡ two levels apart or more')
  if (told.floor) words.push('▾ below the must-have’s floor')
  if (apart.length) words.push('† apart, not qualified, in no score: ' + apart.join(', '))
  words.push(...unlike.map((each) => '≠ ' + each))
  face.title = words.join('\n') + '\nPress for the words behind it.'
  face.setAttribute('aria-label', words.join('. '))
  face.onclick = () => { one.number = Date.now(); one.tell({ candidate: id, competency: column.id, number: one.number }) }
  const label = make('span', 'label', column.name)
  return make('div', 'holder', label, face)
}

function standing(data, told) {
  const box = make('div', 'plot')
  for (const level of SCALE) {
    const line = make('span', 'grid')
    line.style.left = place(level)
    box.append(line)
  }
  if (told.raw === null) return box
  const described = ['plain mean ' + told.score]
  if (told.adjusted !== undefined) {
    const bar = make('span', 'bar group-' + Math.min(told.group ?? 9, 3))
    bar.style.left = place(told.low)
    bar.style.right = 'calc(100% - ' + place(told.high) + ')'
    const dot = make('span', 'adjusted group-' + Math.min(told.group ?? 9, 3))
    dot.style.left = place(told.adjusted)
    box.append(bar, dot)
    described.push('adjusted ' + told.adjusted.toFixed(1) + ', between ' + told.low.toFixed(1) + ' and ' + told.high.toFixed(1) + ' with 95 in 100')
    if (told.moved) described.push(told.moved)
  }
  const raw = make('span', 'raw')
  if (told.thin) raw.className += ' thin'
  raw.style.left = place(told.raw)
  box.append(raw)
  box.title = described.join('\n')
  box.setAttribute('role', 'img')
  box.setAttribute('aria-label', described.join('; '))
  return box
}
