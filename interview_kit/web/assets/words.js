// How figures are written, and what text may be stored.

/** 754 seconds as 12:34; an interview of over an hour goes on as 75:10. */
export const clockText = (/** @type {number} */ seconds) =>
  Math.floor(seconds / 60) + ':' + String(Math.floor(seconds % 60)).padStart(2, '0')

export const timeText = (/** @type {number | string} */ at) =>
  new Date(at).toLocaleTimeString([], { hourCycle: 'h23' })

export const minutesText = (/** @type {number} */ minutes) =>
  minutes < 1 && minutes > 0 ? '<1' : String(Math.round(minutes))

/**
 * The values in order, without this one where it was among them and with it where it was not.
 * @template T
 * @param {readonly T[]} values
 * @param {T} value
 */
export const toggled = (values, value) =>
  values.includes(value) ? values.filter((one) => one !== value) : [...values, value].sort()

// No database takes half a character or a NUL: the half of an emoji that was cut, what some program pasted.
const HALF = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

export const wellFormed = (/** @type {string} */ words) => words.replace(HALF, '\uFFFD').replaceAll('\0', '')

/** The value with all its words well formed, also inside an object. */
export function cleaned(value) {
  if (typeof value === 'string') return wellFormed(value)
  if (!value || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cleaned(one)]))
}

/**
 * Cuts what does not fit out of what was just put in, never out of what stood there, and tells how much that was.
 * @param {HTMLTextAreaElement | HTMLInputElement} area
 * @param {number} most
 */
export function cutToFit(area, most) {
  const words = area.value
  const over = words.length - most
  if (over <= 0) return 0
  const end = Math.max(area.selectionEnd ?? words.length, over)
  let begin = end - over
  if (/[\uD800-\uDBFF]$/.test(words.slice(0, begin)) && begin > 0) begin -= 1
  area.value = words.slice(0, begin) + words.slice(end)
  area.setSelectionRange(begin, begin)
  return end - begin
}

export function leftOutWords(/** @type {number} */ count, /** @type {number} */ most) {
  const were = count === 1 ? ' character was' : ' characters were'
  return count.toLocaleString('en') + were + ' left out: this box holds ' + most.toLocaleString('en') + '.'
}
