import type { ShapeProblem } from '../../../api/client/answer.ts'
import { endpoints, type Operation } from '../../../api/contract/endpoints.ts'
import type { Matter } from '../../reading/matter.ts'
import { elementsOf, idOf, isFields, type Reading } from '../../reading/reading.ts'
import { REDACTED } from '../../redaction.ts'
import { operationName } from '../operation-name.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { problemsOf } from './judged-shape.ts'
import { isExcused } from './shape-excuses.ts'

/** Most problems that one sentence tells; a list of fifty trades may have hundreds. */
const MOST_TOLD = 3

const shaped = (Object.keys(endpoints) as Operation[]).filter(
  (operation) => 'answer' in endpoints[operation],
)

/** One rule for each operation whose success has a documented body. */
export const shapeRules: readonly Rule[] = shaped.map(
  (operation): Rule => ({
    id: `shape.${operationName(operation)}`,
    family: 'Shapes',
    sentence: `The body of a success of ${endpoints[operation].method} ${endpoints[operation].path} has the documented fields, each of its type.`,
    source: endpoints[operation].source,
    code: 'wrong-shape',
    check: (matter) =>
      resultOf(
        matter.made
          .filter((reading) => reading.operation === operation && reading.isSuccess)
          .map((reading) => sightOf(operation, reading, matter)),
      ),
  }),
)

function sightOf(operation: Operation, reading: Reading, matter: Matter): Sight {
  const { raw, body, params, number } = reading
  // Redaction may have cut into what was JSON.
  if (body === undefined && raw.includes(REDACTED)) return undefined
  const problems = problemsOf(operation, reading).filter(
    (problem) => !isExcused(problem, reading, matter),
  )
  // An empty list has every shape.
  if (problems.length === 0) return elementsOf(body).length > 0 ? 'held' : undefined
  const orderId = params.id ?? (isFields(body) ? idOf(body.orderId) : undefined) ?? ''
  return { orderId, detail: told(problems), exchanges: [number] }
}

function told(problems: readonly ShapeProblem[]): string {
  const sentences = problems
    .slice(0, MOST_TOLD)
    .map(({ path, message }) => `${path === '' ? 'body' : path}: ${plain(message)}`)
  const left = problems.length - sentences.length
  return [...sentences, ...(left > 0 ? [`and ${left} more`] : [])].join('; ')
}

/** `Invalid input: expected string, received undefined` without its first words. */
function plain(message: string): string {
  const text = message.replace(/^Invalid input: /, '')
  return text.charAt(0).toLowerCase() + text.slice(1)
}
