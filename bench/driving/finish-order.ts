import { endpoints } from '../../src/api/contract/endpoints.ts'
import type { Client } from './client.ts'
import { flow, textOf } from './flow.ts'
import { nextCoId } from './ledger.ts'

/**
 * Sees one order through the flow, and holds every answer of the simulation against the contract: the flow
 * itself only looks for what it needs.
 *
 * @returns The order's id.
 * @throws {Error} An answer that is not as the contract has it.
 */
export async function finishOrder(client: Client): Promise<string> {
  const { ledger } = client.party
  const conversation = flow(nextCoId(), ledger)
  let orderId = ''
  let next = conversation.next()
  while (!next.done) {
    const { operation } = next.value
    const answer = await client.call(next.value)
    const contract = endpoints[operation]
    if (ledger && 'answer' in contract) contract.answer.parse(JSON.parse(answer.body))
    if (operation === 'placeOrder') orderId = textOf(answer, 'orderId')
    next = conversation.next(answer)
  }
  return orderId
}
