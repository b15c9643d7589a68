import { cpSync, existsSync, globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { Project } from './project.ts'

const variables = z.record(z.string(), z.union([z.string(), z.number()]).transform(String))
const stepSchema = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
  env: variables.default({}),
  with: variables.default({}),
})
const jobSchema = z.object({
  env: variables.default({}),
  strategy: z.object({ matrix: z.object({ shard: z.array(z.number()) }) }).optional(),
  steps: z.array(stepSchema),
})
const workflowSchema = z.object({
  env: variables.default({}),
  jobs: z.record(z.string(), jobSchema),
})
type Step = z.infer<typeof stepSchema>
type Values = Readonly<Record<string, string>>

/** What became of one machine of a job. */
export interface MachineRun {
  readonly isGreen: boolean
  readonly output: string
}

export interface ActionsOptions {
  /** A directory that keeps what machines upload. */
  readonly artifacts: string
  readonly secrets?: Values
  /** As for a project. */
  readonly features?: readonly string[]
}

/** As much of GitHub as a workflow here asks for: machines, a matrix, secrets, and artifacts. */
export class Actions {
  readonly #workflow: z.infer<typeof workflowSchema>
  readonly #options: ActionsOptions

  /** @param text - The workflow. */
  constructor(text: string, options: ActionsOptions) {
    this.#workflow = workflowSchema.parse(parse(text))
    this.#options = options
  }

  /** Runs a job on a machine for each value of its matrix, or on one, one after the other. */
  async run(name: string): Promise<MachineRun[]> {
    const { strategy } = this.#workflow.jobs[name] ?? {}
    const shards = strategy?.matrix.shard ?? [0]
    const runs: MachineRun[] = []
    for (const shard of shards) runs.push(await this.#onOne(name, shard, shards.length))
    return runs
  }

  async #onOne(name: string, shard: number, total: number): Promise<MachineRun> {
    const job = jobSchema.parse(this.#workflow.jobs[name])
    const values = {
      'matrix.shard': String(shard),
      'strategy.job-total': String(total),
      ...Object.fromEntries(
        Object.entries(this.#options.secrets ?? {}).map(([key, v]) => [`secrets.${key}`, v]),
      ),
    }
    const project = new Project(this.#options.features)
    const outputs: string[] = []
    let isGreen = true
    try {
      for (const step of job.steps) {
        if (!isGreen && step.if === undefined) continue
        const env = resolved({ ...this.#workflow.env, ...job.env, ...step.env }, values)
        const { code, output } = await this.#step(step, project, env, values)
        outputs.push(output)
        isGreen &&= code === 0
      }
    } finally {
      project.remove()
    }
    return { isGreen, output: outputs.join('') }
  }

  async #step(step: Step, project: Project, env: Values, values: Values) {
    // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax: the shell where none is named.
    if (step.run !== undefined) return project.run(step.run, env, ['bash', '--norc', '-ec'])
    const [action] = (step.uses ?? '').split('@')
    const { name = '', path = '', pattern = '' } = resolved(step.with, values)
    if (action === 'actions/upload-artifact') {
      const isThere = existsSync(join(project.path, path))
      if (isThere)
        cpSync(join(project.path, path), join(this.#options.artifacts, name), { recursive: true })
      return { code: isThere ? 0 : 1, output: '' }
    }
    if (action === 'actions/download-artifact') {
      for (const found of globSync(join(this.#options.artifacts, pattern))) {
        cpSync(found, join(project.path, path, basename(found)), { recursive: true })
      }
      return { code: 0, output: '' }
    }
    const isInstalled = ['actions/checkout', 'actions/setup-node'].includes(action ?? '')
    return { code: isInstalled ? 0 : 1, output: isInstalled ? '' : `no such action: ${action}` }
  }
}

/** With every `${{ … }}` replaced; one that is not known is a mistake. */
function resolved(texts: Values, values: Values): Record<string, string> {
  const replace = (text: string) =>
    text.replaceAll(/\$\{\{ (.+?) \}\}/g, (_whole, name: string) => {
      const value = values[name]
      if (value === undefined) throw new Error(`Nothing is known of ${name}.`)
      return value
    })
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, replace(text)]))
}
