import type { Answer } from '../driving/answer.ts'
import { type Call, downloadCall, flow, noteTrades } from '../driving/flow.ts'
import { Ledger, nextCoId } from '../driving/ledger.ts'

/** What a process that makes flows within itself tells on its output, as JSON. */
export interface InProcess {
  readonly flows: number
  readonly elapsedMs: number
}

/**
 * Makes flows in this process, one after another: unmeasured ones first, then measured ones. Expects both
 * durations in milliseconds as arguments.
 *
 * @throws {Error} An answer that is not what it must be.
 */
export async function runFlows(call: (call: Call) => Answer | Promise<Answer>): Promise<void> {
  const [warmUpMs, measureMs] = process.argv.slice(2).map(Number)
  if (warmUpMs === undefined || measureMs === undefined) {
    throw new RangeError('Failed to run flows: give the milliseconds to warm up and to measure.')
  }
  const ledger = new Ledger()
  const run = async (ms: number): Promise<InProcess> => {
    const before = ledger.placed
    const startedAt = performance.now()
    while (performance.now() - startedAt < ms) await oneFlow(call, ledger)
    return { flows: ledger.placed - before, elapsedMs: performance.now() - startedAt }
  }
  await run(warmUpMs)
  const measured = await run(measureMs)
  const left = noteTrades(await call(downloadCall), ledger)
  if (left + ledger.untraded > 0) throw new Error('Trades were left after the last download.')
  console.log(JSON.stringify(measured))
}

async function oneFlow(
  call: (call: Call) => Answer | Promise<Answer>,
  ledger: Ledger,
): Promise<void> {
  const conversation = flow(nextCoId(), ledger)
  let next = conversation.next()
  while (!next.done) {
    const answer = call(next.value)
    // Whoever answers at once is not made to wait for a turn.
    next = conversation.next(answer instanceof Promise ? await answer : answer)
  }
}
