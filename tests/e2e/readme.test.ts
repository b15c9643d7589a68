import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { magicSizes } from '../../src/mocks/exchange/magic-values.ts'
import { saidBy } from '../../src/mocks/exchange/magic-words.ts'
import { faultsSaidBy } from '../../src/mocks/http/magic-fault-words.ts'
import { launchStandIn } from '../stand-in/launch.ts'
import { runCommand, runVerify } from './run-verify.ts'

const root = join(import.meta.dirname, '..', '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'harness-readme-'))

function block(language: string): string {
  const [, text = ''] = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(readme) ?? []
  assert.isNotEmpty(text, `README should have a block of ${language}.`)
  return text
}

/** The arguments of a command as a shell would split them. */
function argumentsOf(line: string): string[] {
  const [command = ''] = line.split(' #')
  const words = command.replace(/^npm run -s verify -- /, '').matchAll(/"([^"]*)"|(\S+)/g)
  return [...words].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

describe('the README', () => {
  after(() => rmSync(folder, { recursive: true }))

  const files: Readonly<Record<string, string>> = {
    'reports/settings.json': 'json',
    'mine.feature': 'gherkin',
  }
  // Those about many providers and machines have a test of their own.
  const [before = '', , behind = ''] = readme.split(/^(## Many providers[\s\S]*?)(?=^## )/m)
  const commands = [before, behind]
    .flatMap((part) => part.split('\n'))
    .filter((line) => line.startsWith('npm run -s '))
  const isReporting = (line: string) => /^npm run -s (?:report|certify|drift|evidence)\b/.test(line)
  const isOnUat = (line: string) => /\b(?:doctor|cleanup|uat)\b/.test(line) && !isReporting(line)
  const lines = commands.filter((line) => line.startsWith('npm run -s verify ') && !isOnUat(line))
  const isServing = (line: string) => line.includes(' serve ')
  const others = commands.filter(
    (line) =>
      !/^npm run -s verify\b/.test(line) &&
      ![isOnUat, isServing, isReporting].some((is) => is(line)),
  )

  for (const line of lines) {
    it(`has a command that runs: ${line}`, async () => {
      const args = argumentsOf(line).map((word) => {
        const language = files[word]
        if (language === undefined) return word
        const path = join(folder, word.replace('/', '-'))
        writeFileSync(path, block(language))
        return path
      })
      const out = args.indexOf('--out')
      if (out >= 0) args.splice(out, 2)
      const run = await runVerify(...args)
      const isFailing = line.includes('settings.json')
      assert.equal(run.code, isFailing ? 1 : 0, run.stdout + run.stderr)
      const sentences = run.stdout.match(/Order \d+ should have become .*/g) ?? []
      assert.lengthOf(sentences, isFailing ? 2 : 0)
      for (const sentence of sentences) assert.include(readme, sentence)
      rmSync(run.out, { recursive: true })
    })
  }

  for (const line of others) {
    it(`has a command that runs: ${line}`, async () => {
      const [command = '', ...args] = argumentsOf(line.replace(/^npm run -s (\w+)( --)?/, '$1'))
      const out = join(folder, command)
      const at = args.indexOf('--out')
      if (at >= 0) args[at + 1] = out
      // All of the proof takes minutes; the README says how to have less of it.
      const less = command === 'prove' ? ['--rule', 'limit.filled-new', '--out', out] : []
      assert.isTrue(less.length === 0 || readme.includes(`\`--rule ${less[1]}\``))
      const { code, stdout, stderr } = await runCommand([command, ...args, ...less])
      assert.equal(code, 0, stdout + stderr)
      if (less.length > 0) assert.match(stdout, /^Sum\n {2}\d+ of \d+ deviations caught/m)
    })
  }

  it('has a command that serves, and others that stage things there', async (t) => {
    const [line = ''] = commands.filter(isServing)
    assert.include(line, '--port 8080')
    const args = line.replace('8080', '0').replace('npm run -s serve -- ', '').split(' ')
    const server = spawn(process.execPath, ['src/cli/main.ts', 'serve', ...args], { cwd: root })
    const [told] = await once(server.stdout, 'data')
    const origin = String(told).trim().replace('listening ', '')
    assert.match(origin, /^http:\/\/127\.0\.0\.1:\d+$/)
    const staging = /```sh\n(C=http:\/\/127\.0\.0\.1:8080[\s\S]*?)```/.exec(readme)?.[1] ?? ''
    assert.isNotEmpty(staging)
    const script = staging
      .replaceAll('http://127.0.0.1:8080', origin)
      .replaceAll('curl ', 'curl -sS --fail ')
    const hasCurl = spawnSync('curl', ['--version']).status === 0
    if (hasCurl) {
      const ran = spawnSync('sh', ['-e', '-c', script], { encoding: 'utf8' })
      assert.equal(ran.status, 0, ran.stdout + ran.stderr)
      assert.match(ran.stdout, /Client incomplete/)
    } else t.diagnostic('curl is not installed on this machine')
    server.kill('SIGTERM')
    const [code] = await once(server, 'exit')
    assert.equal(code, 0)
  })

  it('has commands for UAT that run, and say what it shows', async () => {
    const standIn = await launchStandIn({ behaviour: { tokenTtlMs: 5_000 } })
    const { user, password, org } = standIn.credentials
    const env = {
      INTEGRAL_BASE_URL: standIn.baseUrl,
      INTEGRAL_USER: user,
      INTEGRAL_PASSWORD: password,
      INTEGRAL_ORG: org,
      INTEGRAL_MAX_REQUESTS_PER_SECOND: '1000',
    }
    const out = join(folder, 'reports/uat')
    let printed = ''
    for (const line of commands.filter(isOnUat)) {
      const args = argumentsOf(line.replace(/^npm run -s (\w+)( --)?/, '$1'))
      const where = args[0] === 'doctor' ? [] : ['--out', out]
      const { code, stdout, stderr } = await runCommand([...args, ...where], env)
      assert.equal(code, 0, stdout + stderr)
      printed += stdout
    }
    await standIn.stop()
    for (const told of [
      'verify --target uat can run.',
      /\d+ scenarios on uat \(seed integral\): \d+ passed, 0 failed, \d+ not verified/,
      'Caps      size 100000, 200 orders, 20 of them open at once, ',
      'because an endpoint cannot be made to inject faults',
      'Nothing to clean up: ',
    ]) {
      const [found] = typeof told === 'string' ? [told] : (told.exec(printed) ?? ['nothing'])
      assert.include(printed, found)
      if (!found.startsWith('Nothing')) assert.include(readme, found)
    }
  })

  it('has commands that report on those runs', async () => {
    const simulation = join(folder, 'reports/simulation')
    const { code, stderr } = await runCommand(['verify', '--out', simulation])
    assert.equal(code, 0, stderr)
    const reporting = commands.filter(isReporting)
    assert.isAtLeast(reporting.length, 4)
    for (const line of reporting) {
      const args = argumentsOf(line.replace(/^npm run -s (\w+)( --)?/, '$1'))
      const run = await runCommand(args, {}, folder)
      // What the stand-in does otherwise than the simulation is for the test of `drift` to say.
      const expected = args[0] === 'drift' ? [0, 1] : [0]
      assert.include(expected, run.code, run.stdout + run.stderr)
    }
    for (const file of ['report/index.html', 'report/matrix.csv', 'uat/certificate.html'])
      assert.isNotEmpty(readFileSync(join(folder, 'reports', file), 'utf8'))
  })

  it('has at least five such commands, and nothing left to fill in', () => {
    assert.isAtLeast(lines.length, 5)
    assert.isAtLeast(others.length, 3)
    assert.notMatch(readme, /@@|TODO/)
  })

  it('tells magic words that there are, and every magic size', () => {
    const words = [...readme.matchAll(/^\| `(~[^`]*)` \|/gm)].map(([, word = '']) => word)
    assert.isAtLeast(words.length, 6)
    for (const word of words) {
      assert.isNotEmpty({ ...saidBy(word), ...faultsSaidBy(word) }, word)
    }
    for (const size of Object.keys(magicSizes)) assert.include(readme, `| ${size} |`)
  })
})
