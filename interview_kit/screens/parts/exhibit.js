// An exhibit as the candidate sees it: a table, code with line numbers, text, or a chart with its table.
function drawExhibit(exhibit) {
  const figure = document.createElement('figure')
  figure.className = 'exhibit'
  const title = document.createElement('figcaption')
  title.textContent = exhibit.title
  figure.appendChild(title)
  if (exhibit.chart) figure.appendChild(drawChart(exhibit))
  if (exhibit.code) figure.appendChild(drawCode(exhibit))
  else if (exhibit.rows.length) figure.appendChild(exhibit.chart ? folded('The values as a table', drawTable(exhibit)) : drawTable(exhibit))
  else if (exhibit.text) { const text = document.createElement('p'); text.className = 'words'; text.textContent = exhibit.text; figure.appendChild(text) }
  if (exhibit.alternative) { const words = document.createElement('p'); words.textContent = exhibit.alternative; figure.appendChild(folded('In words', words)) }
  return figure
}
function folded(title, content) {
  const fold = document.createElement('details'), head = document.createElement('summary')
  head.textContent = title
  fold.append(head, content)
  return fold
}
function drawChart(exhibit) {
  const image = document.createElement('img')
  image.alt = exhibit.alternative
  image.src = 'data:image/svg+xml;base64,' + exhibit.chart
  return image
}
function drawTable(exhibit) {
  const box = document.createElement('div'), table = document.createElement('table')
  box.className = 'scroll'
  box.tabIndex = 0
  box.setAttribute('role', 'region')
  box.setAttribute('aria-label', exhibit.title)
  const row = (cells, tag) => {
    const line = document.createElement('tr')
    cells.forEach((cell, place) => {
      const element = document.createElement(place && tag === 'td' ? 'td' : 'th')
      element.textContent = cell
      element.scope = tag === 'th' ? 'col' : 'row'
      if (place && /^[\s\d.,%+−–$€£-]+$/.test(cell)) element.className = 'number'
      line.appendChild(element)
    })
    return line
  }
  const head = document.createElement('thead'), body = document.createElement('tbody')
  head.appendChild(row(exhibit.columns, 'th'))
  for (const cells of exhibit.rows) body.appendChild(row(cells, 'td'))
  table.append(head, body)
  box.appendChild(table)
  return box
}
function drawCode(exhibit) {
  const box = document.createElement('pre')
  box.tabIndex = 0
  box.setAttribute('aria-label', exhibit.title)
  exhibit.code.replace(/\n$/, '').split('\n').forEach((words, place) => {
    const line = document.createElement('code'), number = document.createElement('span')
    number.className = 'line'
    number.textContent = place + 1
    number.setAttribute('aria-hidden', 'true')
    line.append(number, words + '\n')
    box.appendChild(line)
  })
  return box
}
