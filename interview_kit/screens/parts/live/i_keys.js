// Plain keys, inert while typing; with Alt, Ctrl or Cmd they are the browser's.
function onKey(live, event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return
  const target = live.root.activeElement || document.activeElement, typing = target && (target.tagName === 'TEXTAREA' || (target.tagName === 'INPUT' && target.type !== 'checkbox') || target.isContentEditable)
  if (event.key === 'Escape') {
    if (live.share) live.shareSafe(false)
    else if (live.open) live.panel('')
    else if (typing && live.body.contains(target)) target.blur()
    else return
    event.preventDefault()
    return
  }
  if (typing || live.share) return
  const outside = document.activeElement
  if (outside && outside !== document.body && !outside.contains(live.body) && /^(INPUT|TEXTAREA|SELECT)$/.test(outside.tagName)) return
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const boxes = [...live.body.querySelectorAll('.listen input[type=checkbox]')], at = boxes.indexOf(target)
    if (at < 0) return
    boxes[(at + (event.key === 'ArrowDown' ? 1 : boxes.length - 1)) % boxes.length].focus()
    event.preventDefault()
    return
  }
  const act = { n: () => live.next(), c: () => live.ahead() && live.show(), p: () => live.go(live.place - 1), s: () => live.rate('skipped', true), e: () => live.rate('no_evidence', true), a: () => live.rate('not_asked', true),
    h: () => live.asked(live.item().id, topProbe(live)), '.': () => live.record.line(''), '/': () => live.record.area.focus(), l: () => live.body.querySelector('.listen input')?.focus(), '?': () => live.panel('overview') }[event.key.toLowerCase()]
  if (act) { act(); event.preventDefault(); return }
  if (!/^[1-5]$/.test(event.key)) return
  const rating = live.rating()
  if (rating.state === 'skipped' && !rating.skip_reason) live.change(rating.question_id, { skip_reason: Object.keys(live.c.skips)[event.key - 1] })
  else if (event.key !== '5') live.rate(Number(event.key), true)
  else return
  event.preventDefault()
}
