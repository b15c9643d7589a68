import { Stage, Status, type StepResult, type TestResult } from 'allure-js-commons'
import { sentenceOf } from '../../evidence/finding.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import type { ScenarioRecord } from '../../evidence/record/scenario-record.ts'
import { isSimulated } from '../../evidence/simulated.ts'
import { labelOf } from '../../evidence/verdict.ts'
import { allureStep } from './allure-step.ts'
import type { Attachments } from './attachments.ts'
import { MAX_PAGE_BYTES, WHOLE } from './caps.ts'
import { uuidOf } from './identity.ts'
import { findingSteps, observedSteps } from './observed-steps.ts'
import { labelsOf, linksOf, parametersOf } from './scenario-marks.ts'
import { scenarioSteps, type Timing } from './scenario-steps.ts'

/**
 * One scenario as Allure shows it.
 *
 * @param identity - What it is found by in other runs, and on other targets.
 */
export async function scenarioResult(
  run: RunFacts,
  scenario: ScenarioRecord,
  identity: string,
  attachments: Attachments,
): Promise<TestResult> {
  const timing = timingOf(run, scenario)
  const { evidence } = scenario
  const steps = [
    ...(evidence ? findingSteps(evidence) : []),
    ...scenarioSteps(scenario, attachments, timing),
    ...(evidence ? await observedSteps(evidence, attachments) : []),
  ]
  const startedAt = timing?.startedAt ?? Date.parse(run.startedAt)
  const last = timing && evidence?.exchanges.at(-1)
  return {
    uuid: uuidOf(`${run.id} ${identity}`),
    testCaseId: identity,
    historyId: uuidOf(`${run.target} ${identity}`),
    name: scenario.name,
    fullName: scenario.uri === '' ? scenario.name : labelOf(scenario),
    titlePath: [scenario.feature, ...(scenario.rule === undefined ? [] : [scenario.rule])],
    status: statusOf(scenario),
    statusDetails: detailsOf(scenario),
    stage: Stage.FINISHED,
    labels: labelsOf(run, scenario),
    links: linksOf(scenario),
    parameters: parametersOf(run, scenario),
    steps: [...steps, ...noteOn(attachments)].map((step) => dated(step, startedAt)),
    attachments: [],
    start: startedAt,
    stop: last ? Math.max(startedAt, last.at + last.tookMs) : startedAt,
  }
}

/**
 * Allure calls *failed* what did not behave as it should, and *broken* what could not be tried. A finding
 * is always the former.
 */
function statusOf({ status, failure, evidence }: ScenarioRecord): Status {
  if (status === 'passed') return Status.PASSED
  if (status === 'notVerified') return Status.SKIPPED
  const isJudged = failure?.isAssertion === true || (evidence?.findings.length ?? 0) > 0
  return isJudged ? Status.FAILED : Status.BROKEN
}

/** One sentence: the first finding, else what the step said. Never a stack: it is no reader's business. */
function detailsOf(scenario: ScenarioRecord): { message?: string } {
  const [finding] = scenario.evidence?.findings ?? []
  if (scenario.status === 'notVerified') {
    const reason = scenario.evidence?.notVerified ?? scenario.notVerified
    return { message: `Not verified: ${reason ?? 'no reason was given'}` }
  }
  if (finding) return { message: sentenceOf(finding) }
  return scenario.failure === undefined ? {} : { message: scenario.failure.message }
}

/** A simulation's clock tells a time of its own: its scenarios are shown to have taken none of ours. */
function timingOf(
  { target, startedAt }: RunFacts,
  { evidence }: ScenarioRecord,
): Timing | undefined {
  if (isSimulated(target)) return undefined
  const own = evidence?.exchanges.find(({ sharedFrom }) => sharedFrom === undefined)
  return { startedAt: own?.at ?? Date.parse(startedAt) }
}

/** Allure calls the time of a step *unknown* where it has none. */
function dated(step: StepResult, at: number): StepResult {
  const { start = at, stop = start, steps } = step
  return { ...step, start, stop, steps: steps.map((each) => dated(each, start)) }
}

function noteOn({ leftOut }: Attachments): StepResult[] {
  if (leftOut === 0) return []
  const what = leftOut === 1 ? '1 attachment is' : `${leftOut} attachments are`
  const name = `Cut: ${what} left out here, because a page holds at most ${MAX_PAGE_BYTES / 2 ** 20} MiB of them; what was exchanged stands whole in ${WHOLE}`
  return [allureStep(name, { status: Status.SKIPPED })]
}
