// The ways to the server that need no rerun of the page.
const ANSWER_WITHIN = 8000

const asJson = (told) => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(told),
})

/** Tells and waits for the answer; throws where none comes. */
export async function post(/** @type {string} */ path, told, /** @type {AbortSignal} */ signal = undefined) {
  const response = await fetch(path, { ...asJson(told), signal })
  return { ok: response.ok, status: response.status, answer: await response.json() }
}

/**
 * One message and what came of it: an answer; away; a failure that passes; or a refusal of the whole.
 * @param {string} pass
 * @param {import('./messages.d.ts').Told} told
 * @returns {Promise<{ answer?: import('./messages.d.ts').Answered, failure?: string, refused?: string, away?: true }>}
 */
export async function ask(pass, told) {
  const stop = new AbortController()
  const late = setTimeout(() => stop.abort(), ANSWER_WITHIN)
  try {
    const { ok, status, answer } = await post('live/tell', { pass, told }, stop.signal)
    if (ok) return { answer }
    if (status === 503) return { failure: answer.reason }
    return { refused: answer.reason || 'The kit refused it (' + status + ').' }
  } catch {
    return { away: true }
  } finally {
    clearTimeout(late)
  }
}

/** Tells at the last moment of a page, when no answer can be waited for; false where the browser does not take it. */
export function goodbye(/** @type {string} */ path, told) {
  try {
    return navigator.sendBeacon(path, new Blob([JSON.stringify(told)], { type: 'application/json' }))
  } catch {
    return false
  }
}
