import { type Finding, sentenceOf } from '../evidence/finding.ts'
import { THE_RUN_ITSELF } from '../evidence/verdict.ts'
import { html } from './page/html.ts'

/** Where the suite begins, of whatever it holds. */
const SUITE = /(<testsuite\b[^>]*?)(\/?)>/

/**
 * Completes what Cucumber writes for build servers: with the run's id, as a property of its suite, and with a
 * failed test for what the run itself has found. A build server would otherwise see nothing of it.
 *
 * @param xml - Empty where Cucumber broke off; it stays so.
 * @param own - Findings that no scenario made.
 */
export function junitOfRun(xml: string, id: string, own: readonly Finding[]): string {
  const properties = `\n  <properties>\n    <property name="run" value="${id}"/>\n  </properties>`
  const counted = (suite: string): string =>
    own.length === 0 ? suite : oneMore(oneMore(suite, 'tests'), 'failures')
  const whole = xml.replace(
    SUITE,
    (_, suite: string, isEmpty: string) =>
      `${counted(suite)}>${properties}${isEmpty === '' ? '' : '\n</testsuite>'}`,
  )
  return own.length === 0 ? whole : whole.replace(/<\/testsuite>\s*$/, `${testOf(own)}$&`)
}

function oneMore(suite: string, attribute: 'tests' | 'failures'): string {
  return suite.replace(
    new RegExp(`\\b${attribute}="(\\d+)"`),
    (_, count: string) => `${attribute}="${Number(count) + 1}"`,
  )
}

/** Escaped as HTML is, which XML reads alike. */
function testOf(own: readonly Finding[]): string {
  const [first] = own
  const name = 'What no single scenario shows'
  return html`  <testcase classname="${THE_RUN_ITSELF}" name="${name}" time="0">
    <failure type="${first?.code ?? ''}" message="${first ? sentenceOf(first) : ''}">${own.map(sentenceOf).join('\n')}</failure>
  </testcase>
`.text
}
