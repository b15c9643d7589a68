import type { Proposal, Witness } from '../../evidence/drift/calibration/proposal.ts'
import { countOf } from '../../evidence/summary.ts'
import { align } from '../../evidence/timeline-text.ts'
import { lineToType } from '../line-to-type.ts'
import type { CheckedCalibration } from './checked-calibration.ts'

/** What is proposed, how sure it is, what contradicts itself, and what could not be learned. */
export function calibrationText(calibration: CheckedCalibration): string {
  const { proposals, confirmed, unusable, contradictions, notLearned } = calibration
  const byReason = Map.groupBy(notLearned, ({ why }) => why)
  return [
    'Calibration',
    ...(proposals.length === 0 ? ['  Nothing to propose: the simulation has it all already.'] : []),
    ...align(proposals.flatMap((each) => [row(each), ...keyRows(each)])).map((line) => `  ${line}`),
    ...(proposals.length > 0 ? [`  ${GAIN}`] : []),
    ...listed('Could not be used', unusable, (each) => `${nameOf(each)}: ${each.why}`),
    ...contradictions.flatMap(({ setting, key, because, values }) => [
      `  Contradictory, nothing proposed: ${setting}${key === undefined ? '' : ` for the key ${key} alone`}${because === undefined ? '' : `, because ${because}`}`,
      ...values.map(
        ({ value, scenarios, witnesses }) =>
          `    ${JSON.stringify(value)} in ${countOf(scenarios, 'scenario')}, ${placeOf(witnesses[0])}`,
      ),
    ]),
    ...(confirmed.length > 0
      ? [`  As the simulation had it: ${confirmed.map(({ setting }) => setting).join(', ')}`]
      : []),
    ...confirmed.flatMap((each) =>
      each.because === undefined ? [] : [`    ${nameOf(each)}, ${each.certainty}: ${each.because}`],
    ),
    ...[...byReason].map(
      ([why, same]) => `  Not learned, ${why}: ${same.map(({ setting }) => setting).join(', ')}`,
    ),
  ].join('\n')
}

/** What a setting changes of a run is not worked out: differences have several causes. */
const GAIN = `What they gain, a run with them shows: ${lineToType('verify --config FILE --out DIR')} (FILE is the settings.json listed below), then drift --simulation DIR with the same --endpoint.`

/** Each key by itself, where a setting is learned so. */
function keyRows({ keys = [] }: Proposal): string[][] {
  return keys.map(({ key, value, certainty, scenarios, witnesses }) => [
    `  ${key} = ${JSON.stringify(value)}`,
    certainty,
    countOf(scenarios, 'scenario'),
    placeOf(witnesses[0]),
  ])
}

function row(proposal: Proposal): string[] {
  const { certainty, scenarios, witnesses, because } = proposal
  return [
    nameOf(proposal),
    certainty,
    countOf(scenarios, 'scenario'),
    `${placeOf(witnesses[0])}${because === undefined ? '' : `; ${because}`}`,
  ]
}

/** Of a value, in a table; the whole of it stands in the file. */
const MOST_CHARACTERS = 60

function nameOf({ setting, value }: Proposal): string {
  const text = JSON.stringify(value)
  const shown = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
  return `${setting} = ${shown}`
}

function placeOf(witness: Witness | undefined): string {
  return witness ? `e.g. ${witness.scenario}, exchange ${witness.exchange}` : ''
}

function listed<T>(title: string, all: readonly T[], text: (each: T) => string): string[] {
  return all.length === 0 ? [] : [`  ${title}`, ...all.map((each) => `    ${text(each)}`)]
}
