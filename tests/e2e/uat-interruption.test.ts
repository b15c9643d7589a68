import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { readHistory } from '../../src/evidence/history/history-file.ts'
import type { KnownOrder } from '../stand-in/admin.ts'
import { assertSettled } from './uat/placed.ts'
import { atUat, type RunOptions, type Uat } from './uat/uat.ts'
import { waitUntil } from './uat/wait-until.ts'

/* A run that is broken off while orders work. */

/** Orders work until they are cancelled, and are waited for as long as it takes to interrupt. */
const WORKING = { neverFinish: true } as const
const PATIENT: RunOptions = {
  settings: { 'order.finalWithinMs': 30_000, 'cancel.withinMs': 300, 'run.withinMs': 60_000 },
}
const FEATURE = 'features/orders/limit-orders.feature'

/** So many orders that work at once, as the stand-in knows them. */
function working(uat: Uat, count: number): Promise<readonly KnownOrder[]> {
  return waitUntil(async () => {
    const orders = await uat.working()
    return orders.length >= count ? orders : undefined
  })
}

describe('a run that a signal interrupts', { concurrency: 2 }, () => {
  const interruptions = [
    { signal: 'SIGINT', args: [], count: 1 },
    { signal: 'SIGTERM', args: [], count: 1 },
    { signal: 'SIGINT', args: ['--parallel', '2'], count: 2 },
    { signal: 'SIGTERM', args: ['--parallel', '2'], count: 2 },
  ] as const
  for (const { signal, args, count } of interruptions) {
    it(`${signal} ${args.join(' ')} ends it by itself, with no order working and a whole verdict`, () =>
      atUat(WORKING, async (uat) => {
        const { child, ended } = await uat.start([FEATURE, ...args], PATIENT)
        const orders = await working(uat, count)
        // A terminal sends it to the whole group, and npm hands it on: one keystroke, two signals.
        child.kill(signal)
        child.kill(signal)
        const { code, stdout, stderr } = await ended
        assert.equal(code, 2, stderr)
        assert.match(
          stderr,
          new RegExp(`^Interrupted by ${signal}: what is working is being cancelled`),
        )
        assert.match(stderr, new RegExp(`It could not be judged: it was interrupted by ${signal}`))
        const lastLine = stderr.trimEnd().split('\n').at(-1)
        assert.match(
          lastLine ?? '',
          new RegExp(
            `^It was interrupted by ${signal} after \\d+ of \\d+ scenarios; go on with: .* --resume --out `,
          ),
        )
        await assertSettled(uat)
        const cancelled = await uat.standIn.admin.orders()
        for (const { orderId } of orders) {
          const order = cancelled.find((each) => each.orderId === orderId)
          assert.equal(order?.status, 'CANCELED')
        }
        const verdict = await uat.verdict()
        assert.match(String(verdict.interrupted), new RegExp(signal))
        const { passed, failed, notVerified } = verdict.scenarios
        assert.equal(failed, 0, JSON.stringify(verdict.failures))
        assert.include(stdout, `Running ${passed + notVerified} scenarios`)
        assert.isTrue(
          verdict.notVerified.some(({ reason }) => reason.includes(`interrupted by ${signal}`)),
        )
        assert.isFalse(uat.has('.unfinished'))
        assert.isTrue(uat.has('junit.xml'))
        const { runs } = await readHistory(join(uat.out, 'history', 'uat.ndjson'))
        assert.lengthOf(runs, 1)
        assert.include(runs[0], { exitCode: 2, notJudged: `it was interrupted by ${signal}` })
        assert.deepEqual(runs[0]?.counts, verdict.scenarios)
      }))
  }
})

interface Line {
  readonly phase: 'sent' | 'ended'
  readonly request: {
    readonly headers: readonly { readonly name: string; readonly value: string }[]
  }
}

/** Every line of the transcript: the id of its request, by phase. */
async function transcriptOf(uat: Uat) {
  const text = await uat.read('evidence/transcript.ndjson')
  const lines = text.split('\n').filter((line) => line !== '')
  const parsed = lines.map((line) => JSON.parse(line) as Line)
  const idsOf = (phase: Line['phase']) =>
    parsed
      .filter((line) => line.phase === phase)
      .map(({ request }) => request.headers.find(({ name }) => name === 'x-request-id')?.value)
  return { sent: idsOf('sent'), ended: idsOf('ended') }
}

/** Server ids of the orders that a journal has no end of. */
async function openInJournal(uat: Uat): Promise<readonly string[]> {
  const lines = (await uat.read('journal.ndjson')).split('\n').filter((line) => line !== '')
  const entries = lines.map((line) => JSON.parse(line))
  const ended = entries.filter(({ kind }) => kind === 'ended').map(({ order }) => order)
  return entries
    .filter(({ kind, order }) => kind === 'placed' && !ended.includes(order))
    .map(({ orderId }) => orderId)
}

/** Kills a run that has orders working. @returns Those. */
async function killed(uat: Uat, args: readonly string[], count: number) {
  const { child, ended } = await uat.start([FEATURE, ...args], PATIENT)
  // Known to the run, too: it queries them.
  const orders = await waitUntil(async () => {
    const now = await working(uat, count)
    const requests = await uat.standIn.admin.requests()
    const isQueried = ({ orderId }: KnownOrder) =>
      requests.filter(({ path }) => path === `/v2/orders/${orderId}`).length > 1
    return now.every(isQueried) ? now : undefined
  })
  child.kill('SIGKILL')
  assert.isNull((await ended).code)
  return orders
}

describe('a run that is killed', { concurrency: 2 }, () => {
  for (const args of [[], ['--parallel', '2']]) {
    it(`${args.join(' ')} leaves a readable transcript and journal, and cleanup cancels from it`, () =>
      atUat(WORKING, async (uat) => {
        const orders = await killed(uat, args, args.length === 0 ? 1 : 2)
        const ids = orders.map(({ orderId }) => orderId)
        assert.includeMembers([...(await openInJournal(uat))], ids)
        const { sent, ended } = await transcriptOf(uat)
        const seen = (await uat.standIn.admin.requests()).map(
          ({ headers }) => headers['x-request-id'],
        )
        assert.includeMembers(sent, seen)
        const withoutEnd = sent.filter((id) => !ended.includes(id))
        assert.isAtMost(withoutEnd.length, Math.max(1, args.length))
        assert.isEmpty(withoutEnd.filter((id) => sent.indexOf(id) < sent.length - 2))
        assert.isFalse(uat.has('verdict.json'))

        const cleaned = await uat.cleanUp(PATIENT)
        assert.equal(cleaned.code, 0, cleaned.stderr)
        for (const id of ids)
          assert.match(cleaned.stdout, new RegExp(`Order ${id} .* is no longer working`))
        await assertSettled(uat)
        assert.isEmpty(await openInJournal(uat))

        const again = await uat.cleanUp(PATIENT)
        assert.equal(again.code, 0)
        assert.include(again.stdout, 'Nothing to clean up')
      }))
  }

  it('has its orders cancelled by the next run before that places any', () =>
    atUat(WORKING, async (uat) => {
      const [order] = await killed(uat, [], 1)
      const { admin } = uat.standIn
      const before = (await admin.requests()).length
      await admin.change({ neverFinish: false })
      const name = 'immediate or cancel, to buy far from the market'
      const { code, stderr } = await uat.verify(['--name', name])
      assert.equal(code, 0, stderr)
      const calls = (await admin.requests())
        .slice(before)
        .map(({ method, path }) => `${method} ${path}`)
      const cancelled = calls.indexOf(`DELETE /v2/orders/${order?.orderId}`)
      assert.isAtLeast(cancelled, 0)
      assert.isAbove(calls.indexOf('POST /v2/orders'), cancelled)
      await assertSettled(uat)
      assert.isEmpty(await openInJournal(uat))
    }))

  it('has its orders told of at once where the login is refused, which is tried once', () =>
    atUat(WORKING, async (uat) => {
      const [order] = await killed(uat, [], 1)
      const { admin } = uat.standIn
      await admin.change({ loginRefused: true })
      const before = (await admin.requests()).length
      const settings = { 'cancel.withinMs': 60_000 }
      const { code, stderr } = await uat.verify([FEATURE], { settings })
      assert.equal(code, 2)
      assert.match(stderr, /^It could not be judged: the login was refused with HTTP 401 /m)
      const { leftWorking = [] } = await uat.verdict()
      assert.lengthOf(leftWorking, 1)
      assert.include(leftWorking[0], {
        orderId: order?.orderId ?? 'none',
        why: 'the login was refused with HTTP 401, and is not tried again in this run',
      })
      const sent = (await admin.requests()).slice(before)
      assert.deepEqual(
        sent.map(({ method, path }) => `${method} ${path}`),
        ['POST /v2/sso/login'],
      )
    }))

  it('is not begun anew where its orders cannot be cancelled', () =>
    atUat(WORKING, async (uat) => {
      const [order] = await killed(uat, [], 1)
      await uat.standIn.admin.change({ cancelIgnored: true })
      const cleaned = await uat.cleanUp(PATIENT)
      assert.equal(cleaned.code, 2)
      assert.include(cleaned.stderr, `Order ${order?.orderId}`)
      const { code, stderr } = await uat.verify([FEATURE], PATIENT)
      assert.equal(code, 2)
      assert.include(stderr, `${order?.orderId}`)
      assert.lengthOf(await uat.standIn.admin.orders(), 1)
    }))
})
