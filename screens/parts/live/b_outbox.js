// The outbox holds what the server has not confirmed: ratings by question, and moments. It lies in
// sessionStorage too, so that a reload or a crash brings it back. While the connection is away it waits.
const SEND_AFTER = 400, PING_AFTER = 5000, RETRY_AFTER = 1500, ANSWER_WITHIN = 8000
const FIELDS = ['level', 'state', 'skip_reason', 'skip_text', 'evidence', 'ticks', 'probes', 'red_flags',
  'flag_quotes', 'given', 'override_reason']
const content = (rating) => Object.fromEntries(FIELDS.map((name) => [name, rating[name]]))
const sameContent = (a, b) => JSON.stringify(content(a)) === JSON.stringify(content(b))

// In the library nothing is kept: only the level that the ticks propose is asked for.
function openRehearsal(hooks) {
  const nothing = () => {}
  const box = { entries: {}, moments: [], awaySince: null, failure: '', refused: '', waiting: () => 0, send: nothing, wish: nothing, drop: nothing, close: nothing }
  let count = 0
  box.happened = (kind, question, detail = '') => ({ id: 'r' + ++count, t: Date.now(), kind, question_id: question, detail })
  box.put = async (question, rating) => {
    try {
      const told = JSON.stringify({ pass: hooks.pass(), rating: { ...content(rating), question_id: question } })
      const response = await fetch('live/rehearse', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: told })
      const answer = await response.json()
      box.awaySince = null
      if (response.ok) hooks.proposed(question, answer)
      else { box.refused = answer.reason; hooks.changed() }
    } catch { box.awaySince = Date.now(); hooks.changed() }
  }
  return box
}
function openOutbox(card, hooks) {
  const journal = 'interview-kit-live-' + card, tabKey = 'interview-kit-window', aliveKey = 'interview-kit-alive'
  const kept = readKept()
  // A window that went away properly took its mark along; where the mark is still there, it crashed or was copied.
  const before = sessionStorage.getItem(tabKey), copied = sessionStorage.getItem(aliveKey) !== null
  const tab = before && !copied ? before : [...crypto.getRandomValues(new Uint32Array(3))].map((n) => n.toString(36)).join('')
  const was = kept.tab && kept.tab !== tab ? [kept.tab] : []
  sessionStorage.setItem(tabKey, tab)
  sessionStorage.setItem(aliveKey, '1')
  const box = { tab, entries: kept.entries, moments: kept.moments, awaySince: null, failure: '', refused: '', sentAt: 0, count: kept.count }
  let timer = null, busy = false, again = false, closed = false, wishes = {}

  function readKept() {
    try {
      const found = JSON.parse(sessionStorage.getItem(journal) || '{}')
      return { entries: found.entries || {}, moments: found.moments || [], tab: found.tab, count: found.count || 0 }
    } catch { return { entries: {}, moments: [], count: 0 } }
  }
  box.keep = () => {
    const told = { entries: box.entries, moments: box.moments, tab, count: box.count }
    try { sessionStorage.setItem(journal, JSON.stringify(told)) } catch { box.failure = 'This tab has no room left to keep your words.' }
  }
  box.waiting = () => Object.keys(box.entries).length + box.moments.length
  box.put = (question, rating, base) => {
    const known = box.entries[question]
    box.entries[question] = { ...content(rating), base: known ? known.base : base, since: known ? known.since : Date.now() }
    box.keep()
    box.soon()
  }
  box.happened = (kind, question, detail = '') => {
    box.count += 1
    const moment = { id: tab + '-' + box.count + '-' + Date.now().toString(36), t: Date.now(), kind, question_id: question, detail }
    box.moments.push(moment)
    box.keep()
    box.soon()
    return moment
  }
  // A throttle with a trailing call: whoever types without a pause is saved too.
  box.soon = () => { if (!timer) timer = setTimeout(() => { timer = null; box.send() }, Math.max(0, SEND_AFTER - (Date.now() - box.sentAt))) }
  box.wish = (more) => { wishes = { ...wishes, ...more }; return box.send() }
  box.message = () => ({
    tab, was, focus: hooks.focus(), ...wishes,
    entries: Object.entries(box.entries).map(([question_id, { since, ...entry }]) => ({ question_id, ...entry })),
    moments: box.moments.map(({ t, ...moment }) => ({ ...moment, ago: Math.max(0, Date.now() - t) })),
  })
  box.send = async () => {
    if (closed) return
    if (busy) { again = true; return }
    busy = true
    box.sentAt = Date.now()
    const told = box.message(), asked = wishes
    wishes = {}
    const stop = new AbortController(), late = setTimeout(() => stop.abort(), ANSWER_WITHIN)
    try {
      const response = await fetch('live/tell', {
        method: 'POST', signal: stop.signal, headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ pass: hooks.pass(), told }),
      })
      const answer = await response.json()
      box.awaySince = null
      if (response.ok) { box.failure = ''; box.refused = ''; confirmed(told, answer); hooks.answered(answer, told) }
      else {
        wishes = { ...asked, ...wishes }
        if (response.status === 503) box.failure = answer.reason
        else box.refused = answer.reason || 'The kit refused it (' + response.status + ').'
        hooks.changed()
      }
    } catch {
      wishes = { ...asked, ...wishes }
      box.awaySince = box.awaySince || Date.now()
      hooks.changed()
    } finally {
      clearTimeout(late)
      busy = false
      if (again) { again = false; box.soon() }
    }
  }
  // An entry leaves when the server has the same; typed further meanwhile, it stays with the new base.
  const confirmed = (told, answer) => {
    if (!answer.holds) return
    const sent = Object.fromEntries(told.entries.map((entry) => [entry.question_id, entry]))
    for (const stored of answer.ratings) {
      const mine = box.entries[stored.question_id]
      if (!mine || !sent[stored.question_id]) continue
      if (sameContent(mine, sent[stored.question_id])) delete box.entries[stored.question_id]
      else { mine.base = stored.version; mine.since = Date.now() }
    }
    const ids = new Set(told.moments.map((moment) => moment.id))
    box.moments = box.moments.filter((moment) => !ids.has(moment.id))
    box.keep()
    if (box.waiting()) box.soon()
  }
  box.drop = (question) => { delete box.entries[question]; box.keep() }
  const ticking = setInterval(() => {
    const idle = Date.now() - box.sentAt
    if (idle > PING_AFTER || (box.waiting() && idle > RETRY_AFTER)) box.send()
  }, 500)
  const leave = () => {
    sessionStorage.removeItem(aliveKey)
    navigator.sendBeacon('live/tell', new Blob([JSON.stringify({ pass: hooks.pass(), told: { ...box.message(), wish: 'leave' } })], { type: 'application/json' }))
  }
  const back = (event) => { if (event.persisted) { sessionStorage.setItem(aliveKey, '1'); box.send() } }
  const hidden = () => { if (document.visibilityState === 'hidden' && box.waiting()) box.send() }
  const warn = (event) => { if (box.waiting() && (box.awaySince || box.failure)) event.preventDefault() }
  addEventListener('pagehide', leave)
  addEventListener('pageshow', back)
  addEventListener('beforeunload', warn)
  addEventListener('online', box.send)
  document.addEventListener('visibilitychange', hidden)
  box.close = () => {
    if (closed) return
    leave()
    closed = true
    clearInterval(ticking)
    clearTimeout(timer)
    removeEventListener('pagehide', leave)
    removeEventListener('pageshow', back)
    removeEventListener('beforeunload', warn)
    removeEventListener('online', box.send)
    document.removeEventListener('visibilitychange', hidden)
  }
  return box
}
