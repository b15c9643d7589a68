import type { Chain, ChainLine } from './chain.ts'
import type { Flaw } from './flaw.ts'

type ChainFlaw = Omit<Flaw, 'file'>

/** The lines of a chain by their numbers, and what is wrong with the numbers. */
export interface NumberedLines {
  readonly byNumber: ReadonlyMap<number, ChainLine>
  readonly flaws: readonly ChainFlaw[]
}

/**
 * Which records are there, missing, there twice, or not in their place.
 *
 * @param total - How many there were, as somebody else knows; else the chain is asked.
 */
export function numbered(chain: Chain, total: number | undefined): NumberedLines {
  const { byNumber, unreadable, flaws } = sorted(chain)
  const all = total ?? chain.end?.records ?? Math.max(0, ...byNumber.keys())
  const there = new Set([...byNumber.keys(), ...unreadable])
  const present = [...byNumber.keys()]
  return {
    byNumber,
    flaws: [...flaws, ...absent(there, all), ...beyond(present, all), ...misplaced(present)],
  }
}

/** The first line of each number, and what is no line, or has a number that another had before. */
function sorted({ lines }: Chain) {
  const byNumber = new Map<number, ChainLine>()
  const unreadable: number[] = []
  const flaws: ChainFlaw[] = []
  let last = 0
  for (const line of lines) {
    const number = line.content?.record
    if (number === undefined) {
      unreadable.push(last + 1)
      const detail = `line ${line.at} is no record any more`
      flaws.push({ kind: 'altered', record: last + 1, detail })
      continue
    }
    last = number
    if (!byNumber.has(number)) byNumber.set(number, line)
    else flaws.push({ kind: 'added', record: number, detail: `line ${line.at} has its number too` })
  }
  return { byNumber, unreadable, flaws }
}

function absent(there: ReadonlySet<number>, all: number): ChainFlaw[] {
  const last = Math.max(0, ...there)
  const gaps = Array.from({ length: Math.min(last, all) }, (_, index) => index + 1)
    .filter((number) => !there.has(number))
    .map((record): ChainFlaw => ({ kind: 'missing', record, detail: `it is not there, of ${all}` }))
  if (last >= all) return gaps
  const detail = `the file ends after record ${last} of ${all}`
  return [...gaps, { kind: 'truncated', record: last + 1, detail }]
}

function beyond(present: readonly number[], all: number): ChainFlaw[] {
  return present
    .filter((number) => number > all)
    .map((number) => ({ kind: 'added', record: number, detail: `there were ${all} records only` }))
}

function misplaced(present: readonly number[]): ChainFlaw[] {
  const ordered = present.toSorted((one, other) => one - other)
  return present.flatMap((number, index) => {
    const due = ordered[index]
    if (due === number) return []
    const detail = `it stands where record ${due} should: records have changed places`
    return [{ kind: 'altered' as const, record: number, detail }]
  })
}
