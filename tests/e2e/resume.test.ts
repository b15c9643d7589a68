import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import {
  assertIntact,
  judgementIn,
  messagesIn,
  saidIn,
  testsIn,
  verdictIn,
} from './compared-run.ts'
import { runCommand } from './run-verify.ts'
import { atUat, type Uat } from './uat/uat.ts'
import { waitUntil } from './uat/wait-until.ts'

/* Runs that are interrupted and resumed: every scenario once, and the verdict of the run in one piece. */

const folder = mkdtempSync(join(tmpdir(), 'harness-resume-'))
const at = (...names: string[]) => join(folder, ...names)
after(() => rmSync(folder, { recursive: true }))

const LIMIT = 'features/orders/limit-orders.feature'
const END = `--import ${import.meta.resolve('./end-at.ts')}`

interface Ending {
  /** Counted from 1: with the writing down of which scenario. */
  readonly at: number
  readonly isTorn?: boolean
  readonly signal?: 'SIGINT' | 'SIGTERM'
}

/** Runs `verify` up to the writing down of a scenario. */
async function endedRun(args: readonly string[], { at: count, isTorn, signal }: Ending) {
  const env = {
    ...{ NODE_OPTIONS: END, END_AT: String(count), END_WITH: signal ?? 'SIGKILL' },
    ...(isTorn && { END_TORN: '1' }),
  }
  const { code } = await runCommand(['verify', ...args], env)
  assert.equal(code, { SIGINT: 130, SIGTERM: 143, SIGKILL: null }[signal ?? 'SIGKILL'])
}

function resumed(out: string, ...args: string[]) {
  return runCommand(['verify', '--resume', '--out', out, ...args])
}

/** How many scenarios a part has written down whole; none where there was no need of it. */
function scenariosIn(out: string): number {
  const file = join(out, 'evidence', 'scenarios.ndjson')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return text.split('\n').filter((line) => line.includes('"scenario":{"uri"') && line.endsWith('}'))
    .length
}

async function assertSameRun(out: string, whole: string): Promise<void> {
  assert.deepEqual(judgementIn(out), judgementIn(whole))
  for (const chain of ['transcript.ndjson', 'scenarios.ndjson']) {
    assert.deepEqual(saidIn(out, chain), saidIn(whole, chain))
  }
  await assertIntact(out)
}

describe('a run on the simulation that is interrupted and resumed', () => {
  const seeded = ['--seed', 'resume', '--order', 'random:7', LIMIT]

  it('has every scenario once, and the verdict of the run in one piece', async () => {
    const { code: whole } = await runCommand(['verify', '--out', at('whole'), ...seeded])
    assert.equal(whole, 0)
    await endedRun(['--out', at('run'), ...seeded], { at: 9, isTorn: true })
    cpSync(at('run'), at('killed'), { recursive: true })
    await endedRun(['--out', at('run'), '--resume', '--parallel=2'], { at: 6 })
    await endedRun(['--out', at('run'), '--resume'], { at: 2, signal: 'SIGTERM' })
    const { code, stdout, stderr } = await resumed(at('run'))
    assert.equal(code, 0, stderr)
    const [first = 0, second = 0, third = 0, rest = 0] = [1, 2, 3, 4].map((part) =>
      scenariosIn(at('run', 'parts', String(part))),
    )
    assert.equal(first, 8)
    assert.isAtLeast(second, 6)
    assert.isAtLeast(third, 2)
    assert.equal(first + second + third + rest, 32)
    assert.include(stdout, `of 32 scenarios, ${first + second + third} had ended`)
    await assertSameRun(at('run'), at('whole'))
    assert.deepEqual(messagesIn(at('run')), messagesIn(at('whole')))
    assert.deepEqual(testsIn(at('run')), testsIn(at('whole')))
    assert.isTrue(existsSync(at('run', 'cucumber.html')))
  })

  it('has no page of messages that say something else than the evidence', async () => {
    cpSync(at('killed'), at('forged'), { recursive: true })
    const messages = at('forged', 'messages.ndjson')
    const told = readFileSync(messages, 'utf8')
    writeFileSync(messages, told.replaceAll('"status":"PASSED"', '"status":"FAILED"'))
    const { code, stdout } = await resumed(at('forged'))
    assert.equal(code, 0)
    assert.match(
      stdout,
      /junit\.xml +left out, because the messages in \S+ say something else than/,
    )
    assert.isFalse(existsSync(at('forged', 'junit.xml')))
  })

  it('leaves the interrupted evidence as it was', () => {
    for (const name of ['run.json', 'scenarios.ndjson', 'transcript.ndjson', 'rules.json']) {
      const before = readFileSync(at('killed', 'evidence', name))
      assert.isTrue(before.equals(readFileSync(at('run', 'parts', '1', 'evidence', name))), name)
    }
  })

  it('is not resumed once it has come to its end, nor where there is none', async () => {
    const again = await resumed(at('run'))
    assert.equal(again.code, 2)
    assert.match(again.stderr, /^Nothing to resume: the run simulation-\S+ in \S+ came to its end/m)
    const none = await resumed(at('nowhere'))
    assert.equal(none.code, 2)
    assert.match(none.stderr, /^There is no run in \S+nowhere to resume: /m)
  })

  it('is only resumed as it was begun, from evidence as it was written', async () => {
    const other: readonly (readonly [readonly string[], RegExp])[] = [
      [
        ['--seed', 'other'],
        /^--seed is not what the run in \S+killed was made with: leave it out/m,
      ],
      [['--name', 'Its time ends'], /^--name is not what the run/m],
      [['--order', 'defined'], /^--order is not what the run/m],
      [['--target', 'uat'], /was made on simulation, and not on uat: resume it with --target/],
      [['features/sessions'], /^features\/sessions is not what the run/m],
    ]
    for (const [args, why] of other) {
      const { code, stderr } = await resumed(at('killed'), ...args)
      assert.match(stderr, why)
      assert.equal(code, 2)
    }
    const scenarios = at('killed', 'evidence', 'scenarios.ndjson')
    const text = readFileSync(scenarios, 'utf8')
    writeFileSync(scenarios, text.replace('"status":"passed"', '"status":"failed"'))
    const altered = await resumed(at('killed'))
    assert.equal(altered.code, 2)
    assert.match(altered.stderr, /not as it was written: altered: scenarios\.ndjson/)
    assert.isFalse(existsSync(at('killed', 'parts')))
    writeFileSync(scenarios, text)
  })

  it('is not resumed with other features', async () => {
    const feature = at('own.feature')
    const text = readFileSync(LIMIT, 'utf8')
    writeFileSync(feature, text)
    await endedRun(['--out', at('own'), feature], { at: 3 })
    writeFileSync(feature, text.replace('Its time ends', 'Its time is over'))
    const { code, stderr } = await resumed(at('own'))
    assert.equal(code, 2)
    assert.match(stderr, /cannot be resumed, since its text of features\/\S*own\.feature differs: /)
    assert.isFalse(existsSync(at('own', 'parts')))
    writeFileSync(feature, text)
    assert.equal((await resumed(at('own'))).code, 0)
    assert.equal((await runCommand(['verify', '--out', at('own'), feature])).code, 0)
    assert.isFalse(existsSync(at('own', 'parts')))
  })
})

const NAMES = ['--name', 'far from the market', '--name', 'cancel']
const PATIENT = { settings: { 'order.finalWithinMs': 30_000, 'cancel.withinMs': 300 } }

/** Every scenario of a run that is not left out by the endpoint, with how often it is told of. */
function timesIn(out: string): readonly number[] {
  const labels = saidIn(out, 'scenarios.ndjson').flatMap((line) => {
    const { scenario } = JSON.parse(line)
    return scenario ? [`${scenario.uri}:${scenario.line}`] : []
  })
  return [...Map.groupBy(labels, (label) => label).values()].map(({ length }) => length)
}

describe('a run on an endpoint that is interrupted and resumed', () => {
  it('keeps the cap on orders in all its parts, and cannot be judged where that cut it short', () =>
    atUat({}, async (uat: Uat) => {
      const capped = { INTEGRAL_MAX_ORDERS: '2' }
      const args = [LIMIT, '--name', 'far from the market', '--name', 'cancel']
      const ending = { NODE_OPTIONS: END, END_AT: '6', END_WITH: 'SIGKILL' }
      const { code: killed } = await uat.verify(args, { env: { ...capped, ...ending } })
      assert.isNull(killed)
      const before = (await uat.standIn.admin.orders()).length
      assert.isAbove(before, 0)
      const { code, stderr } = await uat.verify(['--resume'], { env: capped })
      assert.equal(code, 2, stderr)
      assert.include(stderr, 'the cap of 2 orders per run is reached (INTEGRAL_MAX_ORDERS)')
      assert.lengthOf(await uat.standIn.admin.orders(), before)
      await assertIntact(uat.out)
    }))

  it('is judged as a whole where nothing was left of it but its end', () =>
    atUat({}, async (uat: Uat) => {
      const ending = { NODE_OPTIONS: END, END_AT: '1', END_WITH: 'SIGKILL' }
      const args = ['features/orders/limit-orders.feature', '--name', 'far from the market']
      const whole = await uat.verify(args)
      assert.equal(whole.code, 0, whole.stderr)
      const { passed, notVerified } = verdictIn(uat.out).scenarios
      const count = passed + notVerified
      const { code: killed } = await uat.verify(args, {
        env: { ...ending, END_AT: String(count) },
      })
      assert.isNull(killed)
      const { code, stdout, stderr } = await uat.verify(['--resume'])
      assert.equal(code, 0, stderr)
      assert.include(stdout, `of ${count} scenarios, ${count} had ended`)
    }))

  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    it(`by ${signal} while an order works: that is cancelled, and every scenario told of once`, () =>
      atUat({ neverFinish: true }, async (uat: Uat) => {
        const args = [LIMIT, ...NAMES]
        const { child, ended } = await uat.start(args, PATIENT)
        const [order] = await waitUntil(async () => {
          const orders = await uat.working()
          const asked = await uat.standIn.admin.requests()
          const isQueried = orders.some(
            ({ orderId }) => asked.filter(({ path }) => path.endsWith(orderId)).length > 1,
          )
          return isQueried ? orders : undefined
        })
        child.kill(signal)
        await ended
        await uat.standIn.admin.change({ neverFinish: false })
        const { code, stdout, stderr } = await uat.resume()
        assert.equal(code, 0, stdout + stderr)
        if (signal === 'SIGKILL')
          assert.match(stderr, new RegExp(`Left by an earlier run: order ${order?.orderId} `))
        // There is no run before it: its own first part is none.
        assert.notInclude(stdout, 'Since the last run')
        assert.isEmpty(await uat.working())
        await assertIntact(uat.out)
        const { scenarios, interrupted, leftWorking } = verdictIn(uat.out)
        assert.isUndefined(interrupted)
        assert.deepEqual(leftWorking, [])
        const times = timesIn(uat.out)
        assert.isTrue(times.every((count) => count === 1))
        assert.lengthOf(times, scenarios.passed + scenarios.notVerified)
        assert.isAbove(scenarios.passed, 0)
        assert.isFalse(
          (await uat.verdict()).notVerified.some(({ reason }) => reason.includes('SIG')),
        )
        const broken = saidIn(uat.out, 'transcript.ndjson').filter((line) => {
          return line.includes('"scenario":"broken off in part 1: ')
        })
        assert.isNotEmpty(broken)
      }))
  }
})
