// The live screen's parts, and when each is drawn.
import { go, next, shareSafe } from '../acts.js'
import { drawExhibit } from '../exhibit.js'
import { button, make } from '../make.js'
import { Press } from '../press.js'
import { turnsDue } from '../steps.js'
import { budget } from '../time.js'
import { drawAgenda } from './agenda.js'
import { drawBar, tickBar } from './bar.js'
import { drawListen } from './listen.js'
import { drawNotices } from './notices.js'
import { drawPanel } from './panels.js'
import { drawQuestion } from './question.js'
import { Record } from './record.js'

/** @import { Live } from '../state.js' */

/** Puts the screen into `live.body`, and says how it is drawn. */
export function openScreen(/** @type {Live} */ live) {
  live.record = new Record(live)
  const parts = layOut(live)
  const drawNotice = () => parts.notices.replaceChildren(drawNotices(live, planOf(live)))
  const press = new Press(live.body, (options) => live.draw(options))
  live.tick = () => {
    tickBar(live, planOf(live))
    // A turn whose minute has come is on top without a press.
    if (turnsDue(live) !== live.turnsDrawn) live.draw()
  }
  live.drawNotice = drawNotice
  live.draw = ({ fresh = false } = {}) => {
    if (press.waits({ fresh })) return
    live.away = live.outbox.awaySince
    keepFocus(live, fresh, () => drawAll(live, parts, fresh))
  }
}

const planOf = (/** @type {Live} */ live) =>
  budget(live.c.items, live.ratings, live.time(), live.c.minutes, live.c.around)

function layOut(/** @type {Live} */ { body, record }) {
  const parts = {
    bar: make('div'),
    notices: make('div'),
    agenda: make('div', 'left'),
    question: make('div'),
    listen: make('div', 'right'),
    panel: make('div'),
    foot: make('div'),
    safe: make('div'),
  }
  const middle = make('div', 'middle', parts.question, parts.panel, record.box, parts.foot)
  body.append(parts.bar, parts.notices, parts.agenda, middle, parts.listen, parts.safe)
  return parts
}

function drawAll(
  /** @type {Live} */ live,
  /** @type {ReturnType<layOut>} */ parts,
  /** @type {boolean} */ fresh,
) {
  const { bar, agenda, question, panel, listen, foot, safe } = parts
  live.turnsDrawn = turnsDue(live)
  bar.replaceChildren(drawBar(live))
  live.tick()
  live.drawNotice()
  keepScroll(agenda, () => agenda.replaceChildren(drawAgenda(live)))
  question.replaceChildren(drawQuestion(live))
  const drawOpen = () => panel.replaceChildren(...(live.open ? [drawPanel(live)] : []))
  keepScroll(panel.firstElementChild, drawOpen, () => panel.firstElementChild)
  live.record.draw()
  keepScroll(listen, () => listen.replaceChildren(drawListen(live)))
  // After a move the next question starts at its top.
  if (fresh) listen.scrollTop = 0
  foot.replaceChildren(drawFoot(live))
  safe.replaceChildren(...(live.share ? [drawSafe(live)] : []))
}

function keepScroll(/** @type {Element | null} */ element, act, after = () => element) {
  const top = element?.scrollTop ?? 0
  act()
  const now = after()
  if (now) now.scrollTop = top
}

// What has the keyboard keeps it; after a move no tick of the next question has it by chance.
function keepFocus(/** @type {Live} */ live, /** @type {boolean} */ fresh, /** @type {() => void} */ act) {
  /** @type {any} */
  const active = live.root.activeElement
  const stays = !active || live.record.has(active) || (fresh && active.closest('.right'))
  const id = stays ? '' : active.id
  const at = active?.selectionStart
  act()
  /** @type {any} */
  const same = id && live.root.querySelector('#' + CSS.escape(id))
  if (!same || same === live.root.activeElement) return
  same.focus({ preventScroll: true })
  if (same.type === 'text' && at !== undefined) same.setSelectionRange(at, at)
}

function drawFoot(/** @type {Live} */ live) {
  const last = live.place + 1 === live.c.items.length
  const back = { id: 'back', disabled: live.place === 0, hint: 'P' }
  const on = { id: 'next', className: 'main', hint: last ? '' : 'N' }
  return make(
    'div',
    'foot',
    button('Back', () => go(live, live.place - 1), back),
    button('Notes and level', () => live.record.comeIntoView(), { id: 'to-notes', className: 'phone' }),
    live.rehearsal ? null : button(last ? 'Close and submit' : 'Next', () => next(live), on),
  )
}

// What may be seen on a shared screen: the card and the exhibits shown, over everything else.
function drawSafe(/** @type {Live} */ live) {
  const item = live.windowed() ? live.shownItem() : live.item()
  const { card, exhibits } = item.question
  const cover = make('div', 'safe')
  cover.setAttribute('role', 'dialog')
  cover.setAttribute('aria-label', 'Share-safe')
  cover.append(
    button('Back to the interview', () => shareSafe(live, false), { id: 'share-end', hint: 'Esc' }),
    make('p', 'words card', card),
    ...exhibits.filter((exhibit) => live.given(exhibit, item)).map(drawExhibit),
  )
  return cover
}
