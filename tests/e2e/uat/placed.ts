import { assert } from 'chai'
import type { Uat } from './uat.ts'

/** The client id of every placing that reached the stand-in, in order; the one without fields apart. */
export async function placedOf({ standIn }: Uat): Promise<readonly string[]> {
  const requests = await standIn.admin.requests()
  return requests
    .filter(({ method, path, body }) => method === 'POST' && path === '/v2/orders' && body !== '{}')
    .map(({ coId }) => coId ?? 'none')
}

/** Asserts that nothing works, whatever the verdict says. */
export async function assertSettled(uat: Uat): Promise<void> {
  assert.isEmpty(await uat.working())
  if (uat.has('verdict.json')) assert.deepEqual((await uat.verdict()).leftWorking ?? [], [])
}
