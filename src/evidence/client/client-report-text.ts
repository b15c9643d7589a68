import { few } from '../few.ts'
import type { ClientFinding, ClientReport } from './client-report.ts'

const MEANINGS = {
  certified: 'certified: every must was seen to hold, and nothing was found',
  'not certified': 'not certified: see the findings',
  incomplete: 'incomplete: nothing was found, but not everything was seen',
} as const satisfies Record<ClientReport['verdict'], string>

/** The report as plain text, for a terminal: the verdict, what was found, what was not seen, what held. */
export function clientReportText(report: ClientReport): string {
  const { verdict, exchanges, evicted, users, findings, rules, staged } = report
  const of = users.length === 0 ? '' : ` of ${few(users)}`
  const open = rules.filter(({ result }) => result === 'not verified')
  const rest = rules.filter(({ result }) => result === 'held' || result === 'not applicable')
  return [
    `Client ${MEANINGS[verdict]}`,
    `${counted(exchanges, 'exchange')}${of}${evicted > 0 ? `; ${evicted} more are no longer kept` : ''}`,
    ...section(
      'Findings',
      findings.map((finding) => `${finding.rule} (${finding.weight}): ${sentenceOf(finding)}`),
    ),
    ...section(
      'Not verified',
      open.flatMap(({ id, weight, sentence, why, toSee }) => [
        `${id} (${weight}): ${sentence}`,
        `  ${why}${toSee === undefined ? '' : `; to see it, ${toSee}`}`,
      ]),
    ),
    ...section(
      'Held',
      rest.map(({ id, sentence, result, why }) =>
        result === 'held' ? `${id}: ${sentence}` : `${id}: not applicable, ${why}`,
      ),
    ),
    ...section(
      'Staged',
      staged.map(({ exchange, what }) => `${exchange}: ${what}`),
    ),
    '',
  ].join('\n')
}

/** What was found, in one sentence, with the exchanges that show it. */
function sentenceOf({ detail, exchanges, orderId, coId, user }: ClientFinding): string {
  const order = orderId === undefined ? coId && `order with coId ${coId}: ` : `order ${orderId}: `
  const where = exchanges.length === 1 ? 'exchange' : 'exchanges'
  const seen = exchanges.length === 0 ? '' : ` (${where} ${few(exchanges.map(String))})`
  return `${order ?? ''}${detail}${seen}${user === '' ? '' : `, by ${user}`}`
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
