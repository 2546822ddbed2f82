// Marks are kept by slot until the server shows the same, like typed words: see kept_text.js.
const lists = new WeakMap()

export default function ({ data, parentElement, setStateValue }) {
  let list = lists.get(parentElement)
  if (!list) { list = open(parentElement, data); lists.set(parentElement, list) }
  list.send = (value) => setStateValue('marked', value)
  list.receive(data)
}

function tabName() {
  let name = sessionStorage.getItem('interview-kit-tab')
  if (!name) { name = crypto.getRandomValues(new Uint32Array(2)).join('-'); sessionStorage.setItem('interview-kit-tab', name) }
  return name
}
function make(tag, className, text) {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text !== undefined) element.textContent = text
  return element
}
const same = (a, b) => JSON.stringify([a.ticks, a.probes, a.flags]) === JSON.stringify([b.ticks, b.probes, b.flags])
const copy = (m) => ({ ticks: [...m.ticks], probes: [...m.probes], flags: [...m.flags] })
const toggled = (values, value) => (values.includes(value) ? values.filter((v) => v !== value) : [...values, value].sort())

function open(root, first) {
  const body = make('div', 'list'); root.appendChild(body)
  const journal = 'interview-kit-marked-' + first.field
  const outbox = JSON.parse(sessionStorage.getItem(journal) || '{}')
  let data = first, slot = null, reset = first.reset, marks = null, turn = 0, count = 0, sentAt = 0, drawn = ''
  const explained = new Set()
  const list = { send: null }

  const keep = () => {
    if (Object.keys(outbox).length) sessionStorage.setItem(journal, JSON.stringify(outbox))
    else sessionStorage.removeItem(journal)
  }
  const flush = () => {
    if (!Object.keys(outbox).length || !list.send) return
    count += 1; sentAt = Date.now()
    list.send({ tab: tabName(), count, reset, entries: structuredClone(outbox) })
  }
  const change = (next) => {
    if (data.locked) return
    marks = next
    outbox[slot] = { ...copy(marks), base: slot in outbox ? outbox[slot].base : data.version }
    keep(); draw(); flush()
  }
  const ticking = setInterval(() => {
    if (!(root.host ?? root).isConnected) { clearInterval(ticking); lists.delete(root); return }
    if (Object.keys(outbox).length && Date.now() - sentAt > 2500) flush()
  }, 1000)

  // Probes not asked yet whose signal was not heard: musts first, gentle help first, heavy signals first.
  const waiting = () => data.probes.filter((p) => !marks.probes.includes(p.place)).map((p) => {
    const unheard = data.signals.filter((s) => p.missed.includes(s.id) && !marks.ticks.includes(s.id))
    if (unheard.length) {
      const s = unheard.sort((a, b) => b.must - a.must || b.weight - a.weight)[0]
      return { probe: p, missing: s.label, order: [s.must ? 0 : 1, p.help, -s.weight, p.place] }
    }
    return p.manner ? { probe: p, missing: p.manner, order: [2, p.help, 0, p.place] } : null
  }).filter(Boolean).sort((a, b) => {
    for (let i = 0; i < 4; i++) if (a.order[i] !== b.order[i]) return a.order[i] - b.order[i]
    return 0
  })

  const probeBox = () => {
    const box = make('div', 'probe'), left = waiting()
    box.setAttribute('aria-live', 'polite')
    if (!left.length) { box.appendChild(make('p', '', 'Nothing left to probe.')); return box }
    const { probe, missing } = left[turn % left.length]
    const title = make('p'); title.append(make('b', '', 'Not heard yet: '), missing)
    const ask = make('p', 'ask', '“' + probe.ask + '” '); ask.appendChild(make('span', 'soft', probe.helpWords))
    const asked = make('button', '', 'Asked'); asked.disabled = data.locked
    asked.onclick = () => { turn = 0; change({ ...marks, probes: [...marks.probes, probe.place].sort((a, b) => a - b) }) }
    box.append(title, ask, asked)
    if (left.length > 1) {
      const other = make('button', 'quiet', 'Another'); other.onclick = () => { turn += 1; draw() }
      box.appendChild(other)
    }
    if (marks.probes.length) box.appendChild(make('span', 'soft', marks.probes.length + ' asked'))
    return box
  }
  const row = (id, label, note, plain, details, on, toggle, kind) => {
    const item = make('div', 'item' + (on ? ' heard' : '')), input = make('input'), text = make('label')
    input.type = 'checkbox'; input.checked = on; input.disabled = data.locked; input.id = kind + id; text.htmlFor = kind + id
    input.onchange = toggle
    text.append(make('b', '', label), ' ', make('span', 'soft', note))
    if (plain) text.appendChild(make('span', 'plain', plain))
    item.append(input, text)
    if (details.length) {
      const why = make('button', 'why', 'i'), mark = kind + id
      why.setAttribute('aria-label', 'Explain: ' + label); why.setAttribute('aria-expanded', explained.has(mark))
      why.onclick = () => { explained.has(mark) ? explained.delete(mark) : explained.add(mark); draw() }
      item.appendChild(why)
      if (explained.has(mark)) {
        const more = make('div', 'more')
        for (const [head, words] of details) { const p = make('p'); p.append(make('b', '', head + ' '), words); more.appendChild(p) }
        item.appendChild(more)
      }
    }
    return item
  }
  const draw = () => {
    const active = root.activeElement?.id, flagsOpen = body.querySelector('details')?.open
    body.replaceChildren(probeBox())
    for (const s of data.signals) {
      body.appendChild(row(s.id, s.label, 'level ' + s.level + (s.must ? ' · must' : ''), s.plain, s.details,
        marks.ticks.includes(s.id), () => change({ ...marks, ticks: toggled(marks.ticks, s.id) }), 'tick-'))
    }
    if (data.flags.length) {
      const flags = make('details')
      flags.open = flagsOpen ?? marks.flags.length > 0
      flags.appendChild(make('summary', '', 'Red flags' + (marks.flags.length ? ' (' + marks.flags.length + ' marked)' : '')))
      for (const f of data.flags) {
        flags.appendChild(row(f.id, f.flag, f.effect, '', [['Why', f.reason]], marks.flags.includes(f.id),
          () => change({ ...marks, flags: toggled(marks.flags, f.id) }), 'flag-'))
      }
      body.appendChild(flags)
    }
    if (active) root.getElementById?.(active)?.focus()
  }
  list.receive = (next) => {
    const moved = next.slot !== slot || next.reset !== reset
    if (next.reset !== reset) { reset = next.reset; for (const s of Object.keys(outbox)) delete outbox[s] }
    const content = next.content === data.content && data.signals ? data : JSON.parse(next.content)
    data = { ...next, signals: content.signals, probes: content.probes, flags: content.flags }
    for (const [s, stored] of Object.entries(data.stored)) if (s in outbox && same(outbox[s], stored)) delete outbox[s]
    keep()
    if (moved) { slot = data.slot; turn = 0; explained.clear() }
    marks = copy(slot in outbox ? outbox[slot] : data.stored[slot])
    const now = JSON.stringify([slot, data.locked, marks, reset])
    if (now !== drawn) { drawn = now; draw() }
    if (moved && Object.keys(outbox).length) flush()
  }
  return list
}
