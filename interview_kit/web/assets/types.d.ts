// What the pages are given to draw: scorecards/interviewing/question_json.py, interview_kit/screens/parts/live_screen.py
// and kept_text.py. And what the scripts make of it.
import type { Answered, Proposal, StoredMoment, StoredRating, Told } from './messages.d.ts'

export type { Proposal } from './messages.d.ts'
export type Rating = Omit<StoredRating, 'saved_at'>

export interface LiveMoment extends Omit<StoredMoment, 'kind'> {
  kind: string
}

export interface Exhibit {
  id: string
  title: string
  columns: string[]
  rows: string[][]
  code: string
  text: string
  alternative: string
  chart: string
  when?: 'start' | 'on_request' | 'after_answer'
}

export interface Signal {
  id: string
  label: string
  level: number
  must: number
  ways: number
  /** Whether an assistant alone says it, too. */
  assistant: boolean
  plain: string
  details: [string, string][]
}

export interface Probe {
  ask: string
  help: number
  words: string
  missed: string[]
  manner: string
}

/** News after the first answer. */
export interface Turn {
  minute: number | null
  after: string
  say: string
  good: string
  fluent: string
}

/** What to say next: a turn that is due, a probe for what is missing, the limit, the trace. */
export interface Step {
  key: string
  head: string
  missing: string
  ask: string
  words: string
  hear: [string, string][]
  /** The place of a probe; null for what is given. */
  place: number | null
}

export interface WaitingProbe {
  place: number
  probe: Probe
  missing: string
  order: number[]
}

export interface Flag {
  id: string
  flag: string
  effect: string
  reason: string
}

export interface Question {
  id: string
  competency: string
  subskill: string
  kind: string
  prompt: string
  card: string
  forYou: string
  separates: string
  trap: string
  noExperience: string
  ledger: string[]
  stages: string[]
  routes: { words: string; level: number; earns: string[] }[]
  aside: string
  signals: Signal[]
  probes: Probe[]
  flags: Flag[]
  anchors: Record<string, string>
  numbers: { about: string; give: string }[]
  reveals: { asked: string; show: string; exhibit: string | null }[]
  turns: Turn[]
  limit: { ask: string; good: string; fluent: string } | null
  trace: { ask: string; check: string } | null
  exhibits: Exhibit[]
  key: string[]
  terms: { term: string; plain: string; good: string }[]
}

export interface Item {
  id: string
  title: string
  minutes: number
  must: boolean
  optional: boolean
  qualified: boolean
  question: Question
}

/** How a state is given; in the order in which they are offered. */
export interface StateChoice {
  key: string
  press: string
  needsReason: boolean
}

/** What does not change while the interview is conducted. */
export interface Content {
  card: string
  me: string
  candidate: string
  interview: string
  /** What is read out to the candidate about how the interview is held. */
  held: string
  names: Record<string, string>
  people: string[]
  minutes: number
  around: number
  items: Item[]
  levels: Record<string, string>
  states: Record<string, string>
  stateChoices: Record<string, StateChoice>
  skips: Record<string, string>
}

export interface LiveData {
  card: string
  content: string
  pass: string
  rehearsal?: boolean
  now: number
  question: string
  ratings: Record<string, StoredRating>
  proposals: Record<string, Proposal>
  moments: LiveMoment[]
  savedAt: number | null
  leader: string | null
  others: Record<string, string | null>
  window: string | null
  term: number
  shown: string | null
}

/** Two texts for one question. */
export interface Clash {
  theirs: Rating
  mine: Rating
}

/** What the kit refused for good. */
export interface Aside {
  what: 'entry' | 'mark' | 'moment'
  question: string | null
  reason: string
  words: string
  kind: string
  at: number
}

export interface Clock {
  begun: boolean
  running: boolean
  paused: boolean
  ended: boolean
  seconds: number
  /** Minutes by question. */
  used: Record<string, number>
}

/** In minutes; `drop` is an optional question that would make room. */
export interface Budget {
  left: number
  musts: number
  short: number
  drop: Item | null
}

/** What an outbox asks of its page, and tells it. */
export interface Hooks {
  pass: () => string
  focus: () => string
  shown: () => string | null
  changed: () => void
  answered: (answer: Answered, told: Told) => void
  proposed: (question: string, proposal: Proposal) => void
}

export interface TypedData {
  label: string
  person: string
  field: string
  slot: string
  stored: Record<string, string>
  versions: Record<string, number>
  clashes: Record<string, string>
  answered: { tab: string; counts: Record<string, number> }
  savedAt: string
  failure: string
  placeholder: string
  rows: number
  most: number
  reset: number
  here: boolean
  pass: string
}
