// The line on top: who, the clock, what the musts still need, whether it is saved, the candidate's window.
function drawBar(live) {
  const { c } = live, bar = make('div', 'bar')
  const role = !c.people.length ? '' : live.leader === c.me ? 'You lead'
    : live.leader ? (c.names[live.leader] || 'Another') + ' leads · you take notes' : 'Nobody leads yet'
  bar.append(make('span', 'who', make('b', '', c.candidate), ' · ' + c.interview))
  if (role) {
    const where = Object.entries(live.others).map(([who, question]) => {
      const place = c.items.findIndex((item) => item.id === question)
      return (c.names[who] || 'Another') + (place < 0 ? ' is not here yet' : ' is at question ' + (place + 1))
    }).join(' · ')
    const part = make('span', 'role', role)
    part.title = where
    bar.append(part)
    if (live.leader !== c.me) bar.append(button('I lead', () => live.outbox.wish({ lead: true, led: live.leader ?? null }), { id: 'lead', disabled: !live.holds }))
  }
  const spacer = make('span', 'spacer')
  live.clock = make('b', 'clock', '')
  live.clock.setAttribute('role', 'timer')
  live.need = make('span', 'need', '')
  bar.append(spacer)
  const time = live.time()
  if (!time.begun) bar.append(button('Start the clock', () => live.begin(), { id: 'begin', className: 'main', disabled: !live.holds }))
  else bar.append(live.clock, live.need, button(time.paused ? 'Go on' : 'Pause', () => live.pause(), { id: 'pause', disabled: !live.holds || time.ended, hint: 'Pauses are left out of the minutes used' }))
  live.saved = make('span', 'saved', '')
  live.saved.setAttribute('role', 'status')
  bar.append(live.saved)
  if (live.windowed()) bar.append(make('span', 'sees' + (live.ahead() ? ' ahead' : ''), 'Candidate sees ' + (live.shownPlace() + 1)))
  bar.append(
    ...(live.rehearsal ? [] : [button('Candidate’s window', () => live.panel('window'), { id: 'panel-window', pressed: live.open === 'window', className: live.window ? 'on' : '' })]),
    button('Share-safe', () => live.shareSafe(true), { id: 'share', hint: 'Hides everything but the candidate’s card, for a shared screen' }),
    button('?', () => live.panel('overview'), { id: 'panel-overview', pressed: live.open === 'overview', hint: 'Keys and overview (?)' }))
  live.tick()
  return bar
}
// Runs every second and draws nothing but the figures.
function tickBar(live) {
  const time = live.time(), { c } = live
  if (live.clock) live.clock.textContent = clockText(time.seconds) + ' of ' + c.minutes + ' min' + (time.paused ? ' · paused' : time.ended ? ' · ended' : '')
  const plan = budget(c.items, live.ratings, time, c.minutes, c.around)
  if (live.need) live.need.textContent = 'musts need ' + minutesText(plan.musts) + ' of ' + minutesText(Math.max(0, plan.left)) + ' left'
  live.need?.classList.toggle('short', plan.musts > plan.left)
  if (live.saved) savedWords(live)
  const item = live.item(), used = live.body.querySelector('#used-' + live.place)
  if (used && time.used[item.id]) used.textContent = usedText(item, time)
  if (live.dropFor !== (plan.drop?.id ?? '')) { live.dropFor = plan.drop?.id ?? ''; live.drawNotice(plan) }
}
const usedText = (item, time) => (time.used[item.id] ? minutesText(time.used[item.id]) + ' of ' : '') + item.minutes + ' min'
function savedWords(live) {
  const box = live.outbox, late = box.waiting() && Object.values(box.entries).some((entry) => Date.now() - entry.since > 4000)
  const [kind, words] = box.failure || box.refused || box.aside.some((one) => one.what === 'entry') ? ['failed', 'NOT SAVED']
    : box.awaySince ? ['away', box.waiting() ? box.waiting() + ' waiting since ' + timeText(box.awaySince) : 'No connection']
    : late ? ['away', 'saving …'] : box.waiting() ? ['', 'saving …'] : ['', live.savedAt ? '✓ saved ' + timeText(live.savedAt) : '']
  if (live.saved.textContent !== words) live.saved.textContent = words
  live.saved.className = 'saved ' + kind
}
// Everything that has to be said aloud stands here, above the work, until it is settled.
function drawNotices(live, plan) {
  const list = make('div', 'notices'), box = live.outbox
  const note = (kind, words, ...actions) => {
    const line = make('div', 'notice ' + kind, make('span', '', words), ...actions)
    line.setAttribute('role', kind === 'bad' ? 'alert' : 'status')
    list.append(line)
  }
  if (box.failure) note('bad', 'Not saved: ' + box.failure + ' Your words are kept in this tab and sent again until they are stored.', button('Try now', () => box.send()))
  if (box.refused) note('bad', 'Not saved: ' + box.refused + (box.waiting() ? ' Your words are kept in this tab; copy them before you close it.' : ''),
    button('Load the page again', () => location.reload()))
  if (box.awaySince) note('warn', 'No connection since ' + timeText(box.awaySince) + '. Go on: what you type and tick waits in this tab and is sent when the connection is back.')
  if (live.state !== 'draft') note('warn', 'This scorecard is ' + live.state + '. Nothing is recorded any more.')
  else if (!live.holds) {
    const waiting = Object.keys(box.entries).length
    note('warn', 'Another window of yours writes this interview; this one follows it.' + (waiting ? ' What you typed here is not stored yet; take over and you decide which text stays.' : ''),
      button('Take over', () => box.wish({ wish: 'take' }), { className: 'main', id: 'take' }))
  }
  if (live.ahead()) note('look', 'Only you see this question. The candidate still sees “' + (live.shownPlace() + 1) + '. ' + live.shownItem().title + '”.',
    button('Show to the candidate', () => live.show(), { id: 'show-candidate', className: 'main', disabled: !live.writes(), hint: 'C' }),
    button('Back to ' + (live.shownPlace() + 1), () => live.go(live.shownPlace()), { id: 'back-to-shown' }))
  if (!box.works) note('warn', 'This browser is set to keep nothing for this page: your words are kept on the server only. Wait for “✓ saved” before you reload or close it.')
  if (live.cut) note('warn', live.cut, button('All right', () => live.leftOut(0), { id: 'left-out' }))
  for (const one of box.aside) list.append(drawAside(live, one))
  if (plan?.drop) note('', 'Short by ' + minutesText(plan.short) + ' min. Leaving out “' + plan.drop.title + '” would make room; you decide.',
    button('Skip it: no time', () => live.change(plan.drop.id, { level: null, state: 'skipped', skip_reason: 'time' }), { id: 'drop' }))
  for (const [question, clash] of Object.entries(live.clashes)) list.append(drawClash(live, question, clash))
  return list
}
// What the kit refused for good: the reason, and the words to copy.
function drawAside(live, one) {
  const item = live.c.items.find((other) => other.id === one.question), where = item ? '“' + item.title + '”' : one.question || 'The interview'
  const what = { entry: 'these words are not stored', mark: 'one mark is not stored; the words are', moment: 'the moment “' + one.kind + '” is not stored' }[one.what]
  const box = make('div', 'notice clash', make('b', '', where + ': ' + what + '. '), one.reason + ' ')
  box.setAttribute('role', 'alert')
  if (one.words) box.append(make('p', 'words aside', one.words), button('Copy the words', (event) => copyWords(one.words, event.target), { className: 'main' }))
  box.append(button('Dismiss', () => { live.outbox.dismiss(one); live.draw() }))
  return box
}
async function copyWords(words, press) {
  try { await navigator.clipboard.writeText(words); press.textContent = 'Copied' } catch { press.textContent = 'Select them and copy' }
}
// Two windows wrote the same question: both texts are shown, and one decides.
function drawClash(live, question, { theirs, mine }) {
  const item = live.c.items.find((one) => one.id === question)
  const both = () => ({ ...theirs, evidence: [theirs.evidence, mine.evidence].filter(Boolean).join('\n'), ticks: [...new Set([...theirs.ticks, ...mine.ticks])].sort() })
  return make('div', 'notice clash', make('b', '', '“' + item.title + '” was changed in another window. Nothing was overwritten.'),
    make('div', 'texts', make('div', '', make('b', '', 'Stored'), make('p', 'words', theirs.evidence || '(no text)')), make('div', '', make('b', '', 'Typed here'), make('p', 'words', mine.evidence || '(no text)'))),
    button('Keep both texts', () => live.settle(question, both()), { className: 'main' }),
    button('Use what is stored', () => live.settle(question, theirs)), button('Use what I typed', () => live.settle(question, mine)))
}
