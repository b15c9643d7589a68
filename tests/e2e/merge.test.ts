import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { THE_RUNS_OWN } from '../../src/evidence/verdict.ts'
import {
  assertIntact,
  judgedAt,
  judgementIn,
  matrixOf,
  messagesIn,
  saidIn,
  testsIn,
  verdictIn,
} from './compared-run.ts'
import { runCommand } from './run-verify.ts'
import { atUat, type Uat } from './uat/uat.ts'

/* Shards of a run, merged: what the undivided run says, to the last record. */

const folder = mkdtempSync(join(tmpdir(), 'harness-merge-'))
const at = (name: string) => join(folder, name)
after(() => rmSync(folder, { recursive: true }))

const LIMIT = 'features/orders/limit-orders.feature'
const LATER = '--name=(It ends on the second|Its time ends)'

async function verified(name: string, ...args: string[]): Promise<number | null> {
  return (await runCommand(['verify', '--out', at(name), ...args])).code
}

/** Merges what was written below names, into another. */
function merge(names: readonly string[], into: string) {
  return runCommand(['report', '--merge', ...names.map(at), '--out', at(into)])
}

describe('shards on the simulation, merged', () => {
  it('say what the undivided run says: verdict, matrix, evidence, pages and exit code', async () => {
    // An assumption that makes scenarios fail: those stand in several shards.
    writeFileSync(at('settings.json'), '{"ioc.unfilledStatus":"CANCELED"}')
    const args = [LIMIT, '--config', at('settings.json'), '--seed', 'shards']
    const whole = await verified('whole', ...args)
    for (const [index, more] of [[1], [2, '--parallel=2'], [3]] as const) {
      await verified(`part${index}`, ...args, `--shard=${index}/3`, ...(more ? [more] : []))
    }
    const failed = [1, 2, 3].map((index) => verdictIn(at(`part${index}`)).failures.length)
    assert.isAbove(failed.filter((count) => count > 0).length, 1)
    const { code, stdout, stderr } = await merge(['part3', 'part1', 'part2'], 'merged')
    assert.equal(code, whole, stderr)
    assert.equal(code, 1)
    assert.include(stdout, 'Merging 3 shards of 32 scenarios on simulation, seed shards')
    assert.deepEqual(judgementIn(at('merged')), judgementIn(at('whole')))
    for (const chain of ['transcript.ndjson', 'scenarios.ndjson']) {
      assert.deepEqual(saidIn(at('merged'), chain), saidIn(at('whole'), chain))
    }
    assert.deepEqual(messagesIn(at('merged')), messagesIn(at('whole')))
    assert.deepEqual(testsIn(at('merged')), testsIn(at('whole')))
    assert.equal(await matrixOf(at('merged')), await matrixOf(at('whole')))
    await assertIntact(at('merged'))
    const { parts } = JSON.parse(readFileSync(at('merged/evidence/run.json'), 'utf8'))
    assert.deepEqual(
      parts.map(({ run }: { run: string }) => run),
      [1, 2, 3].map((index) => verdictIn(at(`part${index}`)).run),
    )
  })

  it('are a run of their own: merged again, it is the same one', async () => {
    const run = verdictIn(at('merged')).run
    const { code } = await merge(['part1', 'part2', 'part3'], 'again')
    assert.equal(code, 1)
    assert.equal(verdictIn(at('again')).run, run)
  })

  it('may be empty, or one alone', async () => {
    const whole = await verified('two', LIMIT, LATER)
    for (const index of [1, 2, 3]) {
      assert.equal(await verified(`few${index}`, LIMIT, LATER, `--shard=${index}/3`), 0)
    }
    const { code, stderr } = await merge(['few1', 'few2', 'few3'], 'few')
    assert.equal(code, whole, stderr)
    assert.deepEqual(judgementIn(at('few')), judgementIn(at('two')))
    await assertIntact(at('few'))
    await verified('only', LIMIT, LATER, '--shard=1/1')
    assert.equal((await merge(['only'], 'one')).code, 0)
    assert.deepEqual(judgementIn(at('one')), judgementIn(at('two')))
  })

  it('are refused where one is missing, doubled, of another run, or not as it was written', async () => {
    const other = ['--seed=other', LIMIT, LATER, '--shard=3/3']
    await verified('other', ...other)
    cpSync(at('few2'), at('edited'), { recursive: true })
    const scenarios = at('edited/evidence/scenarios.ndjson')
    writeFileSync(scenarios, readFileSync(scenarios, 'utf8').replace('"passed"', '"failed"'))
    cpSync(at('few2'), at('forged'), { recursive: true })
    const messages = at('forged/messages.ndjson')
    const told = readFileSync(messages, 'utf8')
    assert.include(told, '"status":"PASSED"')
    writeFileSync(messages, told.replaceAll('"status":"PASSED"', '"status":"FAILED"'))
    const judged = await runCommand(['evidence', 'verify', at('forged')])
    assert.equal(judged.code, 1)
    assert.match(judged.stdout, /^altered +\.\.\/messages\.ndjson +its SHA-256 is not/m)
    const refusals: readonly (readonly [readonly string[], RegExp])[] = [
      [['few1', 'few3'], /^Shard 2\/3 is missing: name the directories of all 3\.$/m],
      [['few1', 'few2', 'few2'], /^Shard 2\/3 is there twice, in \S+few2 and in \S+few2: name/m],
      [
        ['few1', 'few2', 'other'],
        /no parts of one run: their seed differs, "integral" and "other"/,
      ],
      [['few1', 'two'], /^The run in \S+two is no shard: merge runs that were made with --shard/m],
      [['few1', 'edited', 'few3'], /in \S+edited is not as it was written: /],
      [
        ['few1', 'forged', 'few3'],
        /in \S+forged is not as it was written: altered: \.\.\/messages/,
      ],
      [['few1', 'few2', 'nowhere'], /^There is no run in \S+nowhere: /m],
    ]
    for (const [names, why] of refusals) {
      const { code, stderr } = await merge(names, 'refused')
      assert.match(stderr, why)
      assert.equal(code, 2, stderr)
    }
    const over = await runCommand(['report', '--merge', at('only'), '--out', at('only')])
    assert.equal(over.code, 2)
    assert.match(over.stderr, /would take the place of its part/)
  })
})

/** Asserts that a run shows what its parts have seen, no less and no more. */
function assertUnion(merged: string, parts: readonly string[]): void {
  const verdicts = parts.map(verdictIn)
  const { rules, coverage } = verdictIn(merged)
  for (const { id, result, scenarios } of rules) {
    const own = verdicts.flatMap((each) => each.rules.filter((rule) => rule.id === id))
    const results = own.map((rule) => rule.result)
    const union = ['broken', 'held'].find((each) => results.some((one) => one === each))
    assert.equal(result, union ?? 'not-verified', id)
    const showing = own.filter((rule) => rule.result === result)
    assert.sameMembers([...scenarios], [...new Set(showing.flatMap((rule) => rule.scenarios))], id)
  }
  for (const [at, { transitions, lifecycle }] of coverage.entries()) {
    const missing = verdicts.map((each) => each.coverage[at]?.transitions.missing ?? [])
    const union = (missing[0] ?? []).filter((each) => missing.every((one) => one.includes(each)))
    assert.sameMembers([...transitions.missing], union, lifecycle)
  }
}

/** The requests of each scenario, polling apart, as the transcript has them. */
function sentIn(out: string): string[] {
  return saidIn(out, 'transcript.ndjson')
    .map((line) => JSON.parse(line))
    .filter(
      ({ phase, operation, scenario }) =>
        phase === 'ended' && operation === 'placeOrder' && scenario !== THE_RUNS_OWN,
    )
    .map(({ scenario, operation, request }) => {
      const { coId: _, ...order } = JSON.parse(request.body ?? '{}')
      return `${scenario} ${operation} ${Object.keys(order).sort()}`
    })
    .sort()
}

describe('shards on an endpoint, merged', () => {
  it('say what the undivided run says, findings and what each part did of itself included', () =>
    atUat({ fillsAfterCancel: true }, async (uat: Uat) => {
      const run = async (name: string, ...args: string[]) => {
        await uat.verify([LIMIT, '--name', 'cancel', ...args])
        cpSync(uat.out, join(uat.folder, name), { recursive: true })
        rmSync(uat.out, { recursive: true })
        return join(uat.folder, name)
      }
      const whole = await run('whole')
      const parts = [await run('part1', '--shard=1/2'), await run('part2', '--shard=2/2')]
      const merged = join(uat.folder, 'merged')
      const { code, stdout, stderr } = await runCommand([
        ...['report', '--merge', ...parts, '--out', merged],
      ])
      assert.equal(code, 1, stdout + stderr)
      await assertIntact(merged)
      assert.isNotEmpty(verdictIn(merged).findings)
      assert.deepEqual(judgedAt(merged), judgedAt(whole))
      assertUnion(merged, parts)
      assert.deepEqual(sentIn(merged), sentIn(whole))
      // Every part makes sure of the endpoint with an order of its own.
      const placedIn = (out: string) => verdictIn(out).caps?.placed ?? 0
      assert.equal(placedIn(merged), placedIn(parts[0] ?? '') + placedIn(parts[1] ?? ''))
      const ownOf = (out: string) =>
        saidIn(out, 'transcript.ndjson').filter((line) => line.includes(`"the run's own"`)).length
      assert.equal(
        ownOf(merged),
        parts.map(ownOf).reduce((sum, count) => sum + count),
      )
    }))
})
