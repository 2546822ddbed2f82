// What the moments say about time, as scorecards/record/timeline.py does: minutes used, pauses, whether it runs.
function timeOf(moments, until) {
  const used = {}
  let question = null, paused = false, since = null, begun = null, elapsed = 0
  const until_ = (t) => {
    if (since === null) return
    if (!paused) { elapsed += t - since; if (question) used[question] = (used[question] || 0) + (t - since) / 60000 }
    since = t
  }
  for (const moment of [...moments].sort((a, b) => a.t - b.t)) {
    if (['opened', 'paused', 'resumed', 'ended'].includes(moment.kind)) until_(moment.t)
    if (moment.kind === 'opened') question = moment.question_id
    else if (moment.kind === 'paused') paused = true
    else if (moment.kind === 'resumed') paused = false
    else if (moment.kind === 'begun') { since = since ?? moment.t; begun = begun ?? moment.t }
    else if (moment.kind === 'ended') since = null
  }
  until_(until)
  return { begun: begun !== null, running: since !== null && !paused, paused, ended: begun !== null && since === null, seconds: elapsed / 1000, used }
}
// What the questions still to be decided need, and which optional one would make room; nobody decides but the interviewer.
function budget(items, ratings, time, minutes, around) {
  const open = items.filter((item) => !decided(ratings[item.id]))
  const need = (list) => list.reduce((sum, item) => sum + Math.max(0, item.minutes - (time.used[item.id] || 0)), 0)
  const left = minutes - around - time.seconds / 60
  const short = need(open) - left
  const spare = open.filter((item) => item.optional && !(time.used[item.id] > 0.5)).sort((a, b) => a.must - b.must || b.minutes - a.minutes || 0)
  return { left, musts: need(open.filter((item) => item.must)), short, drop: time.begun && short > 0.5 ? spare[0] || null : null }
}
const decided = (rating) => rating.level !== null || rating.state !== null
// A clock that is set while the page is open: time went back, or on by more than a week at once, which no laptop sleeps.
// What is dated by the old clock is dated anew, so that it lasted as long as it did.
function watchClock(shift) {
  let apart = Date.now() - performance.now()
  return () => {
    const now = Date.now() - performance.now(), step = now - apart
    apart = now
    if (step < -2000 || step > 7 * 24 * 3600 * 1000) shift(step)
  }
}
