// Small helpers. Text is always set as text, never as markup.
function make(tag, className, ...children) {
  const element = document.createElement(tag)
  if (className) element.className = className
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ''))
  return element
}
function button(label, action, { className = '', id = '', pressed = null, disabled = false, hint = '' } = {}) {
  const element = make('button', className, label)
  element.type = 'button'
  element.onclick = action
  element.disabled = disabled
  if (id) element.id = id
  if (hint) element.title = hint
  if (pressed !== null) element.setAttribute('aria-pressed', String(pressed))
  return element
}
// 754 seconds as 12:34; an interview of over an hour goes on as 75:10.
const clockText = (seconds) => Math.floor(seconds / 60) + ':' + String(Math.floor(seconds % 60)).padStart(2, '0')
const timeText = (milliseconds) => new Date(milliseconds).toLocaleTimeString([], { hourCycle: 'h23' })
const minutesText = (minutes) => (minutes < 1 && minutes > 0 ? '<1' : String(Math.round(minutes)))
const toggled = (values, value) => (values.includes(value) ? values.filter((one) => one !== value) : [...values, value].sort())
// The words with the glossary's terms explained in place: the first time each stands there, on hover and on focus.
function explained(words, terms) {
  const box = make('span'), spans = []
  for (const term of terms) {
    const at = words.search(new RegExp('(?<![\\p{L}\\d])' + term.term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') + '(?:s|es)?(?![\\p{L}\\d])', 'iu'))
    if (at >= 0 && !spans.some((one) => at < one.end && at + term.term.length > one.at)) spans.push({ at, end: at + term.term.length, plain: term.plain })
  }
  let from = 0
  for (const one of spans.sort((a, b) => a.at - b.at)) {
    const mark = make('abbr', '', words.slice(one.at, one.end))
    mark.title = one.plain
    box.append(words.slice(from, one.at), mark)
    from = one.end
  }
  box.append(words.slice(from))
  return box
}
