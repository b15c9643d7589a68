import { lifecycleOf } from '../machines/lifecycle.ts'
import { PLACED, REFUSED } from '../machines/lifecycle-rules.ts'
import { sentenceOf } from './finding.ts'
import type { RefusedPlacing } from './observations.ts'
import { groundsOf, meaningOf, type Timeline } from './timeline.ts'

/** The story of one order as a table of plain text, for people to read. */
export function timelineText(timeline: Timeline): string {
  const { orderId, coId, type, lifecycle, observations, findings } = timeline
  const start = observations[0]?.at ?? 0
  const rows = [
    ['time (UTC)', 'after', 'exchange', 'status seen', 'dealt', 'meaning'],
    ...observations.map((observation, index) => [
      new Date(observation.at).toISOString().replace('T', ' ').replace('Z', ''),
      `${((observation.at - start) / 1_000).toFixed(3)} s`,
      String(observation.exchange),
      observation.status,
      dealtOf(observation),
      [meaningOf(observation), ...notesOn(observation, observations[index - 1])].join('; '),
    ]),
  ]
  const client = coId === undefined ? '' : `, client id ${coId}`
  return [
    `Order ${orderId} (${type ?? 'type unknown'}${client}), judged by the ${lifecycle} lifecycle`,
    '',
    ...align(rows),
    '',
    ...(findings.length === 0
      ? [`Every status is allowed by the ${lifecycle} lifecycle.`]
      : findings.map(sentenceOf)),
  ].join('\n')
}

type Judged = Timeline['observations'][number]

/** The story of a placing that was refused, in a few lines. */
export function refusalText({
  coId,
  orderType,
  httpStatus,
  exchange,
  code,
  message,
}: RefusedPlacing): string {
  const { name } = lifecycleOf(orderType)
  const said = [code, message].filter((each) => each !== undefined).join(': ')
  return [
    `Placing of a ${orderType} order${coId === undefined ? '' : `, client id ${coId}`}`,
    '',
    `Refused in exchange ${exchange}: HTTP ${httpStatus} with an error object${said === '' ? '' : `, ${said}`}`,
    `There is no order: ${groundsOf(`${name}.${PLACED}-${REFUSED}`.toLowerCase())}`,
  ].join('\n')
}

/** What changed besides the status, and why. */
function notesOn({ dealt, reason }: Judged, earlier: Judged | undefined): string[] {
  const more = (dealt ?? 0) - (earlier?.dealt ?? 0)
  return [
    ...(more > 0 ? [`${dealt} dealt so far`] : []),
    ...(reason === undefined ? [] : [`reason: ${reason}`]),
  ]
}

/** e.g. `600000 of 1000000`; a dash where the answer did not say. */
function dealtOf({ dealt, size }: Judged): string {
  if (dealt === undefined) return '–'
  return size === undefined ? String(dealt) : `${dealt} of ${size}`
}

/** Pads every column but the last to its widest cell. */
export function align(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
