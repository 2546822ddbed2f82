// Shared by the live screen and the boxes that are saved while one types: what a page keeps in this browser, and what
// fits into a box.
const MOST_LETTERS = 100000

// This browser's storage as JSON. A browser that is set to keep nothing throws at every touch: then nothing is kept.
function openStorage(name) {
  let real = null
  const tried = (act, otherwise) => { try { return act() } catch { return otherwise } }
  tried(() => { window[name].setItem('interview-kit-try', '1'); window[name].removeItem('interview-kit-try'); real = window[name] })
  return {
    works: real !== null,
    read: (key) => tried(() => JSON.parse(real.getItem(key) || 'null'), null),
    write: (key, value) => tried(() => { real.setItem(key, JSON.stringify(value)); return true }, false),
    drop: (key) => tried(() => real.removeItem(key)),
  }
}
// A name that no other window has.
const newName = () => [...crypto.getRandomValues(new Uint32Array(3))].map((n) => n.toString(36)).join('')

// No database takes half a character or a NUL: the half of an emoji that was cut, what some program pasted.
const HALF = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
const wellFormed = (words) => words.replace(HALF, '\uFFFD').replaceAll('\0', '')

// Cuts what does not fit out of what was just put in, never out of what stood there, and tells how much that was.
function cutToFit(area, most) {
  const words = area.value, over = words.length - most
  if (over <= 0) return 0
  const end = Math.max(area.selectionEnd ?? words.length, over)
  let begin = end - over
  if (/[\uD800-\uDBFF]$/.test(words.slice(0, begin)) && begin > 0) begin -= 1
  area.value = words.slice(0, begin) + words.slice(end)
  area.setSelectionRange(begin, begin)
  return end - begin
}
const leftOutWords = (count, most) => count.toLocaleString('en') + (count === 1 ? ' character was' : ' characters were') + ' left out: this box holds ' + most.toLocaleString('en') + '.'
