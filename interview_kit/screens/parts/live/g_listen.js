// What to listen for: the probe for what is missing on top, then signals as large targets, then red flags.
function waitingProbes(q, rating) {
  const order = (a, b) => { for (let i = 0; i < 4; i++) if (a.order[i] !== b.order[i]) return a.order[i] - b.order[i]; return 0 }
  return q.probes.map((probe, place) => {
    if (rating.probes.includes(place)) return null
    const unheard = q.signals.filter((s) => probe.missed.includes(s.id) && !rating.ticks.includes(s.id)).sort((a, b) => b.must - a.must || b.weight - a.weight)
    if (unheard.length) return { place, probe, missing: unheard[0].label, order: [unheard[0].must ? 0 : 1, probe.help, -unheard[0].weight, place] }
    return probe.manner ? { place, probe, missing: probe.manner, order: [2, probe.help, 0, place] } : null
  }).filter(Boolean).sort(order)
}
function drawListen(live) {
  const q = live.item().question, rating = live.rating(), full = q.signals.length + q.flags.length >= 12, list = make('div', 'listen' + (full ? ' full' : ''))
  list.append(drawProbe(live, q, rating))
  list.append(make('div', 'row', make('span', 'soft head', 'Listen for'), make('span', 'spacer'),
    button('Check questions', () => { live.checks = !live.checks; live.preferences.write(live.checksKey, live.checks); live.draw() },
      { id: 'checks', className: 'quiet', pressed: live.checks, hint: 'Shows beside each signal a question whose answer you can verify' })))
  const helped = new Set(q.probes.filter((probe, place) => probe.help === 2 && rating.probes.includes(place)).flatMap((probe) => probe.missed))
  for (const s of q.signals) {
    const note = 'level ' + s.level + (s.must ? ' · must' : '') + (helped.has(s.id) ? ' · helped: counts for 2 at most' : '')
    list.append(listenRow(live, 'tick-' + s.id, s.label, note, s, rating.ticks.includes(s.id), () => live.change(q.id, { ticks: toggled(rating.ticks, s.id) })))
  }
  if (q.flags.length) {
    list.append(make('p', 'soft head', 'Red flags'))
    for (const f of q.flags) {
      const on = rating.red_flags.includes(f.id)
      const row = listenRow(live, 'flag-' + f.id, f.flag, f.effect, { plain: '', details: [['Why:', f.reason]] }, on, () => live.change(q.id, { red_flags: toggled(rating.red_flags, f.id) }))
      row.classList.add('flag')
      if (on) row.append(quoteBox(live, q, f))
      list.append(row)
    }
  }
  return list
}
// The probe on top for the question in hand; null where nothing is left to probe.
function topProbe(live) {
  const left = waitingProbes(live.item().question, live.rating())
  return left.length ? left[live.turn % left.length].place : null
}
function drawProbe(live, q, rating) {
  const box = make('div', 'probe'), left = waitingProbes(q, rating)
  box.setAttribute('aria-live', 'polite')
  if (!left.length) { box.append(make('p', '', rating.probes.length ? 'Nothing left to probe.' : 'Everything was heard; nothing to probe.')); return box }
  const { place, probe, missing } = left[live.turn % left.length]
  box.append(make('p', 'missing', make('b', '', 'Not heard: '), missing),
    make('p', 'ask', '“' + probe.ask + '” ', make('span', 'soft', probe.words)),
    button('Asked', () => live.asked(q.id, place), { id: 'asked', disabled: !live.writes(), hint: 'H' }))
  if (left.length > 1) box.append(button('Another', () => { live.turn += 1; live.draw() }, { id: 'another', className: 'quiet' }))
  if (rating.probes.length) box.append(make('span', 'soft', rating.probes.length + ' asked'))
  return box
}
function listenRow(live, id, label, note, { plain, details }, on, toggle) {
  const terms = live.item().question.terms, check = details.find(([head]) => head === 'Check:')
  const item = make('div', 'item' + (on ? ' heard' : '')), input = make('input'), text = make('label', '', make('b', '', label), ' ', make('span', 'soft', note))
  input.type = 'checkbox'
  input.checked = on
  input.disabled = !live.writes()
  input.id = id
  text.htmlFor = id
  input.onchange = toggle
  if (plain) text.append(make('span', 'plain', explained(plain, terms)))
  if (live.checks && check && !on) text.append(make('span', 'check', make('b', '', 'Check: '), check[1]))
  item.append(input, text)
  const open = live.explained.has(id)
  const why = button('i', () => { open ? live.explained.delete(id) : live.explained.add(id); live.draw() }, { id: 'why-' + id, className: 'why', hint: 'Decoy and check question' })
  why.setAttribute('aria-label', 'Explain: ' + label)
  why.setAttribute('aria-expanded', String(open))
  item.append(why)
  if (open) item.append(make('div', 'more', ...details.map(([head, words]) => make('p', head.startsWith('Sounds') ? 'decoy' : '', make('b', '', head + ' '), explained(words, terms)))))
  return item
}
function quoteBox(live, q, flag) {
  const quote = make('input', 'quote')
  quote.id = 'quote-' + flag.id
  quote.placeholder = 'Their words (may stay empty)'
  quote.setAttribute('aria-label', 'Their words for: ' + flag.flag)
  quote.value = live.rating().flag_quotes[flag.id] || ''
  quote.disabled = !live.writes()
  quote.oninput = () => {
    live.leftOut(cutToFit(quote, MOST_QUOTED), MOST_QUOTED)
    live.change(q.id, { flag_quotes: { ...live.ratings[q.id].flag_quotes, [flag.id]: quote.value } }, { quietly: true })
  }
  return quote
}
const MOST_QUOTED = 2000
