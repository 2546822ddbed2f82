// Where the outbox lies until it is answered: in this tab's storage, under the person and the scorecard. It knows the
// window's name and how far it has counted, also of the windows that this one continues after a reload or a crash.
function openJournal(person, card) {
  const storage = openStorage('sessionStorage'), key = 'interview-kit-live-' + person + '-' + card
  const found = storage.read(key) || {}
  const journal = {
    tab: newName(), works: storage.works, count: found.count || 0, shown: found.shown || null,
    entries: found.entries || {}, moments: found.moments || [], aside: found.aside || [], was: [],
  }
  if (found.tab) journal.was = [{ tab: found.tab, count: journal.count, gone: false }, ...(found.was || [])].slice(0, 8)
  // Counts what this window does; a reload goes on counting, so that what is newer always has the higher count.
  journal.next = () => { journal.count += 1; return journal.count }
  journal.keep = () => {
    const { tab, count, shown, entries, moments, aside } = journal
    return storage.write(key, { tab, count, shown, entries, moments, aside, was: journal.was.map((one) => ({ ...one, gone: false })) })
  }
  const release = holdName(journal.tab)
  // A copied tab brings the same journal along while the first one is still open.
  journal.ready = found.tab ? isGone(found.tab).then((gone) => { journal.was[0].gone = gone }) : Promise.resolve()
  journal.close = release
  return journal
}
// For as long as a window lives it holds a lock of its name.
function holdName(name) {
  let release = () => {}
  const ended = new Promise((end) => { release = end })
  try { navigator.locks?.request('interview-kit-' + name, () => ended).catch(() => {}) } catch { /* a browser without */ }
  return release
}
async function isGone(name) {
  try {
    const { held } = await navigator.locks.query()
    return !held.some((lock) => lock.name === 'interview-kit-' + name)
  } catch { return false }
}
