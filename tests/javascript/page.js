// A page as far as the modules touch one: a real document, and the parts of a browser that node does not have.
import { parseHTML } from 'linkedom'

/** What a tab keeps; `full` refuses to take more. */
export class Storage {
  constructor(kept = {}) {
    this.kept = new Map(Object.entries(kept))
    this.full = false
  }
  getItem(key) {
    return this.kept.get(key) ?? null
  }
  setItem(key, value) {
    if (this.full) throw new Error('QuotaExceededError')
    this.kept.set(key, value)
  }
  removeItem(key) {
    this.kept.delete(key)
  }
}

/** Opens a page in the tab that has this storage; `server` answers what is told. */
export function openPage({ tab = new Storage(), server = null } = {}) {
  const { window, document } = parseHTML('<html><body></body></html>')
  const beacons = []
  Object.assign(window, { sessionStorage: tab, localStorage: new Storage() })
  const given = {
    window,
    document,
    navigator: { sendBeacon: (path, blob) => beacons.push([path, blob]) > 0 },
    fetch: async (path, { body }) => {
      if (!server) throw new TypeError('Failed to fetch')
      const { status = 200, ...answer } = await server(JSON.parse(body), path)
      return { ok: status === 200, status, json: async () => answer }
    },
  }
  for (const [name, value] of Object.entries(given)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  }
  return { window, document, tab, beacons }
}

/** Lets what was promised come true. */
export async function settled() {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}
