// The candidate's window: shows what it is told and sends nothing.
import { drawExhibit } from './exhibit.js'
import { make } from './make.js'

const FIRST_WAIT = 500
const LONGEST_WAIT = 4000
const card = document.getElementById('card')
const line = document.getElementById('line')
let ended = false
let wait = FIRST_WAIT

const SAID = {
  waiting: 'The interview has not begun yet. This page follows it by itself.',
  moment: 'One moment, please. This page goes on by itself.',
  ended: 'This page has ended. Thank you.',
}

function show(view) {
  ended ||= view.state === 'ended'
  const said = SAID[view.state]
  const parts = said
    ? [make('p', 'quiet', said)]
    : [make('p', 'words prompt', view.card), ...view.exhibits.map(drawExhibit)]
  card.replaceChildren(...parts)
  if (view.state === 'card') scrollTo(0, 0)
}

function connect() {
  const address = new URL(location.pathname.split('/').pop() + '/live', location.href)
  address.protocol = address.protocol.replace('http', 'ws')
  const socket = new WebSocket(address)
  socket.onopen = () => {
    line.textContent = ''
    wait = FIRST_WAIT
  }
  socket.onmessage = (event) => show(JSON.parse(event.data))
  socket.onclose = connectAgain
}

function connectAgain() {
  if (ended) return
  line.textContent = 'No connection; trying again …'
  setTimeout(connect, wait)
  wait = Math.min(wait * 2, LONGEST_WAIT)
}

connect()
