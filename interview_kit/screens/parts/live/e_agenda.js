// Every question with its state; a press goes there, in any order.
function drawAgenda(live) {
  const list = make('ol', 'agenda'), time = live.time()
  list.setAttribute('aria-label', 'Agenda')
  live.c.items.forEach((item, place) => {
    const rating = live.ratings[item.id], state = stateWords(live, rating)
    const used = make('span', 'used', usedText(item, time))
    used.id = 'used-' + place
    const go = button('', () => live.go(place), { id: 'agenda-' + place })
    if (place === live.place) go.setAttribute('aria-current', 'step')
    go.append(make('span', 'title', place + 1 + '. ' + item.title), make('span', 'under', used, make('span', '', item.must ? ' · must' : item.optional ? ' · optional' : ''), state ? make('b', '', ' · ' + state) : ''))
    if (live.windowed() && place === live.shownPlace()) go.lastChild.append(make('b', 'sees', ' · candidate sees it'))
    list.append(make('li', decided(rating) ? 'decided' : '', go))
  })
  return list
}
const stateWords = (live, rating) => rating.level ? rating.level + ' ' + live.c.levels[rating.level] : rating.state ? live.c.states[rating.state] : ''
