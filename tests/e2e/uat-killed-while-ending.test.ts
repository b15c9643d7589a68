import type { ChildProcess } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { assertIntact, judgedAt, saidIn, verdictIn } from './compared-run.ts'
import type { Ended } from './uat/run-command.ts'
import { atUat, type RunOptions, type Uat } from './uat/uat.ts'
import { waitUntil } from './uat/wait-until.ts'

/* A run that is interrupted, killed before its clean-up is through, and resumed: nothing is lost of it. */

const LIMIT = 'features/orders/limit-orders.feature'
/** What is seen depends on no pace: orders are what they become at once, and the token outlives the run. */
const AT_ONCE = { newMs: 0, fillMs: 0, tokenTtlMs: 600_000 } as const
/** How many scenarios end before it is interrupted. */
const BEFORE = 8
/** Sends itself a signal when so many scenarios have ended. */
const ending = (at: number, signal: 'SIGSTOP' | 'SIGKILL') => ({
  NODE_OPTIONS: `--import ${import.meta.resolve('./end-at.ts')}`,
  ...{ END_AT: String(at), END_WITH: signal },
})
/** What is waited for lasts until the run is killed. */
const PATIENT: RunOptions = {
  settings: { 'order.finalWithinMs': 30_000, 'cancel.withinMs': 8_000 },
}

/** Every scenario that has ended, by its place, with what became of it. */
function endedIn(out: string): readonly (readonly [string, string])[] {
  return saidIn(out, 'scenarios.ndjson')
    .flatMap((line) => {
      const { scenario } = JSON.parse(line)
      return scenario ? [[`${scenario.uri}:${scenario.line}`, scenario.status] as const] : []
    })
    .sort()
}

/** What the run in one piece says, which leaves no other trace. */
async function undivided(uat: Uat, args: readonly string[]) {
  const { code, stdout, stderr } = await uat.verify(args, PATIENT)
  assert.equal(code, 0, stdout + stderr)
  const said = { judged: judgedAt(uat.out), ended: endedIn(uat.out) }
  rmSync(uat.out, { recursive: true })
  return said
}

/** Runs until so many scenarios have ended, and stops. */
async function stoppedRun(uat: Uat, args: readonly string[]) {
  const running = await uat.start(args, { ...PATIENT, env: ending(BEFORE, 'SIGSTOP') })
  await waitUntil(async () => {
    const stat = await readFile(`/proc/${running.child.pid}/stat`, 'utf8')
    // The field behind the name: proc_pid_stat(5).
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T') || undefined
  })
  return running
}

/** Waits until a process has printed a line. */
function printed({ stderr }: ChildProcess, line: RegExp): Promise<void> {
  return new Promise((resolve) => {
    let text = ''
    stderr?.on('data', (more) => {
      text += more
      if (line.test(text)) resolve()
    })
  })
}

/** Interrupts a run with orders that nobody can cancel, and kills it while it tries. @returns Those. */
async function interruptedAndKilled(uat: Uat, args: readonly string[], count: number) {
  const { admin } = uat.standIn
  const { child, ended } = await stoppedRun(uat, args)
  await admin.change({ neverFinish: true, cancelIgnored: true })
  child.kill('SIGCONT')
  const askedOf = async (since: number) => {
    const asked = (await admin.requests()).slice(since)
    return (await uat.working()).filter(({ orderId }) =>
      asked.some(({ path }) => path.endsWith(`/${orderId}`)),
    )
  }
  // Known to the run, too: what it has no id of, it would have to look for.
  await waitUntil(async () => (await askedOf(0)).length >= count || undefined)
  const isInterrupted = printed(
    child,
    /^Interrupted by SIGINT: what is working is being cancelled/m,
  )
  child.kill('SIGINT')
  await isInterrupted
  const before = (await admin.requests()).length
  // It makes sure of what will not end, and cannot be through.
  const orders = await waitUntil(async () => {
    const [working, tried] = [await uat.working(), await askedOf(before)]
    return working.length >= count && tried.length === working.length ? working : undefined
  })
  child.kill('SIGKILL')
  assert.isNull((await ended).code)
  assert.isFalse(uat.has('verdict.json'))
  return orders
}

/** What a resumed run has sent about orders, in turn, e.g. `DELETE 4711`. */
async function sentSince(uat: Uat, before: number): Promise<readonly string[]> {
  return (await uat.standIn.admin.requests())
    .slice(before)
    .filter(({ method, path }) => method !== 'GET' && path.startsWith('/v2/orders'))
    .map(({ method, path }) => `${method} ${path.split('/')[3] ?? ''}`.trim())
}

async function assertWhole(uat: Uat, { code, stdout, stderr }: Ended): Promise<void> {
  assert.equal(code, 0, stdout + stderr)
  assert.isEmpty(await uat.working())
  assert.deepEqual(verdictIn(uat.out).leftWorking, [])
  assert.isUndefined(verdictIn(uat.out).interrupted)
  await assertIntact(uat.out)
}

describe('a run that is interrupted, and killed while it cancels', { concurrency: 2 }, () => {
  for (const args of [[LIMIT], [LIMIT, '--parallel', '2']]) {
    it(`${args.slice(1).join(' ')} is resumed: each scenario once, no order working, and the verdict of the whole`, () =>
      atUat(AT_ONCE, async (uat) => {
        const { admin } = uat.standIn
        const whole = await undivided(uat, args)
        const orders = await interruptedAndKilled(uat, args, args.length === 1 ? 1 : 2)
        const killed = join(uat.folder, 'killed')
        cpSync(uat.out, killed, { recursive: true })

        await admin.change({ neverFinish: false, cancelIgnored: false })
        const before = (await admin.requests()).length
        // What goes on with it is killed, too.
        const resumed = await uat.verify(['--resume'], { ...PATIENT, env: ending(4, 'SIGKILL') })
        assert.isNull(resumed.code, resumed.stdout)
        const sent = await sentSince(uat, before)
        const cancelled = orders.map(({ orderId }) => sent.indexOf(`DELETE ${orderId}`))
        assert.isAtLeast(Math.min(...cancelled), 0, sent.join())
        assert.isAbove(sent.indexOf('POST'), Math.max(...cancelled), sent.join())
        await assertWhole(uat, await uat.resume())

        assert.deepEqual(endedIn(uat.out), whole.ended)
        assert.deepEqual(judgedAt(uat.out), whole.judged)
        const kept = endedIn(killed).filter(([, status]) => status === 'passed')
        assert.isNotEmpty(kept)
        const again = ['2', '3'].flatMap((part) => endedIn(join(uat.out, 'parts', part)))
        assert.isEmpty(kept.filter(([place]) => again.some(([other]) => other === place)))
        assert.include((await uat.cleanUp()).stdout, 'Nothing to clean up')
      }))
  }
})
