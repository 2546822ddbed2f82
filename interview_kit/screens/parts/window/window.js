// Shows what it is told and sends nothing.
const card = document.getElementById('card'), line = document.getElementById('line')
let ended = false, wait = 500
function show(view) {
  const parts = []
  const say = (words) => { const p = document.createElement('p'); p.className = 'quiet'; p.textContent = words; parts.push(p) }
  if (view.state === 'waiting') say('The interview has not begun yet. This page follows it by itself.')
  else if (view.state === 'moment') say('One moment, please. This page goes on by itself.')
  else if (view.state === 'ended') { ended = true; say('This page has ended. Thank you.') }
  else {
    const words = document.createElement('p')
    words.className = 'words prompt'
    words.textContent = view.card
    parts.push(words, ...view.exhibits.map(drawExhibit))
  }
  card.replaceChildren(...parts)
  if (view.state === 'card') scrollTo(0, 0)
}
function connect() {
  const address = new URL(location.pathname.split('/').pop() + '/live', location.href)
  address.protocol = address.protocol.replace('http', 'ws')
  const socket = new WebSocket(address)
  socket.onopen = () => { line.textContent = ''; wait = 500 }
  socket.onmessage = (event) => show(JSON.parse(event.data))
  socket.onclose = () => {
    if (ended) return
    line.textContent = 'No connection; trying again …'
    setTimeout(connect, wait)
    wait = Math.min(wait * 2, 4000)
  }
}
connect()
