// The outbox holds what the server has not confirmed, by slot. It lies in sessionStorage too, so that a
// reload or a crash of the page brings it back. An entry leaves when the server shows the same text.
const SEND_AFTER = 400, RETRY_AFTER = 2500
const boxes = new WeakMap()

export default function ({ data, parentElement, setStateValue, key }) {
  let box = boxes.get(parentElement)
  if (!box) { box = open(parentElement, data); boxes.set(parentElement, box) }
  box.send = (value) => setStateValue('typed', value)
  box.receive(data)
}

function tabName() {
  let name = sessionStorage.getItem('interview-kit-tab')
  if (!name) { name = crypto.getRandomValues(new Uint32Array(2)).join('-'); sessionStorage.setItem('interview-kit-tab', name) }
  return name
}

function open(root, first) {
  const area = root.querySelector('textarea'), label = root.querySelector('label')
  const state = root.querySelector('.state')
  const journal = 'interview-kit-typed-' + first.field
  const outbox = JSON.parse(sessionStorage.getItem(journal) || '{}')
  let data = first, slot = null, timer = null, lastSent = 0, count = 0, reset = first.reset, received = false
  const box = { send: null }

  const keep = () => {
    if (Object.keys(outbox).length) sessionStorage.setItem(journal, JSON.stringify(outbox))
    else sessionStorage.removeItem(journal)
  }
  const flush = () => {
    clearTimeout(timer); timer = null
    if (!Object.keys(outbox).length || !box.send) return
    lastSent = Date.now(); count += 1
    box.send({ tab: tabName(), count, reset, entries: structuredClone(outbox) })
  }
  // A throttle with a trailing call: whoever types without a pause is saved too.
  const soon = () => { if (!timer) timer = setTimeout(flush, Math.max(0, SEND_AFTER - (Date.now() - lastSent))) }
  const show = () => {
    const waiting = slot in outbox, old = waiting && Date.now() - outbox[slot].at > RETRY_AFTER
    state.className = 'state' + (data.failure ? ' failed' : old && !data.here ? ' waiting' : '')
    state.textContent = data.failure ? 'NOT SAVED: ' + data.failure
      : old && !data.here ? 'Not saved yet: no answer from the server. Your words are kept in this tab; keep typing.'
      : data.here ? (waiting ? 'kept in this tab until you record it' : '')
      : waiting ? 'saving …'
      : data.savedAt ? '✓ saved ' + new Date(data.savedAt).toLocaleTimeString([], { hourCycle: 'h23' }) : ''
  }
  area.addEventListener('input', () => {
    const known = outbox[slot]
    outbox[slot] = { text: area.value, base: known ? known.base : data.version, at: known ? known.at : Date.now() }
    keep(); soon(); show()
  })
  area.addEventListener('blur', flush)
  area.addEventListener('keydown', (e) => e.stopPropagation())
  const hidden = () => { if (document.visibilityState === 'hidden') flush() }
  document.addEventListener('visibilitychange', hidden)
  const ticking = setInterval(() => {
    if (!(root.host ?? root).isConnected) return close()
    if (Object.keys(outbox).length && !data.here && Date.now() - lastSent > RETRY_AFTER) flush()
    show()
  }, 1000)

  box.receive = (next) => {
    data = next
    label.textContent = data.label; area.placeholder = data.placeholder; area.rows = data.rows
    area.setAttribute('aria-label', data.label); area.maxLength = 100000;
    if (data.reset !== reset) { reset = data.reset; for (const s of Object.keys(outbox)) delete outbox[s] }
    for (const [s, text] of Object.entries(data.stored)) {
      if (s in outbox && outbox[s].text === text) delete outbox[s]
    }
    keep()
    const wanted = data.slot in outbox ? outbox[data.slot].text : data.stored[data.slot] ?? ''
    if (slot !== data.slot || (area.value !== wanted)) {
      const at = area.selectionStart, end = area.selectionEnd, same = slot === data.slot
      slot = data.slot; area.value = wanted
      if (same && root.activeElement === area) area.setSelectionRange(at, end)
    }
    if (Object.keys(outbox).length && (!data.here || !received)) soon()
    received = true
    show()
  }
  const close = () => {
    clearInterval(ticking); document.removeEventListener('visibilitychange', hidden); boxes.delete(root)
  }
  return box
}
