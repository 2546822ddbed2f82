// Every question with its state; a press goes there, in any order.
import { go } from '../acts.js'
import { button, make } from '../make.js'
import { decided } from '../time.js'
import { usedText } from './bar.js'

/** @import { Live } from '../state.js' */
/** @import { Clock, Item, Rating } from '../types.d.ts' */

export function drawAgenda(/** @type {Live} */ live) {
  const time = live.time()
  const list = make('ol', 'agenda', ...live.c.items.map((item, place) => drawRow(live, item, place, time)))
  list.setAttribute('aria-label', 'Agenda')
  return list
}

export function drawRow(
  /** @type {Live} */ live,
  /** @type {Item} */ item,
  place,
  /** @type {Clock} */ time,
) {
  const rating = live.ratings[item.id]
  const press = button('', () => go(live, place), { id: 'agenda-' + place })
  if (place === live.place) press.setAttribute('aria-current', 'step')
  const under = drawUnder(live, item, place, time)
  press.append(make('span', 'title', place + 1 + '. ' + item.title), under)
  return make('li', decided(rating) ? 'decided' : '', press)
}

function drawUnder(/** @type {Live} */ live, /** @type {Item} */ item, place, /** @type {Clock} */ time) {
  const used = make('span', 'used', usedText(item, time))
  used.id = 'used-' + place
  const state = stateWords(live, live.ratings[item.id])
  const sees = live.windowed() && place === live.shownPlace()
  return make(
    'span',
    'under',
    used,
    make('span', '', weight(item)),
    state ? make('b', '', ' · ' + state) : null,
    sees ? make('b', 'sees', ' · candidate sees it') : null,
  )
}

function weight(/** @type {Item} */ item) {
  if (item.must) return ' · must'
  return item.optional ? ' · optional' : ''
}

function stateWords(/** @type {Live} */ { c }, /** @type {Rating} */ rating) {
  if (rating.level) return rating.level + ' ' + c.levels[rating.level]
  return rating.state ? c.states[rating.state] : ''
}
