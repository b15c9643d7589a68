import { realClock } from '../../src/backends/endpoint/real-clock.ts'
import { Exchange } from '../../src/mocks/exchange/exchange.ts'
import type { Door } from '../../src/mocks/http/door.ts'
import { doorsOf } from '../../src/mocks/http/endpoint-table.ts'
import { Faults } from '../../src/mocks/http/faults.ts'
import type { Answer } from '../driving/answer.ts'
import type { Call } from '../driving/flow.ts'
import { runFlows } from './run-flows.ts'

/** The endpoint table itself: no socket, no HTTP, no routing. */
const exchange = new Exchange({ clock: realClock, seed: 'bench' })
const { name, org, password } = exchange.directory.enrol({ name: 'bench' })
const session = exchange.sessions.login(name, password, org)
if (!session.ok) throw new Error(`Failed to log in: ${session.refusal.detail}`)
const carried = new Map([
  ['sso_token', session.value.token],
  ['content-type', 'application/json'],
])
const headers = { get: (header: string) => carried.get(header.toLowerCase()) ?? null }
const doors = new Map<string, Door>()
for (const door of doorsOf(exchange, new Faults(exchange.chance))) doors.set(door.operation, door)

function call({ operation, method, pathname, search, id, body }: Call): Answer {
  const door = doors.get(operation)
  if (!door) throw new Error(`Failed to find the door of ${operation}.`)
  const { answer, settle } = door.handle({
    method,
    pathname,
    query: new URLSearchParams(search),
    params: id === undefined ? {} : { id },
    headers,
    body: body ?? '',
  })
  if (answer === 'cut') throw new Error('The connection was cut, though nothing was staged.')
  settle?.(true)
  return { status: answer.status, head: '', body: answer.text ?? '' }
}

await runFlows(call)
