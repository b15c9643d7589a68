import type { Stories } from '../../evidence/drift/drift.ts'
import type { StoryLine } from '../../evidence/drift/story.ts'

/** What both sides did in one step, line by line; one side may have less to tell. */
export interface StepRows {
  readonly step: string
  readonly rows: readonly (readonly [StoryLine | undefined, StoryLine | undefined])[]
}

/** Two timelines side by side, step by step: the steps are the same, what was done in them need not be. */
export function sideBySide({ simulation, endpoint }: Stories): readonly StepRows[] {
  const [here, there] = [runsOf(simulation), runsOf(endpoint)]
  const keys = [...here.keys(), ...[...there.keys()].filter((key) => !here.has(key))]
  return keys.map((key) => {
    const [one, other] = [here.get(key) ?? [], there.get(key) ?? []]
    const length = Math.max(one.length, other.length)
    const rows = Array.from({ length }, (_, at) => [one[at], other[at]] as const)
    return { step: one[0]?.step ?? other[0]?.step ?? '', rows }
  })
}

/** The lines of each step; a step that comes again later in the scenario is another one. */
function runsOf(lines: readonly StoryLine[]): ReadonlyMap<string, readonly StoryLine[]> {
  const runs = new Map<string, StoryLine[]>()
  const times = new Map<string, number>()
  let last: string | undefined
  for (const line of lines) {
    if (line.step !== last) times.set(line.step, (times.get(line.step) ?? 0) + 1)
    last = line.step
    const key = `${times.get(line.step)} ${line.step}`
    runs.set(key, [...(runs.get(key) ?? []), line])
  }
  return runs
}

/** `4`, `4 and 5`, or `4 to 9`: where it stands in the transcript. */
export function exchangesText(numbers: readonly number[]): string {
  const [first, second] = numbers
  const last = numbers.at(-1)
  if (first === undefined || first === last) return String(first ?? '–')
  const isRow = numbers.length > 2 && (last ?? 0) - first === numbers.length - 1
  if (isRow) return `${first} to ${last}`
  return numbers.length === 2 ? `${first} and ${second}` : numbers.join(', ')
}
