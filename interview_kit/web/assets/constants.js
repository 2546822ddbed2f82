// Made by `python -m interview_kit.web.types`; do not edit.

/**
 * What of a rating is typed and ticked, as it is before anything is.
 * @type {Readonly<Omit<import('./types.d.ts').Rating, 'question_id' | 'version'>>}
 */
export const NO_RATING = {
  level: null,
  state: null,
  skip_reason: null,
  skip_text: '',
  evidence: '',
  ticks: [],
  probes: [],
  red_flags: [],
  flag_quotes: {},
  given: [],
  override_reason: '',
}

/** As many characters as a box of words holds. */
export const MOST_LETTERS = 100000
