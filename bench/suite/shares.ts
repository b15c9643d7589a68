import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** The parts of a run, each by the files that its code stands in; the first that fits counts. */
const PARTS = [
  [
    'Allure',
    /src\/cli\/(?:allure\/|run-pages\/page-maker)|node_modules\/(?:@allurereport|allure-)/,
  ],
  [
    'rules',
    /src\/evidence\/(?:rules|reading|variants)\/|src\/evidence\/(?:judge-|timeline|observ|contradiction)/,
  ],
  [
    'evidence',
    /src\/evidence\/|src\/cli\/record\/|src\/steps\/evidence-hook|node_modules\/@viz-js\//,
  ],
  ['client', /src\/api\//],
  ['exchange', /src\/(?:mocks|backends)\/|node_modules\/(?:msw|@mswjs|@faker-js)\//],
  ['cucumber', /src\/(?:cli|steps)\/|node_modules\/@cucumber\//],
  ['loading of modules', /node:internal\/modules|node:internal\/deps\/(?:amaro|cjs)/],
] as const

const profileSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string() }),
      children: z.array(z.number()).optional(),
    }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
})
type Node = z.infer<typeof profileSchema>['nodes'][number]

/**
 * The share of a process's time that each part took, in all threads together, idle time left out, by profiles of V8
 * (`--cpu-prof`). Time is that of the innermost function that belongs to a part: what the client takes of
 * Node's own is the client's.
 *
 * @param folder - Where the profiles lie, one for each thread, and no others.
 */
export function sharesIn(folder: string): ReadonlyMap<string, number> {
  const took = new Map<string, number>()
  for (const file of readdirSync(folder)) addTimes(join(folder, file), took)
  const all = [...took.values()].reduce((sum, each) => sum + each, 0)
  return new Map(
    [...took].sort(([, one], [, other]) => other - one).map(([part, each]) => [part, each / all]),
  )
}

function addTimes(file: string, took: Map<string, number>): void {
  const profile = profileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  )
  for (const [at, id] of profile.samples.entries()) {
    const part = partOf(id, nodes, parents)
    if (part !== undefined) took.set(part, (took.get(part) ?? 0) + (profile.timeDeltas[at] ?? 0))
  }
}

/** `undefined` for idle time. */
function partOf(
  id: number,
  nodes: ReadonlyMap<number, Node>,
  parents: ReadonlyMap<number, number>,
): string | undefined {
  const leaf = nodes.get(id)?.callFrame.functionName
  if (leaf === '(idle)') return undefined
  if (leaf === '(garbage collector)') return 'collecting garbage'
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const url = nodes.get(at)?.callFrame.url ?? ''
    const part = PARTS.find(([, files]) => files.test(url))
    if (part) return part[0]
  }
  return "Node's own"
}
