// Where a candidate stands on the scale: the plain mean, and the adjusted one with its interval.
import { make } from '../make.js'

export const SCALE = [1, 2, 3, 4]

/** Where on the scale, from the left. */
export const place = (/** @type {number} */ level) => ((Math.min(4, Math.max(1, level)) - 1) / 3) * 100 + '%'

function at(/** @type {string} */ className, /** @type {number} */ level) {
  const mark = make('span', className)
  mark.style.left = place(level)
  return mark
}

export function standing(told) {
  const box = make('div', 'plot', ...SCALE.map((level) => at('grid', level)))
  if (told.raw === null) return box
  const said = ['plain mean ' + told.score]
  if (told.adjusted !== undefined) {
    box.append(...adjusted(told))
    said.push(adjustedWords(told))
    if (told.moved) said.push(told.moved)
  }
  box.append(at(told.thin ? 'raw thin' : 'raw', told.raw))
  box.title = said.join('\n')
  box.setAttribute('role', 'img')
  box.setAttribute('aria-label', said.join('; '))
  return box
}

function adjusted(told) {
  const group = ' group-' + Math.min(told.group ?? 9, 3)
  const bar = at('bar' + group, told.low)
  bar.style.right = 'calc(100% - ' + place(told.high) + ')'
  return [bar, at('adjusted' + group, told.adjusted)]
}

function adjustedWords({ adjusted, low, high }) {
  const between = 'between ' + low.toFixed(1) + ' and ' + high.toFixed(1)
  return 'adjusted ' + adjusted.toFixed(1) + ', ' + between + ' with 95 in 100'
}
