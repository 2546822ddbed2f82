// The question in hand: read aloud, then what may be given or looked up, one press each.
function drawQuestion(live) {
  const q = live.item().question, top = make('div', 'question')
  top.append(make('p', 'soft', [q.competency, q.subskill, q.kind].join(' · ')))
  const prompt = make('h3', 'prompt', explained(q.prompt, q.terms))
  prompt.id = 'prompt'
  top.append(prompt)
  const tools = make('div', 'tools')
  for (const [name, label, here] of PANELS) {
    if (!here(q)) continue
    const count = given(live, name)
    tools.append(button(label + (count ? ' (' + count + ')' : ''), () => live.panel(name), { id: 'panel-' + name, pressed: live.open === name }))
  }
  top.append(tools)
  return top
}
const PANELS = [
  ['you', 'For you', () => true],
  ['card', 'Card & exhibits', () => true],
  ['numbers', 'Numbers if asked', (q) => q.numbers.length],
  ['reveals', 'If they ask', (q) => q.reveals.length],
  ['twists', 'Twist', (q) => q.twists.length],
  ['levels', 'Levels', () => true],
  ['key', 'Answer key', (q) => q.key.length],
  ['terms', 'Terms', (q) => q.terms.length],
]
const given = (live, name) => {
  const prefix = { numbers: 'number-', reveals: 'reveal-', twists: 'twist-', card: 'exhibit-' }[name]
  return prefix ? live.rating().given.filter((key) => key.startsWith(prefix)).length : 0
}
function drawPanel(live) {
  if (!live.open) return null
  const panel = make('div', live.open === 'card' ? 'panel wide' : 'panel'), q = live.item().question
  panel.id = 'panel'
  panel.tabIndex = -1
  panel.setAttribute('role', 'dialog')
  const close = button('Close', () => live.panel(''), { id: 'panel-close', className: 'close', hint: 'Esc' })
  const fill = {
    you: () => [
      make('p', '', q.forYou), heading('What separates', q.separates), heading('The trap', q.trap),
      q.noExperience ? heading('If they have not lived it', q.noExperience) : null,
      q.ledger.length ? heading('Collect', q.ledger.join(' · ')) : null,
      ...q.stages.map((stage) => make('p', '', stage)), ...q.acceptAlso.map((words) => heading('Also a good answer', words)),
      make('p', 'soft', q.aside),
    ],
    card: () => [
      make('p', 'soft', 'What the candidate sees. Exhibits to be asked for stay hidden until you show them.'),
      make('p', 'words card', q.card), ...q.exhibits.map((exhibit) => exhibitBox(live, exhibit)),
    ],
    numbers: () => [make('p', 'soft', 'Give a number only when it is asked for; what was not asked for is information too.'),
      ...q.numbers.map((one, n) => giveRow(live, 'number-' + n, one.about, one.give))],
    reveals: () => [make('p', 'soft', 'Say or show it only when it is asked for.'),
      ...q.reveals.map((one, n) => giveRow(live, 'reveal-' + n, one.asked, one.show))],
    twists: () => q.twists.flatMap((one, n) => [giveRow(live, 'twist-' + n, 'Minute ' + one.minute, '“' + one.say + '”'), heading('A good answer', one.good)]),
    levels: () => [1, 2, 3, 4].map((level) => heading(level + ' ' + live.c.levels[level], q.anchors[level])),
    key: () => q.key.map((words) => make('p', '', words)),
    terms: () => q.terms.map((term) => { const p = heading(term.term, term.plain); p.append(make('i', '', ' Good sign: ' + term.good)); return p }),
    window: () => windowPanel(live),
    overview: () => overviewPanel(live),
  }[live.open]
  panel.setAttribute('aria-label', { window: 'Candidate’s window', overview: 'Overview' }[live.open] || PANELS.find(([name]) => name === live.open)[1])
  panel.append(close, ...fill().filter(Boolean))
  return panel
}
const heading = (title, words) => make('p', '', make('b', '', title + '. '), words)
function giveRow(live, key, title, words) {
  const rating = live.rating(), on = rating.given.includes(key), at = live.moments.findLast((m) => m.kind === 'given' && m.detail === key && m.question_id === live.item().id)
  const press = button(on ? '✓ Given' + (at ? ' ' + live.stamp(at.t) : '') : 'Give', () => live.give(key), { id: 'give-' + key, pressed: on, disabled: !live.writes() })
  return make('div', 'give', press, heading(title, words))
}
function exhibitBox(live, exhibit) {
  const box = make('div', 'box'), first = exhibit.when === 'start'
  if (first) box.append(make('p', 'soft', 'Shown with the question'))
  else {
    const key = 'exhibit-' + exhibit.id, on = live.given(exhibit)
    const at = live.moments.findLast((m) => m.kind === 'given' && m.detail === key && m.question_id === live.item().id)
    box.append(button(on ? '✓ Shown' + (at ? ' ' + live.stamp(at.t) : '') : 'Show it', () => live.give(key), { id: 'give-' + key, pressed: on, disabled: !live.writes() }),
      make('span', 'soft', exhibit.when === 'on_request' ? ' only when it is asked for' : ' after the answer'))
  }
  box.append(drawExhibit(exhibit))
  return box
}
function windowPanel(live) {
  const url = live.window ? new URL(live.window, document.baseURI).href : ''
  const words = make('p', '', 'A page of its own for the candidate: the card that you show and the exhibits shown so far, nothing else. It goes on with Next; another question you look at stays yours until you press “Show to the candidate”. It cannot write, and ends when you submit or close it.')
  const reach = reachWords(url || document.baseURI)
  if (reach) words.append(make('b', 'reach', ' ' + reach))
  if (!live.window) return [words, button('Open the candidate’s window', () => live.openWindow(true), { className: 'main', id: 'window-open', disabled: !live.writes() })]
  const link = make('input', 'link')
  link.value = url
  link.readOnly = true
  link.setAttribute('aria-label', 'Address of the candidate’s window')
  link.onfocus = () => link.select()
  const look = make('a', '', 'Look at it')
  look.href = url
  look.target = '_blank'
  look.rel = 'noopener noreferrer'
  return [words, link,
    button('Copy the address', async (event) => { try { await navigator.clipboard.writeText(url) } catch { link.select(); document.execCommand('copy') } event.target.textContent = 'Copied' }, { className: 'main' }),
    button('Close it', () => live.openWindow(false), { id: 'window-close' }), make('p', '', look)]
}
// An address of this machine or this network reaches nobody elsewhere.
function reachWords(url) {
  const host = new URL(url).hostname
  if (/^(localhost|.*\.localhost|127\..*|\[::1\]|0\.0\.0\.0)$/.test(host)) return 'This address works on this machine only: a candidate elsewhere cannot open it. Share your screen with Share-safe on, or run the kit under a public address (docs/deploy.md).'
  if (/^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|.*\.local$|\[f[cde])/.test(host)) return 'This address works in your own network only.'
  return ''
}
function overviewPanel(live) {
  const keys = [['1 – 4', 'give this level'], ['S', 'skip, then a reason'], ['E', 'no evidence'], ['A', 'not asked'], ['N / P', 'next / previous question'], ['C', 'show this question to the candidate'],
    ['H', 'the probe on top was asked'], ['.', 'time stamp in the notes'], ['/', 'into the notes'], ['L', 'into the list; ↑ ↓ and Space to tick'], ['Esc', 'out of the notes, close this'], ['?', 'this overview']]
  const table = make('dl', 'keys')
  for (const [key, words] of keys) table.append(make('dt', '', make('kbd', '', key)), make('dd', '', words))
  const open = live.c.items.map((item, place) => [item, place]).filter(([item]) => !decided(live.ratings[item.id]))
  return [make('p', '', 'Keys work while you are not typing.'), table,
    make('p', '', make('b', '', open.length ? 'Still without a level or state: ' : 'Every question has a level or a state.')),
    ...open.map(([item, place]) => button(place + 1 + '. ' + item.title, () => { live.panel(''); live.go(place) }))]
}
