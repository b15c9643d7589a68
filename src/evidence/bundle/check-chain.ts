import { BUNDLE_FORMAT } from './bundle-files.ts'
import { type Chain, type ChainLine, readChain } from './chain.ts'
import { numbered } from './chain-order.ts'
import type { Flaw } from './flaw.ts'
import { sha256 } from './sha256.ts'
import type { Subject } from './statement.ts'

type ChainFlaw = Omit<Flaw, 'file'>

/** What a chain is held against. */
export interface ChainExpectation {
  readonly name: string
  /** Id of the run. */
  readonly run: string | undefined
  /** What the manifest says; absent where there is none. */
  readonly annotations?: Subject['annotations'] | undefined
}

/** Everything that is wrong with a chain, by record. */
export function chainFlaws(text: string, expected: ChainExpectation): readonly Flaw[] {
  const chain = readChain(text)
  const { records, last } = expected.annotations ?? {}
  const { byNumber, flaws } = numbered(chain, records)
  return [
    ...flaws,
    ...brokenLinks(byNumber, records ?? Math.max(0, ...byNumber.keys()), last),
    ...headFlaws(chain, expected),
    ...endFlaws(chain, expected),
  ].map((flaw) => ({ ...flaw, file: expected.name }))
}

/**
 * Records that are not what the next one says, from the last to the first: who is vouched for vouches
 * for the one before.
 *
 * @param last - SHA-256 of the last one, where the manifest says so.
 */
function brokenLinks(
  byNumber: ReadonlyMap<number, ChainLine>,
  total: number,
  last: string | undefined,
): ChainFlaw[] {
  const flaws: ChainFlaw[] = []
  let vouched = last
  let by = 'the manifest'
  for (let number = total; number >= 1; number -= 1) {
    const line = byNumber.get(number)
    const own = line && sha256(line.text)
    const isAltered = vouched !== undefined && own !== undefined && own !== vouched
    if (isAltered) flaws.push({ kind: 'altered', record: number, detail: notAsSaid(by) })
    const before = byNumber.get(number - 1)
    const carried = line?.content?.previous
    // What an altered record says of the one before is believed where it is true only.
    const isTrue = before !== undefined && carried === sha256(before.text)
    vouched = line && (!isAltered || isTrue) ? (carried ?? '') : undefined
    by = `record ${number}`
  }
  return flaws
}

function notAsSaid(by: string): string {
  return `its SHA-256 is not the one that ${by} carries`
}

function headFlaws({ head, lines }: Chain, { name, run }: ChainExpectation): ChainFlaw[] {
  if (lines.length === 0) return []
  if (!head) return [{ kind: 'altered', record: 1, detail: 'it does not name the chain' }]
  const { chain, format } = head
  const details = [
    ...(chain === name ? [] : [`it names the chain ${chain}`]),
    ...(format === BUNDLE_FORMAT ? [] : [`it names the format ${format}`]),
    ...(run === undefined || head.run === run ? [] : [`it names the run ${head.run}, not ${run}`]),
    ...(lines[0]?.content?.previous === undefined ? [] : ['it has a record before it']),
  ]
  return details.map((detail) => ({ kind: 'altered', record: 1, detail }))
}

function endFlaws({ end, lines, isTorn }: Chain, { name, annotations }: ChainExpectation) {
  const flaws: ChainFlaw[] = []
  const record = lines.at(-1)?.content?.record
  if (isTorn) {
    flaws.push({ kind: 'truncated', detail: 'the last line has no end' })
  }
  // Without a manifest, a missing end only says that the run was broken off.
  if (!end && annotations && lines.length > 0) {
    flaws.push({ kind: 'truncated', detail: 'the record that closes the chain is not at its end' })
  }
  if (end && (end.end !== name || end.records !== record)) {
    const detail = `it closes ${end.end} after ${end.records} records`
    flaws.push({ kind: 'altered', record, detail })
  }
  return flaws
}
