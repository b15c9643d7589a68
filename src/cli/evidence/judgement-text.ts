import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import type { Flaw } from '../../evidence/bundle/flaw.ts'
import type { BundleJudgement } from '../../evidence/bundle/judge-bundle.ts'
import { byText } from '../../evidence/by-text.ts'
import { countOf } from '../../evidence/summary.ts'
import { align } from '../../evidence/timeline-text.ts'

interface JudgementFacts {
  readonly where: string
  /** Of the files that are there. */
  readonly names: readonly string[]
  readonly isKeyGiven: boolean
}

/** What a bundle was found to be: a line for each file that is intact, and for each flaw. */
export function judgementText(judged: BundleJudgement, facts: JudgementFacts): string {
  const { run, flaws, isUnfinished, records, notRecomputed } = judged
  const flawed = new Set(flaws.map(({ file }) => file))
  const intact = facts.names.filter((name) => !flawed.has(name)).toSorted(byText)
  const lines = (name: string) =>
    records[name] === undefined ? '' : countOf(records[name], 'record')
  return [
    `Evidence of ${run?.id ?? 'a run that run.json does not tell'} in ${facts.where}`,
    `Signature  ${signatureLine(judged, facts)}`,
    `Verdict    ${verdictLine(judged)}`,
    '',
    ...align([
      ...flaws.map(({ kind, file, ...flaw }) => [kind, file, placeOf(flaw)]),
      ...intact.map((name) => [isUnfinished ? 'readable' : 'intact', name, lines(name)]),
    ]).map((line) => line.trimEnd()),
    '',
    conclusion(flaws, isUnfinished, notRecomputed),
  ].join('\n')
}

function placeOf({ record, detail }: Pick<Flaw, 'record' | 'detail'>): string {
  return record === undefined ? detail : `record ${record}: ${detail}`
}

function signatureLine(
  { keyid, flaws, isUnfinished, hasManifest }: BundleJudgement,
  { isKeyGiven }: JudgementFacts,
): string {
  if (isUnfinished) return 'none: the run was broken off before there was anything to sign'
  if (!hasManifest) return 'none that can be read: see below'
  if (keyid === undefined)
    return 'none: nobody has signed this; whoever can write here can remake it'
  if (!isKeyGiven) return `not checked: give the public key ${keyid} with --key`
  const isBad = flaws.some(({ file }) => file === BUNDLE_FILES.manifest)
  return isBad ? 'bad, see below' : `good: Ed25519, by the key ${keyid}`
}

function verdictLine({ isUnfinished, notRecomputed, flaws }: BundleJudgement): string {
  if (isUnfinished) return 'none: the run was broken off'
  if (notRecomputed !== undefined) return `not computed again: ${notRecomputed}`
  return flaws.some(({ file }) => file.endsWith('verdict.json'))
    ? 'see below'
    : 'follows from the scenarios'
}

function conclusion(
  flaws: readonly Flaw[],
  isUnfinished: boolean,
  notRecomputed: string | undefined,
): string {
  const count = countOf(flaws.length, 'flaw')
  if (isUnfinished) {
    return flaws.length === 0
      ? 'Unfinished: the run was broken off; what it had written until then is intact.'
      : `Unfinished: the run was broken off, and ${count} was found in what it had written.`
  }
  if (flaws.length > 0) return `Not intact: ${count}.`
  return notRecomputed === undefined ? 'Intact.' : 'Intact, as far as this version can judge.'
}
