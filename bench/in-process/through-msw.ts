import { realClock } from '../../src/backends/endpoint/real-clock.ts'
import { createSimulation } from '../../src/mocks/http/simulation.ts'
import type { Answer } from '../driving/answer.ts'
import type { Call } from '../driving/flow.ts'
import { runFlows } from './run-flows.ts'

/** The MSW handlers, called directly, as in a test suite: nothing is intercepted. */
const BASE_URL = 'https://simulation.invalid'
const { exchange, fetch } = createSimulation({ clock: realClock, seed: 'bench', baseUrl: BASE_URL })
const { name, org, password } = exchange.directory.enrol({ name: 'bench' })
const session = exchange.sessions.login(name, password, org)
if (!session.ok) throw new Error(`Failed to log in: ${session.refusal.detail}`)
const headers = { SSO_TOKEN: session.value.token }

async function call({ method, pathname, search, body }: Call): Promise<Answer> {
  const request = new Request(BASE_URL + pathname + search, {
    method,
    headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body }),
  })
  const response = await fetch(request)
  return { status: response.status, head: '', body: await response.text() }
}

await runFlows(call)
