// What a page keeps in this browser, and the names by which pages know each other.

const tried = (act, otherwise = undefined) => {
  try {
    return act()
  } catch {
    return otherwise
  }
}

// Every touch throws in a browser that is set to keep nothing.
function usable(/** @type {'sessionStorage' | 'localStorage'} */ name) {
  window[name].setItem('interview-kit-try', '1')
  window[name].removeItem('interview-kit-try')
  return window[name]
}

/**
 * This browser's storage as JSON. A browser that is set to keep nothing keeps nothing, and says so by `works`.
 * @param {'sessionStorage' | 'localStorage'} name
 */
export function openStorage(name) {
  const real = tried(() => usable(name), null)
  return {
    works: real !== null,
    read: (/** @type {string} */ key) => tried(() => JSON.parse(real.getItem(key) || 'null'), null),
    write: (/** @type {string} */ key, value) =>
      tried(() => {
        real.setItem(key, JSON.stringify(value))
        return true
      }, false),
  }
}

/** A name that no other page has. */
export const newName = () =>
  [...crypto.getRandomValues(new Uint32Array(3))].map((n) => n.toString(36)).join('')

/** For as long as a page lives it holds a lock of its name; the answer lets go of it. */
export function holdName(/** @type {string} */ name) {
  let release = () => {}
  const ended = new Promise((end) => (release = () => end(undefined)))
  // A browser may have no locks.
  tried(() => navigator.locks?.request('interview-kit-' + name, () => ended).catch(() => {}))
  return release
}

/** Whether the page of this name is closed, as far as the browser can tell. */
export async function isGone(/** @type {string} */ name) {
  try {
    const { held } = await navigator.locks.query()
    return !held.some((lock) => lock.name === 'interview-kit-' + name)
  } catch {
    return false
  }
}
