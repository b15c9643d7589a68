import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assert } from 'chai'
import type { Verdict } from '../../src/evidence/verdict.ts'
import { runCommand } from './run-verify.ts'

/* What two runs of the same scenarios have in common, however they were made. */

export function verdictIn(out: string): Verdict {
  return JSON.parse(readFileSync(join(out, 'verdict.json'), 'utf8'))
}

/** All that a verdict says but which run it is of, and when that began. */
export function judgementIn(out: string): Omit<Verdict, 'run' | 'startedAt'> {
  const { run: _, startedAt: __, ...judgement } = verdictIn(out)
  return judgement
}

/** What a run on an endpoint says however fast it polled: a status that was skipped is not seen. */
export function judgedAt(out: string) {
  const { scenarios, rules, findings, leftWorking, inDoubt, account } = verdictIn(out)
  return {
    ...{ scenarios, leftWorking, inDoubt, account },
    broken: rules.filter(({ result }) => result === 'broken'),
    findings: findings.map(({ code, rule, scenario }) => ({ code, rule, scenario })),
  }
}

/** What each line of a chain says besides its place in it, sorted: threads end in any order. */
export function saidIn(out: string, chain: string): string[] {
  const lines = readFileSync(join(out, 'evidence', chain), 'utf8')
    .trimEnd()
    .split('\n')
  return lines
    .map((line) => {
      const { record: _, previous: __, run: ___, ...content } = JSON.parse(line)
      return JSON.stringify(content)
    })
    .sort()
}

/** How many messages of each kind there are. */
export function messagesIn(out: string): Record<string, number> {
  const lines = readFileSync(join(out, 'messages.ndjson'), 'utf8').trimEnd().split('\n')
  const kinds = Map.groupBy(lines, (line) => Object.keys(JSON.parse(line))[0])
  return Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length]))
}

/** The tests of `junit.xml`, with what became of them, in order. */
export function testsIn(out: string): string[] {
  const xml = readFileSync(join(out, 'junit.xml'), 'utf8')
  return [...xml.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"[^>]*>\s*<(\w+)/g)].map(
    ([, suite, name, first]) => `${suite} ${name} ${first}`,
  )
}

/** The requirement matrix as CSV, without which run it is of, and when that began. */
export async function matrixOf(out: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'harness-matrix-'))
  try {
    const { code, stderr } = await runCommand(['report', out, '--out', folder])
    assert.equal(code, 0, stderr)
    const { run = '', startedAt } = verdictIn(out)
    const csv = readFileSync(join(folder, 'matrix.csv'), 'utf8')
    return csv.replaceAll(run, 'RUN').replaceAll(startedAt, 'DATE')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export async function assertIntact(out: string): Promise<void> {
  const { code, stdout } = await runCommand(['evidence', 'verify', out])
  assert.equal(code, 0, stdout)
}
