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
