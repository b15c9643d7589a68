import type { Fault } from './fault.ts'
import { LONGEST_MS } from './latency.ts'

const placing = { operation: 'placeOrder' } as const

/** A word of the `coId`, from its `~` to the next one or the end, that has its placing disturbed. */
interface MagicFaultWord {
  /** As it is documented. */
  readonly word: string
  readonly about: string
  /** Of the text after the `~`; what follows the match is not looked at. */
  readonly pattern: RegExp
  /** `undefined` where the values cannot be: then it is no such word. */
  readonly read: (first: string | undefined, second: string | undefined) => Fault | undefined
}

const whenOf = (after: string | undefined) => (after === undefined ? 'before' : 'after')

export const magicFaultWords: readonly MagicFaultWord[] = [
  {
    word: '~cut-after',
    about:
      'the connection is cut once the order is taken: the acknowledgement is lost; `~cut-before`: there is no order either',
    pattern: /^cut-(before|after)(?!\w)/,
    read: (when) => ({ ...placing, kind: 'cut', when: when === 'after' ? 'after' : 'before' }),
  },
  {
    word: '~429',
    about:
      'HTTP 429 with `Retry-After: 1`: there is no order; `~429-2s`: with this many seconds, up to a day',
    pattern: /^429(?:-(\d{1,5})s)?(?!\w)/,
    read: (seconds = '1') => {
      const retryAfterSeconds = Number(seconds)
      if (retryAfterSeconds * 1_000 > LONGEST_MS) return undefined
      return { ...placing, kind: 'rate limited', retryAfterSeconds }
    },
  },
  {
    word: '~503',
    about:
      'HTTP 503: there is no order; `~status-500` and the like, from 400 to 599; `~503-after`, `~status-500-after`: the order is taken all the same',
    pattern: /^(?:status-([45]\d\d)|503)(-after)?(?!\w)/,
    read: (status = '503', after) => ({
      ...placing,
      kind: 'status',
      status: Number(status),
      when: whenOf(after),
    }),
  },
  {
    word: '~latency-500ms',
    about: 'the order is taken at once, the answer comes late; `~latency-2s`. Up to a day',
    pattern: /^latency-(\d{1,8}ms|\d{1,5}s)(?!\w)/,
    read: (delay = '0') => {
      const ms = Number.parseInt(delay, 10) * (delay.endsWith('ms') ? 1 : 1_000)
      return ms > LONGEST_MS ? undefined : { ...placing, kind: 'latency', ms }
    },
  },
  {
    word: '~malformed',
    about: 'the order is taken, and the answer is no JSON',
    pattern: /^malformed(?!\w)/,
    read: () => ({ ...placing, kind: 'malformed JSON' }),
  },
  {
    word: '~html',
    about:
      'a page in HTML with HTTP 200 in place of the answer: there is no order; `~html-after`: the order is taken all the same',
    pattern: /^html(-after)?(?!\w)/,
    read: (after) => ({ ...placing, kind: 'HTML page', when: whenOf(after) }),
  },
  {
    word: '~truncated',
    about: 'the order is taken, and the connection breaks off within the answer',
    pattern: /^truncated(?!\w)/,
    read: () => ({ ...placing, kind: 'truncated body' }),
  },
]

/** The faults that a `coId` asks for, in order, where it asks for any. */
export function faultsSaidBy(coId: string): readonly Fault[] {
  const [, ...segments] = coId.split('~')
  return segments.flatMap((segment) => faultOf(segment) ?? [])
}

function faultOf(segment: string): Fault | undefined {
  for (const { pattern, read } of magicFaultWords) {
    const match = pattern.exec(segment)
    const fault = match && read(match[1], match[2])
    if (fault) return fault
  }
  return undefined
}
