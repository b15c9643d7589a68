import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, test } from 'node:test'
import { judgeFeatures, judgeUnitTests } from './run.ts'

/*
 * The rules of the house, checked a second time without the linter: a mistyped pattern in
 * biome.json would pass in silence.
 */

const root = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const json = (path: string): Record<string, unknown> => JSON.parse(read(path))

/** Each room of `src/` and its floor: imports run downwards, or stay in the room. */
const floors: Readonly<Record<string, number>> = {
  api: 1,
  machines: 2,
  mocks: 3,
  evidence: 3,
  backends: 4,
  steps: 5,
  cli: 5,
}

const http = /^(msw|undici|fastify|@fastify|node:(http|https|http2|net))(\/|$)/
const mocksHttp = /^src\/mocks\/(http|server)(\/|$)/

/** What a folder must not import besides the floors above it. */
const closed: readonly { readonly folder: string; readonly target: RegExp }[] = [
  { folder: 'src/machines/', target: /^node:/ },
  { folder: 'src/mocks/exchange/', target: http },
  { folder: 'src/mocks/exchange/', target: mocksHttp },
  { folder: 'src/mocks/http/', target: /^src\/mocks\/server(\/|$)/ },
  { folder: 'src/steps/', target: http },
  { folder: 'src/steps/', target: mocksHttp },
]

/** What no line of a folder may say: nothing there may depend on when, or how often, it runs. */
const unsaid: readonly { readonly folder: string; readonly words: RegExp }[] = [
  { folder: 'src/', words: /\bglobalThis\.fetch\b/ },
  {
    folder: 'src/machines/',
    words: /\bMath\.random\b|\bDate\b|\bset(Timeout|Interval|Immediate)\b/,
  },
  {
    folder: 'src/mocks/exchange/',
    words: /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\)|\bset(Timeout|Interval|Immediate)\(/,
  },
]

interface SourceFile {
  readonly path: string
  readonly text: string
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
}

/** Everything a file imports or re-exports, relative paths resolved against `path`. */
function importsOf({ path, text }: SourceFile): string[] {
  const specifiers = withoutComments(text).matchAll(
    /\b(?:from|import|require)\s*\(?\s*['"]([^'"]+)['"]/g,
  )
  return [...specifiers].map(([, specifier = '']) =>
    specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier,
  )
}

const roomOf = (path: string): string | undefined => /^src\/([^/]+)\//.exec(path)?.[1]

function climbs(path: string, target: string): boolean {
  const [here, there] = [roomOf(path), roomOf(target)]
  if (here === undefined || there === undefined || here === there) return false
  return (floors[there] ?? Number.POSITIVE_INFINITY) >= (floors[here] ?? 0)
}

function violations(file: SourceFile): string[] {
  const within = <Rule extends { folder: string }>(rules: readonly Rule[]): Rule[] =>
    rules.filter(({ folder }) => file.path.startsWith(folder))
  const wrong = importsOf(file).filter(
    (target) =>
      climbs(file.path, target) || within(closed).some((rule) => rule.target.test(target)),
  )
  const said = within(unsaid).flatMap(({ words }) => words.exec(withoutComments(file.text)) ?? [])
  return [...wrong, ...said.filter(Boolean)].map((what) => `${file.path} → ${what}`)
}

const sources = globSync('src/**/*.ts', { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => !path.endsWith('.test.ts'))
  .map((path): SourceFile => ({ path, text: read(path) }))

describe('imports run downwards only', () => {
  test('in every source file', () => {
    assert.ok(sources.length > 0, 'no source file was found')
    assert.deepEqual(sources.flatMap(violations), [])
  })

  test('every folder of src/ has a floor', () => {
    const rooms = new Set(sources.flatMap(({ path }) => roomOf(path) ?? []))
    assert.deepEqual(
      [...rooms].filter((room) => !(room in floors)),
      [],
    )
  })

  test('the scan sees every import of a file that has some', () => {
    const seen = importsOf({
      path: 'src/backends/backend.ts',
      text: read('src/backends/backend.ts'),
    })
    assert.ok(seen.includes('src/api/clock.ts'), seen.join(', '))
  })

  const forbidden: readonly [path: string, text: string][] = [
    ['src/api/a.ts', "import { x } from '../machines/b.ts'"],
    ['src/api/contract/a.ts', "import type { X } from '../../mocks/exchange/b.ts'"],
    ['src/machines/a.ts', "export * from '../mocks/b.ts'"],
    ['src/machines/a.ts', "import 'node:timers/promises'"],
    ['src/machines/a.ts', 'const now = Date.now()'],
    ['src/mocks/http/a.ts', "import { x } from '../../evidence/b.ts'"],
    ['src/evidence/a.ts', "const x = await import('../mocks/b.ts')"],
    ['src/mocks/exchange/a.ts', "import {\n  x,\n} from '../http/b.ts'"],
    ['src/mocks/exchange/a.ts', "import { http } from 'msw'"],
    ['src/mocks/exchange/a.ts', 'const luck = Math.random()'],
    ['src/backends/a.ts', "import { x } from '../cli/b.ts'"],
    ['src/steps/a.ts', "import { x } from '../cli/b.ts'"],
    ['src/steps/a.ts', "import { x } from '../mocks/http/b.ts'"],
    ['src/steps/a.ts', "import { x } from '../mocks/server/b.ts'"],
    ['src/mocks/exchange/a.ts', "import { x } from '../server/b.ts'"],
    ['src/steps/a.ts', "import { Agent } from 'undici'"],
    ['src/cli/a.ts', "import { x } from '../steps/b.ts'"],
    ['src/api/a.ts', "import { x } from '../attic/b.ts'"],
    ['src/api/a.ts', 'await globalThis.fetch(url)'],
  ]
  for (const [path, text] of forbidden)
    test(`a violation is seen: ${path}: ${text.replaceAll(/\s+/g, ' ')}`, () => {
      assert.equal(violations({ path, text }).length, 1)
    })

  const allowed: readonly [path: string, text: string][] = [
    ['src/cli/a.ts', "import { x } from '../backends/b.ts'"],
    ['src/steps/a.ts', "import { x } from '../machines/b.ts'"],
    ['src/mocks/http/a.ts', "import { x } from '../exchange/b.ts'\nimport { http } from 'msw'"],
    ['src/api/a.ts', "// not from '../cli/b.ts'\nimport { z } from 'zod'"],
    ['src/index.ts', "export * from './mocks/b.ts'"],
  ]
  for (const [path, text] of allowed)
    test(`no false alarm: ${path}: ${text.replaceAll(/\s+/g, ' ')}`, () => {
      assert.deepEqual(violations({ path, text }), [])
    })
})

describe('one word per idea', () => {
  test('features place, query and download; they never submit, fetch or collect', () => {
    const wrong = globSync('features/**/*.feature', { cwd: root }).flatMap((path) =>
      [...read(path).matchAll(/\b(submit|fetch|collect)\w*/gi)].map(([word]) => `${path}: ${word}`),
    )
    assert.deepEqual(wrong, [])
  })
})

describe('the installation is repeatable', () => {
  interface Locked {
    readonly resolved?: string
    readonly hasInstallScript?: boolean
    readonly optionalDependencies?: Readonly<Record<string, string>>
  }
  const locked = json('package-lock.json').packages as Record<string, Locked>
  const manifest = json('package.json')
  const nameOf = (path: string): string => path.replace(/^.*node_modules\//, '')
  const names = new Set(Object.keys(locked).map(nameOf))

  test('dependencies have exact versions', () => {
    const asked = [manifest.dependencies, manifest.devDependencies] as Record<string, string>[]
    const loose = asked
      .flatMap((group) => Object.entries(group))
      .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
    assert.deepEqual(loose, [])
  })

  test('the lockfile names no host', () => {
    assert.doesNotMatch(read('package-lock.json'), /"resolved"/)
  })

  test('the lockfile covers the optional packages of every platform, or `npm ci` refuses it', () => {
    const missing = Object.values(locked).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies).filter((name) => !names.has(name)),
    )
    assert.deepEqual(missing, [])
  })

  test('every install script was decided about', () => {
    const scripted = Object.keys(locked).filter((path) => locked[path]?.hasInstallScript)
    assert.deepEqual(scripted.map(nameOf), Object.keys(manifest.allowScripts as object))
  })
})

describe('the test command takes nothing for a pass', () => {
  const scenarios = (passed: unknown, failed: unknown, notVerified: unknown): string =>
    JSON.stringify({ scenarios: { passed, failed, notVerified } })

  const features: readonly [
    name: string,
    code: number,
    verdict: string | undefined,
    counts: number[],
  ][] = [
    ['a good run', 0, scenarios(70, 0, 2), [70, 0, 2]],
    ['failed scenarios', 1, scenarios(68, 2, 0), [68, 2, 0]],
    ['a finding without a failed scenario', 1, scenarios(70, 0, 0), [70, 1, 0]],
    ['a run that could not be judged', 2, scenarios(0, 0, 70), [0, 1, 70]],
    ['failed scenarios in spite of exit code 0', 0, scenarios(69, 1, 0), [69, 1, 0]],
    ['nothing ran', 0, scenarios(0, 0, 0), [0, 1, 0]],
    ['no verdict', 0, undefined, [0, 1, 0]],
    ['half a verdict', 0, '{"scenarios":{"pas', [0, 1, 0]],
    ['a verdict without counts', 0, '{"scenarios":{"passed":3}}', [0, 1, 0]],
    ['a verdict that is null', 0, 'null', [0, 1, 0]],
    ['counts that are no numbers', 0, scenarios('70', 0, 0), [0, 1, 0]],
  ]
  for (const [name, code, verdict, [passed, failed, skipped]] of features)
    test(`features: ${name}`, () => {
      assert.deepEqual(judgeFeatures(code, verdict), { passed, failed, skipped })
    })

  const good = { success: true, tests: 11, passed: 9, skipped: 1, todo: 1 }
  const units: readonly [name: string, summary: typeof good, silent: number, counts: number[]][] = [
    ['a good run', good, 0, [9, 0, 2]],
    ['failed and cancelled tests', { ...good, success: false, tests: 13 }, 0, [9, 2, 2]],
    ['a file without tests', good, 1, [8, 1, 2]],
    ['a file without tests and a failed test', { ...good, tests: 12 }, 1, [8, 2, 2]],
    ['no success without a failed test', { ...good, success: false }, 0, [9, 1, 2]],
  ]
  for (const [name, summary, silent, [passed, failed, skipped]] of units)
    test(`unit tests: ${name}`, () => {
      assert.deepEqual(judgeUnitTests(summary, silent), { passed, failed, skipped })
    })
})
