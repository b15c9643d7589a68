import type { MatrixCell } from '../../evidence/matrix/matrix.ts'
import type { Standing } from '../../evidence/matrix/standing.ts'
import type { Html } from '../page/html.ts'
import { mark, type Tone } from '../page/mark.ts'

const TONES = {
  held: 'good',
  broken: 'bad',
  failed: 'bad',
  'not judged': 'open',
  'not-verified': 'open',
} as const satisfies Record<Standing['word'] | MatrixCell['result'], Tone>

export function toneOf(word: Standing['word'] | MatrixCell['result']): Tone {
  return TONES[word]
}

/** A result as readers know it: `held`, `broken`, `not verified`. */
export function resultMark(result: MatrixCell['result']): Html {
  return mark(toneOf(result), result.replace('-', ' '))
}
