import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { assert } from 'chai'
import { readHistory } from '../../src/evidence/history/history-file.ts'
import type { Verdict } from '../../src/evidence/verdict.ts'
import { runCommand } from './run-verify.ts'
import { waitUntil } from './uat/wait-until.ts'

const root = join(import.meta.dirname, '..', '..')

/** Starts a command as a process of its own; what it prints can be waited for. */
function start(t: TestContext, ...args: string[]) {
  const child = spawn(process.execPath, ['src/cli/main.ts', ...args], { cwd: root, stdio: 'pipe' })
  const printed = { stdout: '', stderr: '' }
  child.stdout.on('data', (text) => {
    printed.stdout += text
  })
  child.stderr.on('data', (text) => {
    printed.stderr += text
  })
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }))
  t.after(() => child.kill('SIGKILL'))
  const says = (pattern: RegExp) =>
    waitUntil(async () => {
      if (child.exitCode !== null) throw new Error(printed.stdout + printed.stderr)
      return pattern.exec(printed.stdout) ?? undefined
    })
  return { child, printed, ended, says }
}

/** A run over HTTP that is in the middle of its scenarios. */
async function startedRun(t: TestContext, ...args: string[]) {
  const out = mkdtempSync(join(tmpdir(), 'harness-served-'))
  t.after(() => rmSync(out, { recursive: true }))
  const run = start(t, 'verify', '--target', 'served', '--out', out, ...args)
  const [, port] = await run.says(/Served at http:\/\/127\.0\.0\.1:(\d+)\n\.+/)
  return { ...run, out, port: Number(port) }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

const isOver = (port: number) => waitUntil(async () => !(await isListening(port)) || undefined)

/** The one process that a process has started. */
function childOf(parent: number | undefined): number {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split(
    '\n',
  )
  const children = lines
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [])
    .filter(([, , ppid, args]) => Number(ppid) === parent && args?.includes(' serve '))
  assert.lengthOf(children, 1)
  return Number(children[0]?.[1])
}

describe('a run over HTTP that is broken off', () => {
  it('by SIGINT leaves no server and no half-written report', async (t) => {
    const { child, ended, port, out } = await startedRun(t)
    assert.isTrue(await isListening(port))
    child.kill('SIGINT')
    assert.deepEqual(await ended, { code: 130, signal: null })
    assert.isFalse(await isListening(port))
    // Messages are whole, scenario by scenario: who resumes the run goes on with them.
    assert.sameMembers(
      readdirSync(out).filter((name) => name !== 'allure-results'),
      ['evidence', 'history', 'messages.ndjson'],
    )
    const { runs } = await readHistory(join(out, 'history', 'served.ndjson'))
    assert.lengthOf(runs, 1)
    assert.include(runs[0], { exitCode: 130, notJudged: 'it was interrupted by SIGINT' })
    assert.equal(runs[0]?.counts.failed, 0)
  })

  it('by being killed leaves no server either', async (t) => {
    const { child, ended, port } = await startedRun(t)
    assert.isTrue(await isListening(port))
    child.kill('SIGKILL')
    await ended
    await isOver(port)
  })

  it('by the end of its server cannot be judged, and nothing counts as failed', async (t) => {
    const args = ['--parallel', '2', 'features/orders']
    const { child, ended, printed, out } = await startedRun(t, ...args)
    process.kill(childOf(child.pid), 'SIGKILL')
    assert.deepEqual(await ended, { code: 2, signal: null })
    assert.equal(
      printed.stderr,
      'It could not be judged: the server that the run had started ended by itself, with SIGKILL.\n',
    )
    const verdict = JSON.parse(readFileSync(join(out, 'verdict.json'), 'utf8')) as Verdict
    assert.isAbove(verdict.scenarios.passed, 0)
    assert.isAbove(verdict.scenarios.notVerified, 0)
    assert.deepEqual([verdict.failures, verdict.findings], [[], []])
    for (const { reason } of verdict.notVerified)
      assert.match(reason, /^the server that the run had started does not answer any more \(\w+\)$/)
  })
})

describe('a run over HTTP whose server does not start', () => {
  it('runs nothing, cannot be judged, and keeps what the server said', async (t) => {
    const out = mkdtempSync(join(tmpdir(), 'harness-served-'))
    t.after(() => rmSync(out, { recursive: true }))
    const failing = 'if (process.argv[2] === "serve") throw new Error("no server today")'
    const { code, stdout, stderr } = await runCommand(
      ['verify', '--target', 'served', '--out', out, 'features/orders'],
      { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(failing)}` },
    )
    assert.equal(code, 2)
    assert.equal(
      stderr,
      'It could not be judged: the server that the run had started ended by itself, with exit code 1, and said why in server.log.\n',
    )
    assert.include(readFileSync(join(out, 'server.log'), 'utf8'), 'no server today')
    assert.match(stdout, /server\.log +what the server said on its error stream\n/)
    assert.match(stdout, / 0 passed, 0 failed, 0 not verified/)
  })
})

describe('serve --end-with-stdin', () => {
  it('ends when its standard input does', async (t) => {
    const { child, says, ended } = start(t, 'serve', '--port', '0', '--end-with-stdin')
    const [, port] = await says(/^listening http:\/\/127\.0\.0\.1:(\d+)\n/)
    child.stdin.write('whatever is written makes no difference\n')
    assert.isTrue(await isListening(Number(port)))
    child.stdin.end()
    assert.deepEqual(await ended, { code: 0, signal: null })
  })

  it('ends at a signal too', async (t) => {
    const { child, says, ended } = start(t, 'serve', '--port', '0', '--end-with-stdin')
    await says(/^listening /)
    child.kill('SIGTERM')
    assert.deepEqual(await ended, { code: 0, signal: null })
  })

  it('is not what happens without it', async (t) => {
    const { child, says } = start(t, 'serve', '--port', '0')
    const [, port] = await says(/^listening http:\/\/127\.0\.0\.1:(\d+)\n/)
    child.stdin.end()
    await once(child.stdin, 'close')
    assert.isTrue(await isListening(Number(port)))
    assert.isNull(child.exitCode)
  })
})
