import { type Attachment, Status, type StepResult } from 'allure-js-commons'
import { sentenceOf } from '../../evidence/finding.ts'
import type { ScenarioEvidence } from '../../evidence/scenario-evidence.ts'
import { orderDiagram, refusedDiagram } from '../../evidence/state-diagram.ts'
import { refusalText, timelineText } from '../../evidence/timeline-text.ts'
import { workflowDiagram } from '../../evidence/workflow-diagram.ts'
import { lifecycleOf } from '../../machines/lifecycle.ts'
import { allureStep } from './allure-step.ts'
import type { Attachments } from './attachments.ts'
import { shown } from './caps.ts'
import { judgedRules } from './scenario-marks.ts'

/** Every finding of a scenario, each as a step that failed. */
export function findingSteps({ findings }: ScenarioEvidence): StepResult[] {
  if (findings.length === 0) return []
  const steps = findings.map((finding) =>
    allureStep(sentenceOf(finding), { status: Status.FAILED }),
  )
  return [allureStep(`Findings: ${findings.length}`, { status: Status.FAILED, steps })]
}

/** What was observed of each order, the way that each trader took, and the rules that were judged. */
export async function observedSteps(
  evidence: ScenarioEvidence,
  attachments: Attachments,
): Promise<StepResult[]> {
  const { orders, refused, workflows = [] } = evidence
  const steps: StepResult[] = []
  for (const order of orders) {
    const { orderId } = order
    steps.push(
      allureStep(`What was observed of order ${orderId}`, {
        attachments: [
          ...attachments.text(`Timeline of order ${orderId}`, shown(timelineText(order)).text),
          ...attachments.svg(`State diagram of order ${orderId}`, await orderDiagram(order)),
        ],
      }),
    )
  }
  for (const placing of refused) {
    const which = `the placing refused in exchange ${placing.exchange}`
    const diagram = await refusedDiagram(lifecycleOf(placing.orderType))
    steps.push(
      allureStep(`What was observed of ${which}`, {
        attachments: [
          ...attachments.text(`Story of ${which}`, shown(refusalText(placing)).text),
          ...attachments.svg(`State diagram of ${which}`, diagram),
        ],
      }),
    )
  }
  const shownWorkflows: Attachment[] = []
  for (const { trader, visited } of workflows) {
    const title = `Trading workflow of ${trader}`
    shownWorkflows.push(...attachments.svg(title, await workflowDiagram(title, visited)))
  }
  if (shownWorkflows.length > 0) {
    steps.push(allureStep('The way through the trading workflow', { attachments: shownWorkflows }))
  }
  return [...steps, ...ruleSteps(evidence, attachments)]
}

/** The rules that a scenario held or broke, with what they promise: for who reads without a network. */
function ruleSteps(evidence: ScenarioEvidence, attachments: Attachments): StepResult[] {
  const rows = judgedRules(evidence).map(({ id, isBroken, severity, sentence, source }) => [
    ...[id, isBroken ? 'broken' : 'held', severity, sentence],
    `fact sheet ${source.section}, ${source.mark}`,
  ])
  if (rows.length === 0) return []
  const csv = [['rule', 'result', 'weight', 'what is promised', 'source'], ...rows]
    .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\n')
  const attached = attachments.attach('Rules held and broken', csv, 'text/csv', '.csv')
  return [allureStep(`Rules judged: ${rows.length}`, { attachments: attached })]
}
