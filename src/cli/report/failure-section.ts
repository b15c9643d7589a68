import type { Matrix, MatrixRun } from '../../evidence/matrix/matrix.ts'
import type { VerdictFailure } from '../../evidence/verdict.ts'
import { type Html, html } from '../page/html.ts'
import { scenarioPlace } from '../page/scenario-place.ts'
import { whereToFind } from './finding-section.ts'

/** Failed scenarios of one target that are told one by one. */
const MOST_TOLD = 50

/** Scenarios that failed though no rule was broken. */
export function failuresAlone({ record: { verdict } }: MatrixRun): readonly VerdictFailure[] {
  const found = new Set(verdict.findings.map(({ scenario }) => scenario))
  return verdict.failures.filter(({ scenario }) => !found.has(scenario))
}

export function hasFailuresAlone({ runs }: Matrix): boolean {
  return runs.some((run) => failuresAlone(run).length > 0)
}

/** What a scenario expected and did not see, where no rule says that it must be so. */
export function failureSection({ runs }: Matrix): Html {
  const groups = runs.flatMap((run) => {
    const failures = failuresAlone(run)
    const more = failures.length - MOST_TOLD
    return failures.length === 0
      ? []
      : [
          html`<h3>On ${run.name} (${failures.length})</h3>
<ol>${failures.slice(0, MOST_TOLD).map((failure) => item(run, failure))}</ol>
${more <= 0 ? '' : html`<p class="note">… and ${more} more, in <code>${run.dir}/verdict.json</code>.</p>`}
`,
        ]
  })
  return html`<p>These scenarios saw something else than they expected, though no rule was broken: the documentation allows it or leaves it open,
or the scenario could not go on.</p>
${groups}`
}

function item(run: MatrixRun, { scenario, step, message }: VerdictFailure): Html {
  return html`<li>${scenarioPlace(scenario)}
<p class="sentence">${step}: ${message}</p>
${whereToFind(run, scenario, [])}
</li>
`
}
