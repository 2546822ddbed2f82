// Small helpers that make elements. Text is always set as text, never as markup.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} [className]
 * @param {...(Node | string | null | undefined)} children  what is empty is left out
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, className = '', ...children) {
  const element = document.createElement(tag)
  if (className) element.className = className
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ''))
  return element
}

/**
 * @param {string} label
 * @param {(event: MouseEvent) => void} action
 * @param {{ className?: string, id?: string, pressed?: boolean | null, disabled?: boolean, hint?: string }} [how]
 */
export function button(label, action, how = {}) {
  const element = make('button', how.className, label)
  element.type = 'button'
  element.onclick = action
  element.disabled = how.disabled ?? false
  if (how.id) element.id = how.id
  if (how.hint) element.title = how.hint
  if (typeof how.pressed === 'boolean') element.setAttribute('aria-pressed', String(how.pressed))
  return element
}

/** A paragraph that begins with its title in bold. */
export const heading = (/** @type {string} */ title, /** @type {string} */ words) =>
  make('p', '', make('b', '', title + '. '), words)

/** A row of buttons of which one is chosen. */
export function choices(/** @type {string} */ label, /** @type {string} */ className = 'choices') {
  const row = make('div', className)
  row.setAttribute('role', 'group')
  row.setAttribute('aria-label', label)
  return row
}

/** Copies the words and says so on the button that was pressed. */
export async function copyWords(words, press) {
  try {
    await navigator.clipboard.writeText(words)
    press.textContent = 'Copied'
  } catch {
    press.textContent = 'Select them and copy'
  }
}

// A whole word, also in its plural.
const asWord = (/** @type {string} */ term) =>
  new RegExp(
    '(?<![\\p{L}\\d])' + term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') + '(?:s|es)?(?![\\p{L}\\d])',
    'iu',
  )

function termsIn(words, terms) {
  const found = []
  for (const { term, plain } of terms) {
    const at = words.search(asWord(term))
    const end = at + term.length
    if (at >= 0 && !found.some((one) => at < one.end && end > one.at)) found.push({ at, end, plain })
  }
  return found.sort((a, b) => a.at - b.at)
}

/**
 * The words with the glossary's terms explained in place: the first time each stands there, on hover and on focus.
 * @param {string} words
 * @param {{ term: string, plain: string }[]} terms
 */
export function explained(words, terms) {
  const box = make('span')
  let from = 0
  for (const { at, end, plain } of termsIn(words, terms)) {
    const mark = make('abbr', '', words.slice(at, end))
    mark.title = plain
    box.append(words.slice(from, at), mark)
    from = end
  }
  box.append(words.slice(from))
  return box
}
