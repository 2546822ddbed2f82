// Made by `python -m interview_kit.web.types`; do not edit.

/** How things stand after a message; see `Answer`, whose parts these are. */
export interface Answered {
  holds: boolean
  term: number
  free: boolean
  state: 'draft' | 'submitted' | 'withdrawn'
  leader: string | null
  others: Record<string, string | null>
  shown: string | null
  window: string | null
  ratings: StoredRating[]
  older: string[]
  clashes: StoredRating[]
  proposals: Record<string, Proposal>
  moments: StoredMoment[]
  refused: Refusal[]
}

/** One question's rating as a window has it, over the stored version that it had read. Marks are bounded here. */
export interface Entry {
  question_id: string
  level?: 1 | 2 | 3 | 4 | null
  state?: 'not_asked' | 'no_evidence' | 'skipped' | null
  skip_reason?: 'time' | 'covered_elsewhere' | 'candidate_declined' | 'technical' | 'other' | null
  skip_text?: string
  evidence?: string
  ticks?: string[]
  probes?: number[]
  red_flags?: string[]
  flag_quotes?: Record<string, string>
  given?: string[]
  override_reason?: string
  base?: number
  count?: number | null
}

/** A window that this one continues: it knows what that one had typed up to this count. */
export interface Former {
  tab: string
  count: number
  gone?: boolean
}

/** A moment as a window saw it; `ago` is how many milliseconds before it was sent, brought into range. */
export interface Happened {
  id: string
  ago: number
  kind: 'begun' | 'opened' | 'paused' | 'resumed' | 'probed' | 'given' | 'ended'
  question_id?: string | null
  detail?: string
}

/** The level that a question's ticks propose. */
export interface Proposal {
  level: 1 | 2 | 3 | 4
  because: string[]
  missing: string[]
}

/** A part of the message that is not stored, however often it is sent. */
export interface Refusal {
  what: 'entry' | 'mark' | 'moment'
  place: number
  question_id: string | null
  reason: string
}

/** A moment; `t` is its time by the server's clock, in milliseconds. */
export interface StoredMoment {
  id: string
  t: number
  kind: 'begun' | 'opened' | 'paused' | 'resumed' | 'probed' | 'given' | 'ended'
  question_id: string | null
  detail: string
}

/** One interviewer's level on one question, or the reason that there is none, with the evidence. */
export interface StoredRating {
  question_id: string
  level: 1 | 2 | 3 | 4 | null
  state: 'not_asked' | 'no_evidence' | 'skipped' | null
  skip_reason: 'time' | 'covered_elsewhere' | 'candidate_declined' | 'technical' | 'other' | null
  skip_text: string
  evidence: string
  ticks: string[]
  probes: number[]
  red_flags: string[]
  flag_quotes: Record<string, string>
  given: string[]
  override_reason: string
  version: number
  saved_at: string | null
}

/** One message of a window: what changed since it was last answered. */
export interface Told {
  tab: string
  count?: number | null
  term?: number | null
  was?: Former[]
  wish?: '' | 'take' | 'leave'
  lead?: boolean
  led?: string | null
  focus?: string | null
  shown?: string | null
  entries?: Entry[]
  moments?: Happened[]
}

/** What a tab has typed and not seen confirmed, by slot. */
export interface Typed {
  tab?: string
  was?: Former[]
  entries?: Record<string, TypedText>
}

/** The text of one slot, the stored version that it was typed over, and the window's count then. */
export interface TypedText {
  text: string
  base?: number
  count?: number | null
}
