// Evidence and level. The boxes stay mounted while questions change, so that nothing typed is swapped out.
function openRecord(live) {
  const box = make('div', 'record'), area = make('textarea', 'evidence'), why = make('textarea', 'why-box')
  const label = make('label', '', 'Evidence'), hint = make('span', 'soft', ' · after a >, what they said; the rest is your reading')
  area.id = 'evidence'
  label.htmlFor = 'evidence'
  area.setAttribute('aria-label', 'Evidence: what was said or done')
  area.spellcheck = true
  const quote = button('> They said', () => record.line('> '), { id: 'said', className: 'quiet', hint: 'A new line in their words' })
  const stamp = button('Time stamp', () => record.line(''), { id: 'stamp', className: 'quiet', hint: '. (dot)' })
  const level = make('div', 'level')
  why.id = 'why'
  why.rows = 1
  box.append(make('div', 'row', label, hint, make('span', 'spacer'), quote, stamp), area, level, why)
  // The box says itself which question it shows: while a press lasts the next one is not drawn yet.
  area.addEventListener('input', () => {
    live.leftOut(cutToFit(area, MOST_LETTERS), MOST_LETTERS)
    live.change(area.dataset.question, { evidence: area.value }, { quietly: true })
  })
  const lineAt = (place) => area.value.lastIndexOf('\n', place - 1) + 1
  const onEmptyLine = () => area.value.slice(lineAt(area.selectionStart), area.selectionStart) === '' && area.value.slice(area.selectionEnd).split('\n')[0] === ''
  // A new line begins with the interview's time; Undo takes it away again.
  area.addEventListener('beforeinput', (event) => {
    if (stamping || event.inputType !== 'insertText') return
    live.begin()
    if (onEmptyLine()) insert(live.stamp() + ' ')
  })
  // An input method composes its letters first: their line gets its time when they stand.
  let composed = null
  area.addEventListener('compositionstart', () => {
    composed = onEmptyLine() ? live.stamp() + ' ' : null
    live.begin()
  })
  area.addEventListener('compositionend', () => {
    const at = area.selectionEnd, line = lineAt(at)
    if (composed === null || at === line) return
    area.setSelectionRange(line, line)
    insert(composed)
    area.setSelectionRange(at + composed.length, at + composed.length)
    composed = null
  })
  let stamping = false
  const insert = (words) => {
    stamping = true
    area.focus()
    if (!document.execCommand('insertText', false, words)) { area.setRangeText(words, area.selectionStart, area.selectionEnd, 'end'); area.dispatchEvent(new Event('input')) }
    stamping = false
  }
  why.addEventListener('input', () => {
    live.leftOut(cutToFit(why, MOST_LETTERS), MOST_LETTERS)
    live.change(area.dataset.question, { [why.dataset.field]: why.value }, { quietly: true })
  })
  const record = { box, area, why }
  record.line = (begin) => {
    if (!live.writes()) return
    live.begin()
    area.focus()
    area.setSelectionRange(area.value.length, area.value.length)
    insert((area.value && !area.value.endsWith('\n') ? '\n' : '') + live.stamp() + ' ' + begin)
  }
  record.draw = () => {
    const rating = live.rating(), item = live.item()
    area.dataset.question = item.id
    if (area.value !== rating.evidence) setKeeping(area, rating.evidence, live.root)
    area.disabled = stamp.disabled = quote.disabled = !live.writes()
    const asked = explanation(live, rating)
    why.hidden = !asked
    if (asked) {
      why.dataset.field = asked[0]
      why.placeholder = asked[1]
      why.setAttribute('aria-label', asked[1])
      why.disabled = !live.writes()
      if (why.value !== rating[asked[0]]) setKeeping(why, rating[asked[0]], live.root)
    }
    level.replaceChildren(...drawLevel(live, rating, item))
  }
  return record
}
function setKeeping(area, words, root) {
  const at = area.selectionStart, end = area.selectionEnd, here = root.activeElement === area
  area.value = words
  if (here) area.setSelectionRange(Math.min(at, words.length), Math.min(end, words.length))
}
const hasMarks = (rating) => rating.ticks.length > 0 || rating.red_flags.length > 0
function explanation(live, rating) {
  if (rating.state === 'skipped' && rating.skip_reason === 'other') return ['skip_text', 'Skipped: for which reason?']
  const proposed = live.proposals[rating.question_id]
  if (rating.level && hasMarks(rating) && proposed && proposed.level !== rating.level) return ['override_reason', 'Why ' + rating.level + ' where the ticks propose ' + proposed.level + '? One sentence; it stands on the scorecard']
  return null
}
function drawLevel(live, rating, item) {
  const proposal = live.proposals[item.id], line = make('p', 'proposal')
  line.id = 'proposal'
  if (!hasMarks(rating)) line.append(make('b', '', 'Level. '), make('span', 'soft', 'Tick what you hear and a level is proposed; you decide.'))
  else if (!proposal || live.stale.has(item.id)) line.append(make('b', '', 'Level. '), make('span', 'soft', live.outbox.awaySince ? 'The proposal comes when the connection is back; you can decide without it.' : 'Weighing …'))
  else line.append(make('b', '', 'Ticks propose ' + proposal.level + ' ' + live.c.levels[proposal.level] + ': '), make('span', 'soft', proposal.because.join('; ') + '.' + (proposal.missing.length ? ' For ' + (proposal.level + 1) + ' still: ' + proposal.missing.join(', ') + '.' : '')))
  const choice = (key, label, value, on) => button(label, () => live.rate(value), { id: 'rate-' + key, pressed: on, disabled: !live.writes(), className: 'choice' })
  const row = make('div', 'choices')
  row.setAttribute('role', 'group')
  row.setAttribute('aria-label', 'Level')
  for (const level of [1, 2, 3, 4]) {
    const press = choice(level, level + ' ' + live.c.levels[level], level, rating.level === level)
    press.dataset.level = level
    press.title = item.question.anchors[level]
    row.append(press)
  }
  row.append(choice('no_evidence', live.c.states.no_evidence, 'no_evidence', rating.state === 'no_evidence'), choice('not_asked', live.c.states.not_asked, 'not_asked', rating.state === 'not_asked'),
    choice('skipped', rating.state === 'skipped' ? 'Skipped' : 'Skip', 'skipped', rating.state === 'skipped'))
  const parts = [line]
  if (!item.qualified) parts.push(make('p', 'apart', 'You are marked as not qualified on ' + item.question.competency + ': note and tick what you hear. Your level is shown apart and is not counted.'))
  parts.push(row)
  if (rating.state === 'skipped') {
    const reasons = make('div', 'choices reasons')
    reasons.setAttribute('role', 'group')
    reasons.setAttribute('aria-label', 'Why skipped')
    Object.entries(live.c.skips).forEach(([key, words], n) => reasons.append(button(n + 1 + ' ' + words, () => live.change(item.id, { skip_reason: key }), { id: 'skip-' + key, pressed: rating.skip_reason === key, disabled: !live.writes(), className: 'choice' })))
    parts.push(reasons)
  }
  return parts
}
