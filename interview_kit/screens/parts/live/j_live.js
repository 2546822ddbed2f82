// The live screen: one state, drawn by the functions before this one. Nothing here reruns the page.
const screens = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  let live = screens.get(parentElement)
  if (!live) { live = openLive(parentElement, data); screens.set(parentElement, live) }
  live.pass = data.pass
  live.submit = () => setTriggerValue('close', true)
}

const EMPTY = { level: null, state: null, skip_reason: null, skip_text: '', evidence: '', ticks: [], probes: [], red_flags: [], flag_quotes: {}, given: [], override_reason: '', version: 0 }

function openLive(root, data) {
  const c = JSON.parse(data.content), skew = data.now - Date.now()
  const body = make('div', 'live')
  root.appendChild(body)
  const live = {
    c, root, body, pass: data.pass, rehearsal: Boolean(data.rehearsal), place: Math.max(0, c.items.findIndex((item) => item.id === data.question)),
    ratings: {}, proposals: { ...data.proposals }, stale: new Set(), moments: data.moments.map((m) => ({ ...m, t: m.t - skew })),
    clashes: {}, holds: true, state: 'draft', leader: data.leader, others: data.others, window: data.window, savedAt: data.savedAt ? data.savedAt - skew : null,
    open: '', turn: 0, explained: new Set(), share: false, dropFor: '', cut: '', preferences: openStorage('localStorage'), checksKey: 'interview-kit-checks-' + c.me,
  }
  live.checks = live.preferences.read(live.checksKey) === true
  for (const item of c.items) live.ratings[item.id] = { ...EMPTY, ...(data.ratings[item.id] || {}), question_id: item.id }
  live.versions = Object.fromEntries(c.items.map((item) => [item.id, live.ratings[item.id].version]))
  live.item = () => c.items[live.place]
  live.rating = () => live.ratings[live.item().id]
  live.leads = () => !c.people.length || !live.leader || live.leader === c.me
  live.running = () => { const time = live.time(); return time.begun && !time.ended }
  // Whether a candidate looks on at what this interviewer shows.
  live.windowed = () => Boolean(live.window) && live.leads() && live.running()
  live.shownPlace = () => { const at = c.items.findIndex((item) => item.id === live.onShow); return at < 0 ? live.place : at }
  live.shownItem = () => c.items[live.shownPlace()]
  // Whether this interviewer looks at another question than the candidate.
  live.ahead = () => live.windowed() && live.shownPlace() !== live.place
  live.writes = () => live.holds && live.state === 'draft' && !live.clashes[live.item().id]
  live.time = () => timeOf(live.moments, Date.now())
  live.stamp = (t) => clockText(timeOf(live.moments.filter((m) => m.t <= (t ?? Infinity)), t ?? Date.now()).seconds)
  live.given = (exhibit, { id, question } = live.item()) => exhibit.when === 'start' || live.ratings[id].given.includes('exhibit-' + exhibit.id)
    || question.reveals.some((one, n) => one.exhibit === exhibit.id && live.ratings[id].given.includes('reveal-' + n))

  const hooks = {
    pass: () => live.pass, focus: () => live.item().id, shown: () => (live.leads() && live.running() ? live.onShow : null), changed: () => live.draw(),
    answered: (answer, told) => live.answered(answer, told),
    proposed: (question, proposal) => { live.proposals[question] = proposal; live.stale.delete(question); live.draw() },
  }
  const box = live.outbox = live.rehearsal ? openRehearsal(hooks) : openOutbox(c.me, c.card, data.term, hooks)
  live.onShow = (box.waiting() && box.shown) || data.shown || live.item().id
  for (const [question, entry] of Object.entries(box.entries)) if (live.ratings[question]) Object.assign(live.ratings[question], content(entry))
  live.moments.push(...box.moments.filter((mine) => !live.moments.some((known) => known.id === mine.id)))

  // What an interviewer does

  live.happened = (kind, detail = '', question = live.item().id) => live.moments.push(box.happened(kind, question, detail))
  live.begin = () => {
    if (!live.writes() || live.time().begun) return
    live.putOnShow()
    live.happened('begun', '', null)
    live.happened('opened')
    if (!live.leader) box.wish({ lead: true, led: null })
    live.draw()
  }
  live.pause = () => { live.happened(live.time().paused ? 'resumed' : 'paused', '', null); live.draw() }
  live.change = (question, values, { quietly = false } = {}) => {
    if (!live.holds || live.state !== 'draft' || live.clashes[question]) return
    live.begin()
    const rating = Object.assign(live.ratings[question], values)
    if ('ticks' in values || 'red_flags' in values || 'probes' in values) live.stale.add(question)
    box.put(question, rating, live.versions[question])
    if (quietly) { live.tick(); return }
    // A tick or a level goes at once; typed words wait for the throttle.
    live.draw()
    box.send()
  }
  live.rate = (value, once = false) => {
    const rating = live.rating(), on = rating.level === value || rating.state === value
    if (on && once) return
    const level = typeof value === 'number' && !on ? value : null, state = typeof value === 'string' && !on ? value : null
    live.change(rating.question_id, { level, state, skip_reason: state === 'skipped' ? rating.skip_reason : null })
  }
  // Asking and giving are part of the conversation: the candidate then sees the question that they belong to.
  live.asked = (question, place) => {
    if (place === null || question !== live.item().id || live.rating().probes.includes(place) || !live.writes()) return
    live.begin()
    if (live.ahead()) live.show()
    live.happened('probed', String(place))
    live.turn = 0
    live.change(question, { probes: [...live.rating().probes, place].sort((a, b) => a - b) })
  }
  live.give = (key) => {
    if (!live.writes()) return
    live.begin()
    const on = live.rating().given.includes(key)
    if (!on && live.ahead()) live.show()
    if (!on) live.happened('given', key)
    live.change(live.item().id, { given: toggled(live.rating().given, key) })
  }
  live.putOnShow = () => { live.onShow = box.shown = live.item().id; box.keep() }
  // From now on the question in hand is the one that is asked: its minutes count, and the candidate sees it.
  live.turnTo = () => {
    live.putOnShow()
    if (live.running() && live.writes()) live.happened('opened')
  }
  live.show = () => { live.turnTo(); live.draw(); box.send() }
  // Next goes on with the conversation, unless this interviewer is looking ahead.
  live.next = () => live.go(live.place + 1, { on: !live.ahead() })
  live.go = (place, { on = false } = {}) => {
    if (place >= c.items.length) { live.finish(); return }
    if (place < 0 || place === live.place) return
    live.place = place
    live.turn = 0
    live.open = ''
    live.explained.clear()
    if (on || !live.windowed()) live.turnTo()
    const address = new URL(location.href)
    address.searchParams.set('question', live.item().id)
    history.replaceState(history.state, '', address)
    live.draw({ fresh: true })
    box.send()
  }
  live.finish = async () => {
    const time = live.time()
    if (live.writes() && time.begun && !time.ended) live.happened('ended', '', null)
    for (let tries = 0; tries < 20 && box.waiting(); tries++) { await box.send(); await new Promise((later) => setTimeout(later, 150)) }
    if (box.waiting()) { live.draw(); return }
    live.submit()
  }
  live.panel = (name) => { live.open = live.open === name ? '' : name; live.draw(); body.querySelector(live.open ? '#panel' : '#panel-' + name)?.focus() }
  live.shareSafe = (on) => { live.share = on; live.open = ''; live.draw(); body.querySelector(on ? '#share-end' : '#share')?.focus() }
  live.openWindow = async (open) => {
    try {
      const response = await fetch('live/window', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ pass: live.pass, open }) })
      const answer = await response.json()
      if (response.ok) { live.follow(() => { live.window = answer.path }); box.refused = '' } else box.refused = answer.reason
    } catch { box.awaySince = box.awaySince || Date.now() }
    live.draw()
  }

  // What the server says

  // Once nobody looks on any more, what is in hand is what is asked.
  live.follow = (change) => {
    const before = live.ahead()
    change()
    if (before && !live.ahead()) live.show()
  }
  const standing = () => JSON.stringify([live.holds, live.state, live.leader, live.others, live.window, live.onShow, box.failure, box.refused, box.aside.length])
  live.answered = (answer, told) => {
    const before = standing()
    const wasAway = live.away
    live.away = box.awaySince
    live.follow(() => Object.assign(live, { holds: answer.holds, state: answer.state, leader: answer.leader, others: answer.others, window: answer.window }))
    if (answer.shown && (told.lead || !answer.holds)) live.onShow = answer.shown
    for (const one of answer.refused) if (one.what === 'mark') live.withoutStrange(one.question_id, answer)
    for (const stored of answer.ratings) {
      live.versions[stored.question_id] = stored.version
      const adopt = !answer.holds || answer.older.includes(stored.question_id)
      if (adopt && !box.entries[stored.question_id]) Object.assign(live.ratings[stored.question_id], content(stored))
      if (!box.entries[stored.question_id]) live.stale.delete(stored.question_id)
    }
    for (const [question, proposal] of Object.entries(answer.proposals)) live.proposals[question] = proposal
    for (const stored of answer.clashes) {
      live.clashes[stored.question_id] = { theirs: { ...EMPTY, ...stored }, mine: { ...live.ratings[stored.question_id] } }
      live.versions[stored.question_id] = stored.version
      box.drop(stored.question_id)
    }
    if (answer.holds && (told.entries.length || told.moments.length)) live.savedAt = Date.now()
    if (!answer.holds && told.wish !== 'leave') live.moments = mergeMoments(live.moments, answer.moments, skew)
    if (standing() !== before || wasAway || answer.clashes.length || told.entries.length || !answer.holds) live.draw()
    else live.tick()
  }
  // A mark that the question does not have is not sent again.
  live.withoutStrange = (question, answer) => {
    const stored = answer.ratings.find((one) => one.question_id === question), mine = live.ratings[question]
    if (!stored || box.entries[question]) return
    for (const name of ['ticks', 'probes', 'red_flags']) mine[name] = stored[name]
  }
  live.leftOut = (count, most) => {
    const words = count ? leftOutWords(count, most) : ''
    if (words === live.cut) return
    live.cut = words
    live.drawNotice(budget(c.items, live.ratings, live.time(), c.minutes, c.around))
  }
  live.settle = (question, rating) => {
    delete live.clashes[question]
    Object.assign(live.ratings[question], content(rating))
    box.put(question, live.ratings[question], live.versions[question])
    live.draw()
  }

  // Drawing

  live.record = openRecord(live)
  const parts = { bar: make('div'), notices: make('div'), agenda: make('div', 'left'), question: make('div'), listen: make('div', 'right'), panel: make('div'), foot: make('div'), safe: make('div') }
  const middle = make('div', 'middle', parts.question, parts.panel, live.record.box, parts.foot)
  body.append(parts.bar, parts.notices, parts.agenda, middle, parts.listen, parts.safe)
  live.tick = () => tickBar(live)
  live.drawNotice = (plan) => parts.notices.replaceChildren(drawNotices(live, plan))
  // After a move the next question starts at its top, and no tick of it has the keyboard by chance.
  const press = holdWhilePressed(body, (options) => live.draw(options))
  live.draw = ({ fresh = false } = {}) => {
    if (press.waits({ fresh })) return
    const active = root.activeElement, id = !(fresh && active?.closest('.right')) && active && active !== live.record.area && active !== live.record.why ? active.id : '', at = active?.selectionStart
    live.away = box.awaySince
    parts.bar.replaceChildren(drawBar(live))
    live.drawNotice(budget(c.items, live.ratings, live.time(), c.minutes, c.around))
    keepScroll(parts.agenda, () => parts.agenda.replaceChildren(drawAgenda(live)))
    parts.question.replaceChildren(drawQuestion(live))
    keepScroll(parts.panel.firstChild, () => parts.panel.replaceChildren(...[drawPanel(live)].filter(Boolean)), () => parts.panel.firstChild)
    live.record.draw()
    keepScroll(parts.listen, () => parts.listen.replaceChildren(drawListen(live)))
    if (fresh) parts.listen.scrollTop = 0
    parts.foot.replaceChildren(drawFoot(live))
    parts.safe.replaceChildren(...[live.share ? drawSafe(live) : null].filter(Boolean))
    const same = id && root.querySelector('#' + CSS.escape(id))
    if (same && same !== root.activeElement) { same.focus({ preventScroll: true }); if (same.type === 'text' && at !== undefined) same.setSelectionRange(at, at) }
  }
  const key = (event) => onKey(live, event)
  document.addEventListener('keydown', key)
  const lookAtClock = watchClock((step) => { for (const moment of new Set([...live.moments, ...box.moments])) moment.t += step })
  const ticking = setInterval(() => {
    lookAtClock()
    if (!(root.host ?? root).isConnected) { clearInterval(ticking); document.removeEventListener('keydown', key); box.close(); screens.delete(root); return }
    live.tick()
  }, 1000)
  live.draw()
  box.send()
  return live
}
// A button that is drawn anew between the finger's coming down and going up gets no click, and a checkbox no tick. So
// while a press lasts nothing is drawn; what was wanted meanwhile is drawn when it ends.
function holdWhilePressed(body, draw) {
  let down = false, wanted = null, longest = null, turn = 0
  const end = () => {
    down = false
    clearTimeout(longest)
    const options = wanted
    wanted = null
    if (options) draw(options)
  }
  // However a press ends, nothing is held back for longer than three seconds.
  const begin = () => { down = true; turn += 1; clearTimeout(longest); longest = setTimeout(end, 3000) }
  // Ends this press and no later one that has begun meanwhile.
  const endSoon = (wait) => { const mine = turn; setTimeout(() => { if (mine === turn) end() }, wait) }
  body.addEventListener('pointerdown', begin, true)
  body.addEventListener('keydown', (event) => { if (event.key === ' ' && event.target.type !== 'textarea') begin() }, true)
  // The click comes before what it sets off is drawn; where none comes, the press ends a moment after it.
  body.addEventListener('click', () => { down = false; endSoon(0) }, true)
  body.addEventListener('pointercancel', end, true)
  body.addEventListener('pointerup', () => { if (down) endSoon(80) }, true)
  body.addEventListener('keyup', (event) => { if (down && event.key === ' ') endSoon(80) }, true)
  body.addEventListener('pointerleave', () => { if (down) end() })
  return {
    waits: (options) => {
      if (down) wanted = { fresh: Boolean(wanted?.fresh || options.fresh) }
      return down
    },
  }
}
function keepScroll(element, act, after = () => element) {
  const top = element?.scrollTop ?? 0
  act()
  const now = after()
  if (now) now.scrollTop = top
}
const mergeMoments = (known, told, skew) => [...told.map((m) => ({ ...m, t: m.t - skew })), ...known.filter((mine) => !told.some((one) => one.id === mine.id))]

function drawFoot(live) {
  const last = live.place + 1 === live.c.items.length
  return make('div', 'foot', button('Back', () => live.go(live.place - 1), { id: 'back', disabled: live.place === 0, hint: 'P' }),
    button('Notes and level', () => { live.record.box.scrollIntoView({ block: 'center' }); live.record.area.focus({ preventScroll: true }) }, { id: 'to-notes', className: 'phone' }),
    live.rehearsal ? null : button(last ? 'Close and submit' : 'Next', () => live.next(), { id: 'next', className: 'main', hint: last ? '' : 'N' }))
}
// What may be seen on a shared screen: the card and the exhibits shown, over everything else.
function drawSafe(live) {
  const item = live.windowed() ? live.shownItem() : live.item(), q = item.question, cover = make('div', 'safe')
  cover.setAttribute('role', 'dialog')
  cover.setAttribute('aria-label', 'Share-safe')
  cover.append(button('Back to the interview', () => live.shareSafe(false), { id: 'share-end', hint: 'Esc' }),
    make('p', 'words card', q.card), ...q.exhibits.filter((exhibit) => live.given(exhibit, item)).map(drawExhibit))
  return cover
}
