// The outbox holds what the server has not confirmed, by slot. It lies in sessionStorage too, under the person, so that a
// reload or a crash of the page brings it back. Every change has a count that only grows: an entry leaves when the
// server has answered it, and of two that arrive in the wrong order the server keeps the newer.
const SEND_AFTER = 400, RETRY_AFTER = 2500
const boxes = new WeakMap()

export default function ({ data, parentElement, setStateValue }) {
  let box = boxes.get(parentElement)
  if (!box) { box = open(parentElement, data); boxes.set(parentElement, box) }
  box.send = (value) => setStateValue('typed', value)
  box.receive(data)
}

// What one window has typed and not seen confirmed, its name and how far it has counted.
function openTyped(person, field) {
  const storage = openStorage('sessionStorage'), key = 'interview-kit-typed-' + person + '-' + field
  const found = storage.read(key) || {}
  const typed = { tab: newName(), count: found.count || 0, outbox: found.outbox || {}, works: storage.works, was: [] }
  if (found.tab) typed.was = [{ tab: found.tab, count: typed.count }, ...(found.was || [])].slice(0, 8)
  typed.waits = () => Object.keys(typed.outbox).length > 0
  typed.keep = () => storage.write(key, { tab: typed.tab, count: typed.count, outbox: typed.outbox, was: typed.was })
  typed.message = (reset) => ({ tab: typed.tab, was: typed.was, count: typed.count, reset, entries: structuredClone(typed.outbox) })
  typed.put = (slot, text, base) => {
    const known = typed.outbox[slot]
    typed.count += 1
    typed.outbox[slot] = { text: wellFormed(text), base: known ? known.base : base, at: known ? known.at : Date.now(), count: typed.count }
    typed.keep()
  }
  // What the server has, or has something newer for, leaves; what another window changed meanwhile waits for a choice.
  typed.confirm = (data) => {
    for (const [slot, entry] of Object.entries(typed.outbox)) {
      const answered = data.answered.tab === typed.tab && (data.answered.counts[slot] ?? -1) >= entry.count
      const same = data.here ? entry.text.trim() === data.stored[slot]?.trim() : entry.text === data.stored[slot]
      if (same || (answered && !(slot in data.clashes))) delete typed.outbox[slot]
      else if (slot in data.versions && data.answered.tab === typed.tab && !(slot in data.clashes) && data.answered.counts[slot]) entry.base = data.versions[slot]
    }
    typed.keep()
  }
  return typed
}

function open(root, first) {
  const area = root.querySelector('textarea'), label = root.querySelector('label')
  const state = root.querySelector('.state'), other = root.querySelector('.other')
  const typed = openTyped(first.person, first.field), outbox = typed.outbox
  let data = first, slot = null, timer = null, lastSent = 0, reset = first.reset, received = false, cut = 0
  const box = { send: null }

  const flush = () => {
    clearTimeout(timer); timer = null
    if (!typed.waits() || !box.send) return
    lastSent = Date.now()
    box.send(typed.message(reset))
  }
  // A throttle with a trailing call: whoever types without a pause is saved too.
  const soon = () => { if (!timer) timer = setTimeout(flush, Math.max(0, SEND_AFTER - (Date.now() - lastSent))) }
  const clash = () => (slot in outbox ? data.clashes[slot] : undefined)
  const words = () => {
    const waiting = slot in outbox, old = waiting && Date.now() - outbox[slot].at > RETRY_AFTER
    if (data.failure) return ['failed', 'NOT SAVED: ' + data.failure]
    if (clash() !== undefined) return ['failed', 'NOT SAVED: another window of yours changed it.']
    if (data.here) return ['', waiting ? (typed.works ? 'kept in this tab until you record it' : 'not recorded yet; this browser keeps nothing') : '']
    if (old) return ['waiting', 'Not saved yet: no answer from the server. Your words are kept in this tab; keep typing.']
    return ['', waiting ? 'saving …' : data.savedAt ? '✓ saved ' + new Date(data.savedAt).toLocaleTimeString([], { hourCycle: 'h23' }) : '']
  }
  const show = () => {
    const [kind, said] = words()
    state.className = 'state ' + (cut ? 'waiting' : kind)
    state.textContent = (cut ? leftOutWords(cut, data.most) + ' ' : '') + said
    other.hidden = clash() === undefined
    other.querySelector('p').textContent = clash() ?? ''
  }
  const settle = (text) => { typed.put(slot, text, 0); outbox[slot].base = data.versions[slot] ?? 0; area.value = text; flush(); show() }
  other.querySelector('.theirs').onclick = () => settle(clash())
  other.querySelector('.mine').onclick = () => settle(area.value)
  other.querySelector('.both').onclick = () => settle([clash(), area.value].filter(Boolean).join('\n'))
  area.addEventListener('input', () => {
    cut = cutToFit(area, data.most)
    typed.put(slot, area.value, data.versions[slot] ?? 0)
    soon(); show()
  })
  area.addEventListener('blur', flush)
  area.addEventListener('keydown', (e) => e.stopPropagation())
  const hidden = () => { if (document.visibilityState === 'hidden') flush() }
  const warn = (event) => { if (typed.waits()) { event.preventDefault(); flush() } }
  // The page is left for good: what is stored while one types goes by a way that needs no page.
  const leave = () => {
    if (!data.pass || !typed.waits()) return
    const told = { pass: data.pass, typed: typed.message(reset) }
    navigator.sendBeacon('live/words', new Blob([JSON.stringify(told)], { type: 'application/json' }))
  }
  const listeners = [[document, 'visibilitychange', hidden], [window, 'beforeunload', warn], [window, 'pagehide', leave]]
  for (const [where, what, act] of listeners) where.addEventListener(what, act)
  const ticking = setInterval(() => {
    if (!(root.host ?? root).isConnected) return close()
    if (typed.waits() && !data.here && Date.now() - lastSent > RETRY_AFTER) flush()
    show()
  }, 1000)

  box.receive = (next) => {
    data = next
    label.textContent = data.label; area.placeholder = data.placeholder; area.rows = data.rows
    area.setAttribute('aria-label', data.label)
    if (data.reset !== reset) { reset = data.reset; for (const s of Object.keys(outbox)) delete outbox[s] }
    typed.confirm(data)
    const wanted = data.slot in outbox ? outbox[data.slot].text : data.stored[data.slot] ?? ''
    if (slot !== data.slot || wellFormed(area.value) !== wanted) {
      const at = area.selectionStart, end = area.selectionEnd, same = slot === data.slot
      slot = data.slot; area.value = wanted
      if (same && root.activeElement === area) area.setSelectionRange(at, end)
    }
    if (typed.waits() && (!data.here || !received)) soon()
    received = true
    show()
  }
  const close = () => {
    // In the kit itself one leaves the page without leaving the tab.
    leave()
    clearInterval(ticking); boxes.delete(root)
    for (const [where, what, act] of listeners) where.removeEventListener(what, act)
  }
  return box
}
