import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { Job } from 'kubernetes-models/batch/v1/Job'
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { Project } from './project.ts'

const file = join(import.meta.dirname, '../../examples/scale/kubernetes-job.yaml')
const containerSchema = z.object({
  command: z.array(z.string()),
  args: z.array(z.string()),
  env: z.array(z.object({ name: z.string(), value: z.string() })),
})
const jobSchema = z.object({
  spec: z.object({
    completions: z.number().default(1),
    template: z.object({ spec: z.object({ containers: z.array(containerSchema) }) }),
  }),
})

const [claim, shards, report] = parseAllDocuments(readFileSync(file, 'utf8')).map((each) =>
  each.toJSON(),
)

/** What is wrong with it by the schema that Kubernetes publishes; nothing where nothing is. */
function problemIn(Kind: typeof Job | typeof PersistentVolumeClaim, manifest: object): string {
  try {
    new Kind(structuredClone(manifest)).validate()
    return ''
  } catch (error) {
    return String(error)
  }
}

describe('the job for Kubernetes', () => {
  const project = new Project()
  after(() => project.remove())
  const reports = join(project.path, 'volume')

  /** Runs the container of a job as a node does, its volume being a directory. */
  async function pod(manifest: unknown, env: Readonly<Record<string, string>> = {}) {
    const [container] = jobSchema.parse(manifest).spec.template.spec.containers
    const { command = [], args = [], env: listed = [] } = container ?? {}
    const own = Object.fromEntries(listed.map(({ name, value }) => [name, value]))
    return project.run(args.join(' '), { ...own, ...env, REPORTS: reports }, command)
  }

  it('keeps to the schema that Kubernetes publishes', () => {
    assert.equal(problemIn(PersistentVolumeClaim, claim), '')
    assert.equal(problemIn(Job, shards), '')
    assert.equal(problemIn(Job, report), '')
    const { spec } = shards
    assert.match(problemIn(Job, { ...shards, spec: { ...spec, completions: '4' } }), /integer/)
    assert.match(problemIn(Job, { ...shards, spec: { ...spec, completionMode: 'Index' } }), /./)
  })

  it('has as many pods as the scenarios are dealt out to', () => {
    const { completions, template } = jobSchema.parse(shards).spec
    const shardsOf = template.spec.containers[0]?.env.find(({ name }) => name === 'SHARDS')
    assert.equal(shardsOf?.value, String(completions))
    assert.equal(shards.spec.completionMode, 'Indexed')
    assert.isTrue(report.spec.suspend, 'Nothing is merged before every shard is there.')
  })

  it('gives one verdict, of all scenarios, and none where a shard is missing', async () => {
    for (let index = 0; index < jobSchema.parse(shards).spec.completions; index++) {
      const { code, output } = await pod(shards, { JOB_COMPLETION_INDEX: String(index) })
      assert.equal(code, 0, output)
    }
    const merged = await pod(report)
    assert.equal(merged.code, 0, merged.output)
    const verdict = JSON.parse(readFileSync(join(reports, 'simulation', 'verdict.json'), 'utf8'))
    assert.deepInclude(verdict.scenarios, { failed: 0, notVerified: 0 })
    assert.deepEqual(verdict.selection, [], 'The merged run is a whole one.')

    rmSync(join(reports, 'shard-3'), { recursive: true })
    assert.equal((await pod(report)).code, 2)
  })

  it('completes where there is a finding, and fails where nothing could be judged', async () => {
    const { args } = shards.spec.template.spec.containers[0]
    for (const [ends, code] of [
      [0, 0],
      [1, 0],
      [2, 2],
      [130, 130],
    ] as const) {
      const told = `npx() { return ${ends}; }\n${args[0]}`
      const ran = await project.run(
        told,
        { JOB_COMPLETION_INDEX: '0', SHARDS: '4', REPORTS: '.' },
        ['sh', '-c'],
      )
      assert.equal(ran.code, code, `exit code ${ends} of verify`)
    }
  })
})
