import type { Outcome } from './outcome.ts'
import type { Pace } from './pace.ts'

/** What one word says, or several together. */
export interface Said {
  readonly outcome?: Outcome
  readonly code?: string
  readonly lapsesAs?: 'EXPIRED' | 'CANCELED'
  readonly received?: Pace
  readonly new?: readonly Pace[]
  readonly cancel?: Pace | 'too late' | 'overtaken'
}

/** A word of the `coId`, from its `~` to the next one or the end. */
interface MagicWord {
  /** As it is documented. */
  readonly word: string
  readonly about: string
  /** Of the text after the `~`; what follows the match is not looked at. */
  readonly pattern: RegExp
  /** `undefined` where the values cannot be: then it is no such word. */
  readonly read: (value: string) => Said | undefined
}

const CHOSEN = 'Chosen by the coId'
/** Queries, milliseconds, seconds or until further notice. */
const PACE = '(?:held|\\d{1,9}ms|\\d{1,6}s|\\d{1,4})(?!\\w)'
const PACES = `${PACE}(?:-${PACE})*`

const reasonOf = (value: string) => value.replaceAll('_', ' ').trim() || CHOSEN

function paceOf(text: string): Pace {
  if (text === 'held') return text
  const number = Number.parseInt(text, 10)
  if (text.endsWith('ms')) return { ms: number }
  return text.endsWith('s') ? { ms: number * 1_000 } : { polls: number }
}

function sharesOf(percents: string): Said | undefined {
  const shares = percents.split('-').map(Number)
  const isWhole = shares.reduce((sum, percent) => sum + percent, 0) <= 100
  if (!isWhole || shares.includes(0)) return undefined
  return { outcome: { kind: 'fill in shares', shares: shares.map((percent) => percent / 100) } }
}

/** Longer words before those they begin with. */
export const magicWords: readonly MagicWord[] = [
  {
    word: '~reject-before-new',
    about: 'rejected, and never `NEW`; `~reject-before-new=No_credit` with this reason',
    pattern: /^reject-before-new(?:=(.*))?/,
    read: (value) => ({ outcome: { kind: 'reject before NEW', reason: reasonOf(value) } }),
  },
  {
    word: '~reject-after-new',
    about: 'rejected when it was `NEW`; `~reject-after-new=Last_look` with this reason',
    pattern: /^reject-after-new(?:=(.*))?/,
    read: (value) => ({ outcome: { kind: 'reject after NEW', reason: reasonOf(value) } }),
  },
  {
    word: '~refuse',
    about: 'refused at once with HTTP 400: there is no order; `~refuse=Not_now` with this message',
    pattern: /^refuse(?:=(.*))?/,
    read: (value) => ({ outcome: { kind: 'refuse', reason: reasonOf(value) } }),
  },
  {
    word: '~code=LP_17',
    about: 'the code that goes with the reason, or with the refusal',
    pattern: /^code=(.+)/,
    read: (value) => ({ code: value }),
  },
  {
    word: '~expire',
    about: 'not dealt; ends with its time in force',
    pattern: /^expire/,
    read: () => ({ outcome: { kind: 'expire' } }),
  },
  {
    word: '~fill-half',
    about: 'filled by half; the rest ends with the time in force',
    pattern: /^fill-half/,
    read: () => ({ outcome: { kind: 'fill in shares', shares: [0.5] } }),
  },
  {
    word: '~fill-in-parts',
    about: 'filled in two halves',
    pattern: /^fill-in-parts/,
    read: () => ({ outcome: { kind: 'fill in shares', shares: [0.5, 0.5] } }),
  },
  {
    word: '~fill-30-20',
    about:
      'filled in these parts, in percent of the size; a rest ends with the time in force. From one part up, 100 together at most',
    pattern: /^fill-(\d{1,3}(?:-\d{1,3})*)(?!\w)/,
    read: sharesOf,
  },
  {
    word: '~fill',
    about: 'filled whole, also where the market is not there',
    pattern: /^fill/,
    read: () => ({ outcome: { kind: 'fill' } }),
  },
  {
    word: '~lapse-expired',
    about:
      'what is not dealt is `EXPIRED` once its last stage is over, whatever its time in force; `~lapse-canceled`: `CANCELED`, and nobody asked for it',
    pattern: /^lapse-(expired|canceled)/,
    read: (value) => ({ lapsesAs: value === 'expired' ? 'EXPIRED' : 'CANCELED' }),
  },
  {
    word: '~received-2',
    about:
      'two queries still see `RECEIVED`; `~received-1500ms` and `~received-3s`: for so long; `~received-held`: until it is cancelled or its time in force ends',
    pattern: new RegExp(`^received-(${PACE})`),
    read: (value) => ({ received: paceOf(value) }),
  },
  {
    word: '~new-2',
    about:
      'likewise with `NEW`; `~new-1-1500ms-held` says it for every part in turn, and last for the rest',
    pattern: new RegExp(`^new-(${PACES})`),
    read: (value) => ({ new: value.split('-').map(paceOf) }),
  },
  {
    word: '~cancel-2',
    about:
      'a cancellation is taken on, and done when two more queries have seen the order as it was; `~cancel-1500ms` and the like as above',
    pattern: new RegExp(`^cancel-(${PACE})`),
    read: (value) => ({ cancel: paceOf(value) }),
  },
  {
    word: '~cancel-too-late',
    about: 'the order ends just before a cancellation, which is refused',
    pattern: /^cancel-too-late/,
    read: () => ({ cancel: 'too late' }),
  },
  {
    word: '~cancel-overtaken',
    about: 'a cancellation is taken on, but the order ends as if there had been none',
    pattern: /^cancel-overtaken/,
    read: () => ({ cancel: 'overtaken' }),
  },
]

/** What the words in a `coId` say together; of two that say the same thing, the first counts. */
export function saidBy(coId: string): Said {
  const [, ...segments] = coId.split('~')
  return Object.assign({}, ...segments.map(wordOf).reverse())
}

function wordOf(segment: string): Said | undefined {
  for (const { pattern, read } of magicWords) {
    const match = pattern.exec(segment)
    const said = match && read(match[1] ?? '')
    if (said) return said
  }
  return undefined
}
