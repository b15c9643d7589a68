import { sentenceOf } from './finding.ts'
import { meaningOf, type Timeline } from './timeline.ts'

/** The story of one order as a table of plain text, for people to read. */
export function timelineText(timeline: Timeline): string {
  const { orderId, coId, type, lifecycle, observations, findings } = timeline
  const start = observations[0]?.at ?? 0
  const rows = [
    ['time (UTC)', 'after', 'exchange', 'status seen', 'dealt', 'meaning'],
    ...observations.map((observation) => [
      new Date(observation.at).toISOString().replace('T', ' ').replace('Z', ''),
      `${((observation.at - start) / 1_000).toFixed(3)} s`,
      String(observation.exchange),
      observation.status,
      dealtOf(observation),
      meaningOf(observation),
    ]),
  ]
  const client = coId === undefined ? '' : `, client id ${coId}`
  return [
    `Order ${orderId} (${type ?? 'type unknown'}${client}), judged by the ${lifecycle} lifecycle`,
    '',
    ...align(rows),
    '',
    ...(findings.length === 0 ? ['No finding.'] : findings.map(sentenceOf)),
  ].join('\n')
}

/** e.g. `600000 of 1000000`; a dash where the answer did not say. */
function dealtOf({ dealt, size }: Timeline['observations'][number]): string {
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
