// The outbox holds what the server has not confirmed: ratings by question, and moments. While the connection is away it
// waits. Every change has a count that only grows; whatever order messages arrive in, the server keeps the newest.
const SEND_AFTER = 400, PING_AFTER = 5000, RETRY_AFTER = 1500, ANSWER_WITHIN = 8000
// One message holds no more than this; the rest goes with the next.
const MOST_ENTRIES = 50, MOST_MOMENTS = 500, MOST_SENT = 1000000
const FIELDS = ['level', 'state', 'skip_reason', 'skip_text', 'evidence', 'ticks', 'probes', 'red_flags',
  'flag_quotes', 'given', 'override_reason']
const content = (rating) => Object.fromEntries(FIELDS.map((name) => [name, rating[name]]))
const cleaned = (value) => typeof value === 'string' ? wellFormed(value)
  : value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cleaned(one)])) : value

// In the library nothing is kept: only the level that the ticks propose is asked for.
function openRehearsal(hooks) {
  const nothing = () => {}
  const box = { works: true, entries: {}, moments: [], aside: [], shown: null, awaySince: null, failure: '', refused: '', waiting: () => 0, send: nothing, wish: nothing, drop: nothing, close: nothing, keep: nothing, dismiss: nothing }
  let count = 0
  box.happened = (kind, question, detail = '') => ({ id: 'r' + ++count, t: Date.now(), kind, question_id: question, detail })
  box.put = async (question, rating) => {
    try {
      const told = JSON.stringify({ pass: hooks.pass(), rating: { ...cleaned(content(rating)), question_id: question } })
      const response = await fetch('live/rehearse', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: told })
      const answer = await response.json()
      box.awaySince = null
      if (response.ok) hooks.proposed(question, answer)
      else { box.refused = answer.reason; hooks.changed() }
    } catch { box.awaySince = Date.now(); hooks.changed() }
  }
  return box
}
function openOutbox(person, card, term, hooks) {
  // The box is the journal with what is needed to send it.
  const box = Object.assign(openJournal(person, card), { term, awaySince: null, failure: '', refused: '', sentAt: 0 })
  const keep = box.keep, release = box.close
  let timer = null, busy = false, again = false, closed = false, wishes = {}, turns = 0

  box.keep = () => { if (!keep() && box.works) box.failure = 'This tab has no room left to keep your words.' }
  box.waiting = () => Object.keys(box.entries).length + box.moments.length
  box.put = (question, rating, base) => {
    const known = box.entries[question]
    box.entries[question] = { ...cleaned(content(rating)), base: known ? known.base : base, since: known ? known.since : Date.now(), count: box.next() }
    box.keep()
    box.soon()
  }
  box.happened = (kind, question, detail = '') => {
    const moment = { id: box.tab + '-' + box.next() + '-' + Date.now().toString(36), t: Date.now(), kind, question_id: question, detail }
    box.moments.push(moment)
    box.keep()
    box.soon()
    return moment
  }
  // A throttle with a trailing call: whoever types without a pause is saved too.
  box.soon = () => { if (!timer) timer = setTimeout(() => { timer = null; box.send() }, Math.max(0, SEND_AFTER - (Date.now() - box.sentAt))) }
  box.wish = (more) => { wishes = { ...wishes, ...more }; return box.send() }
  box.drop = (question) => { delete box.entries[question]; box.keep() }
  box.dismiss = (one) => { box.aside = box.aside.filter((other) => other !== one); box.keep() }
  box.message = (more = wishes) => {
    const told = { tab: box.tab, was: box.was, term: box.term, focus: hooks.focus(), shown: hooks.shown(), ...more, ...firstPart(box), count: box.next() }
    box.keep()
    return told
  }
  box.send = async () => {
    if (closed) return
    if (busy) { again = true; return }
    busy = true
    box.sentAt = Date.now()
    await box.ready
    const asked = wishes, told = box.message()
    wishes = {}
    const found = await ask(hooks.pass(), told)
    if (found.answer && comesNext(told, found.answer)) { wishes = { ...asked, ...wishes }; again = true }
    else if (found.answer) { turns = 0; box.awaySince = null; box.failure = box.refused = ''; confirm(told, found.answer); hooks.answered(found.answer, told) }
    else {
      wishes = { ...asked, ...wishes }
      if (found.failure || found.refused) box.awaySince = null
      Object.assign(box, found)
      if (found.away) box.awaySince = box.awaySince || Date.now()
      hooks.changed()
    }
    busy = false
    if (again) { again = false; turns ? box.send() : box.soon() }
  }
  // Nobody holds the scorecard, or another took it just now: this window knows how it stands and says it again.
  const comesNext = (told, answer) => {
    box.term = answer.term
    return !answer.holds && answer.state === 'draft' && (answer.free || told.wish === 'take') && ++turns <= 3
  }
  // What was answered leaves; typed further meanwhile, it stays with the new base.
  const confirm = (told, answer) => {
    if (!answer.holds) return
    const sent = Object.fromEntries(told.entries.map((entry) => [entry.question_id, entry]))
    for (const stored of answer.ratings) {
      const mine = box.entries[stored.question_id], count = sent[stored.question_id]?.count
      if (!mine || count === undefined) continue
      if (mine.count === count) delete box.entries[stored.question_id]
      else if (!answer.older.includes(stored.question_id)) Object.assign(mine, { base: stored.version, since: Date.now() })
      delete sent[stored.question_id]
    }
    for (const one of answer.refused) putAside(box, told, one)
    const ids = new Set(told.moments.map((moment) => moment.id))
    box.moments = box.moments.filter((moment) => !ids.has(moment.id))
    box.keep()
    if (box.waiting()) box.soon()
  }
  const ticking = setInterval(() => {
    const idle = Date.now() - box.sentAt
    if (idle > PING_AFTER || idle < 0 || (box.waiting() && idle > RETRY_AFTER)) box.send()
  }, 500)
  const leave = () => {
    const told = box.message({ ...wishes, wish: 'leave' })
    // A browser takes only so much at the last moment; then the words stay in this tab, and the scorecard is let go.
    if (!goodbye(hooks.pass(), told)) goodbye(hooks.pass(), { ...told, entries: [], moments: [] })
  }
  const back = (event) => { if (event.persisted) box.send() }
  const hidden = () => { if (document.visibilityState === 'hidden' && box.waiting()) box.send() }
  const warn = (event) => { if (box.waiting()) { event.preventDefault(); box.send() } }
  const listeners = [[window, 'pagehide', leave], [window, 'pageshow', back], [window, 'beforeunload', warn], [window, 'online', box.send], [document, 'visibilitychange', hidden]]
  for (const [where, what, act] of listeners) where.addEventListener(what, act)
  box.close = () => {
    if (closed) return
    leave()
    closed = true
    release()
    clearInterval(ticking)
    clearTimeout(timer)
    for (const [where, what, act] of listeners) where.removeEventListener(what, act)
  }
  return box
}
// As much as one message holds, the oldest first.
function firstPart(box) {
  const entries = []
  let size = 0
  for (const [question_id, { since, ...entry }] of Object.entries(box.entries)) {
    size += JSON.stringify(entry).length
    if (entries.length && (size > MOST_SENT || entries.length >= MOST_ENTRIES)) break
    entries.push({ question_id, ...entry })
  }
  const moments = box.moments.slice(0, MOST_MOMENTS).map(({ t, ...moment }) => ({ ...moment, ago: Math.max(0, Date.now() - t) }))
  return { entries, moments }
}
// One message and what came of it: an answer; away; a failure that passes; or a refusal of the whole.
async function ask(pass, told) {
  const stop = new AbortController(), late = setTimeout(() => stop.abort(), ANSWER_WITHIN)
  try {
    const response = await fetch('live/tell', {
      method: 'POST', signal: stop.signal, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ pass, told }),
    })
    const answer = await response.json()
    if (response.ok) return { answer }
    if (response.status === 503) return { failure: answer.reason }
    return { refused: answer.reason || 'The kit refused it (' + response.status + ').' }
  } catch { return { away: true } } finally { clearTimeout(late) }
}
function goodbye(pass, told) {
  try { return navigator.sendBeacon('live/tell', new Blob([JSON.stringify({ pass, told })], { type: 'application/json' })) } catch { return false }
}
// What is refused for good is not sent again, and its words stay to be read and copied until they are dismissed.
function putAside(box, told, { what, place, question_id, reason }) {
  const sent = what === 'moment' ? told.moments[place] : told.entries[place]
  if (!sent) return
  const question = question_id ?? sent.question_id ?? null, mine = box.entries[question]
  if (what === 'entry' && mine?.count === sent.count) delete box.entries[question]
  const words = what === 'entry' ? [sent.evidence, sent.skip_text, sent.override_reason, ...Object.values(sent.flag_quotes || {})].filter(Boolean).join('\n') : ''
  const same = (one) => one.what === what && one.question === question && one.reason === reason
  box.aside = [...box.aside.filter((one) => !same(one)), { what, question, reason, words, kind: sent.kind || '', at: Date.now() }]
}
