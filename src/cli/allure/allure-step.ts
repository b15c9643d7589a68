import { type Attachment, Stage, Status, type StepResult } from 'allure-js-commons'

/** What a step shows besides its name; passed and without content unless it says otherwise. */
export interface StepContent {
  readonly status?: Status
  /** Why it failed, or was skipped. */
  readonly message?: string
  readonly steps?: readonly StepResult[]
  readonly attachments?: readonly Attachment[]
  /** Epoch milliseconds. */
  readonly start?: number
  readonly stop?: number
}

/** A step as Allure's results hold it. */
export function allureStep(name: string, content: StepContent): StepResult {
  const { status = Status.PASSED, message, steps = [], attachments = [], start, stop } = content
  return {
    name,
    status,
    statusDetails: message === undefined ? {} : { message },
    stage: Stage.FINISHED,
    steps: [...steps],
    attachments: [...attachments],
    parameters: [],
    ...(start !== undefined && { start }),
    ...(stop !== undefined && { stop }),
  }
}
