import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it, type TestContext } from 'node:test'
import { assert } from 'chai'
import { deadLinks } from './packed-links.ts'
import { serveOnce } from './serve-once.ts'
import { allowNode, install, lend, type Packed, type Ran, run, Workshop } from './workshop.ts'

const root = join(import.meta.dirname, '../..')
/** The oldest Node that the package is for: `engines` says so too. */
const OLDEST = '22.18.0'
const JEST = 'jest@30.5.2'
/** Longest for all of it, in milliseconds: on a busy machine, installing alone takes minutes. */
const limit = { timeout: 1_500_000 }

/** What the tarball may hold: what users run, read, import, or step into. */
const WANTED =
  /^(?:bin\/[\w-]+\.cjs|dist\/.*\.(?:js|js\.map|d\.ts)|features\/.*\.feature|template\/.*|docs\/[\w-]+\.(?:md|json)|examples\/[\w-]+\/(?:Dockerfile|[\w.-]+\.(?:ts|js|py|sh|ya?ml))|reports\/README\.md|\.env\.example|package\.json|(?:README|CHANGELOG)\.md|LICENSE)$/
const UNWANTED =
  /^(?!examples\/).*\.test\.|^dist\/cli\/(?:[\w-]+-doc|[\w-]*openapi|paths-feature)\.js|^dist\/cli\/.*\.d\.ts$/

/*
 * What a user does, from the packed tarball, in a folder of its own. One installation serves all parts; what cannot be
 * had without a registry is skipped, and says so.
 */
describe('the package', limit, () => {
  const workshop = new Workshop()
  const project = workshop.folder('project')
  const missing: {
    package?: string | undefined
    jest?: string | undefined
    oldest?: string | undefined
  } = {}
  const nodes = { pinned: process.execPath, oldest: '' }
  let packed: Packed = { tarball: '', files: [] }

  before(async () => {
    packed = await workshop.pack()
    const elsewhere = workshop.folder('oldest')
    allowNode(elsewhere)
    missing.jest = await install(project, packed.tarball, JEST)
    missing.package = missing.jest && (await install(project, packed.tarball))
    missing.oldest = await install(elsewhere, `node@${OLDEST}`)
    nodes.oldest = join(elsewhere, 'node_modules/node/bin/node')
    lend(project, 'vitest', 'typescript', '@types/node')
  }, limit)
  after(() => workshop.remove())

  const npx = (args: readonly string[], node = nodes.pinned, cwd = project) =>
    run('npx', ['--no-install', 'integral-harness', ...args], cwd, node)
  /** Whether a part has to be left out; says why. */
  const lacks = (test: TestContext, ...needed: readonly (keyof typeof missing | 'pinned')[]) => {
    const [why] = needed.flatMap((each) => (each === 'pinned' ? [] : (missing[each] ?? [])))
    // biome-ignore lint/suspicious/noSkippedTests: what cannot be had here is told, and passes for nothing.
    if (why !== undefined) test.skip(why)
    return why !== undefined
  }
  const passed = ({ code, stdout, stderr }: Ran, says: RegExp) => {
    assert.equal(code, 0, stdout + stderr)
    assert.match(stdout + stderr, says)
  }

  it('holds what users need, and nothing else', () => {
    const { files } = packed
    assert.deepEqual(
      files.filter((path) => !WANTED.test(path) || UNWANTED.test(path)),
      [],
    )
    for (const path of ['dist/cli/main.js', 'dist/steps/world.d.ts', 'dist/index.d.ts'])
      assert.include(files, path)
    assert.deepEqual(deadLinks(files), [])
  })

  it('is approved of by publint and attw', async () => {
    const { tarball } = packed
    const publint = [join(root, 'node_modules/publint/src/cli.js'), tarball, '--strict']
    const attw = [join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js'), tarball]
    passed(await run(process.execPath, publint, workshop.path), /All good!/)
    passed(
      await run(process.execPath, [...attw, '--profile', 'esm-only'], workshop.path),
      /integral-harness v/,
    )
  })

  it('begins a project, and overwrites nothing', async (test) => {
    if (lacks(test, 'package')) return
    passed(await npx(['init']), /Next: npx integral-harness verify/)
    const again = await npx(['init'])
    assert.equal(again.code, 2)
    assert.match(
      again.stderr,
      /^Nothing was written, because these would be overwritten:\n {2}cucumber\.js\n/,
    )
  })

  for (const name of ['pinned', 'oldest'] as const) {
    describe(`on the ${name} Node`, limit, () => {
      it('passes the scenarios at once, own ones beside the shipped', async (test) => {
        if (lacks(test, 'package', name)) return
        const ran = await npx(['verify', '--out', `reports/${name}`], nodes[name])
        passed(ran, /208 scenarios on simulation .*: 208 passed/)
        assert.equal(ran.stderr, '')
        const verdict = readFileSync(join(project, 'reports', name, 'verdict.json'), 'utf8')
        assert.include(verdict, 'features/own/own.feature:9 One deal is one order')
      })

      it('passes them on a server that the run starts', async (test) => {
        if (lacks(test, 'package', name)) return
        const ran = await npx(['verify', '--target', 'served', 'features/own'], nodes[name])
        passed(ran, /2 scenarios on served .*: 2 passed/)
      })

      it('serves, with the young heap that a server is to have', async (test) => {
        if (lacks(test, 'package', name)) return
        const { login, code, commandLine } = await serveOnce(project, nodes[name])
        assert.deepEqual([login, code], [200, 0])
        if (commandLine !== undefined) assert.include(commandLine, '--max-semi-space-size=')
      })

      it('is imported in node:test and in vitest', async (test) => {
        if (lacks(test, 'package', name)) return
        for (const each of ['node-test', 'vitest'])
          cpSync(join(root, 'examples', each), join(project, 'examples', each), { recursive: true })
        const tap = ['--test', '--test-reporter=tap', 'examples/node-test/app.test.ts']
        passed(await run(nodes[name], tap, project, nodes[name]), /^# pass [1-9]/m)
        const vitest = [
          'node_modules/vitest/vitest.mjs',
          'run',
          '--root',
          'examples/vitest',
          '--reporter',
          'default',
        ]
        passed(await run(nodes[name], vitest, project, nodes[name]), /Tests\s+2 passed/)
      })

      it('is imported in jest', async (test) => {
        if (lacks(test, 'jest', name)) return
        const folder = join(project, 'examples/jest')
        cpSync(join(root, 'examples/jest'), folder, { recursive: true })
        // That its modules are modules is said by the package.json of this project.
        writeFileSync(join(project, 'examples/package.json'), '{ "type": "module" }\n')
        const modules = { NODE_OPTIONS: '--experimental-vm-modules' }
        passed(await run('npx', ['jest'], folder, nodes[name], modules), /Tests:\s+2 passed/)
      })
    })
  }

  for (const [resolution, module] of [
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ] as const)
    it(`has types, also where modules are resolved as by ${resolution}`, async (test) => {
      if (lacks(test, 'package')) return
      cpSync(join(import.meta.dirname, 'typed'), join(project, 'typed'), { recursive: true })
      const options = ['--strict', '--target', 'es2024', '--types', 'node', '--module', module]
      const args = [
        'node_modules/typescript/bin/tsc',
        '--noEmit',
        ...options,
        '--moduleResolution',
        resolution,
        'typed/use.ts',
      ]
      passed(await run(process.execPath, args, project), /^$/)
    })

  it('finds its own files in every command', async (test) => {
    if (lacks(test, 'package')) return
    passed(await npx(['model', '--out', 'reports/model', '--format', 'png']), /Limit/)
    passed(await npx(['report', 'reports/pinned']), /index\.html/)
    passed(await npx(['evidence', 'verify', 'reports/pinned']), /intact/i)
    // Worker threads load their own files; a small project, since the judge is proved on all of its scenarios.
    const small = join(project, 'small')
    cpSync(join(project, 'features/own'), join(small, 'features'), { recursive: true })
    cpSync(join(project, 'steps'), join(small, 'steps'), { recursive: true })
    cpSync(join(project, 'cucumber.js'), join(small, 'cucumber.js'))
    passed(await npx(['verify', '--parallel', '2', 'features'], nodes.pinned, small), /2 passed/)
    const trial = ['prove', '--only', 'pq.placed-as-new', '--parallel', '1']
    passed(await npx(trial, nodes.pinned, small), /1 of 1 deviations caught/)
  })

  it('says in a sentence that two copies of Cucumber break a run', async (test) => {
    if (lacks(test, 'package')) return
    const twice = join(project, 'twice')
    const copy = 'node_modules/@cucumber/cucumber'
    cpSync(join(project, copy), join(twice, copy), { recursive: true })
    cpSync(join(project, 'cucumber.js'), join(twice, 'cucumber.js'))
    cpSync(join(project, 'features/own'), join(twice, 'features'), { recursive: true })
    cpSync(join(import.meta.dirname, 'typed/twice.steps.mts'), join(twice, 'steps/twice.steps.mts'))
    const { code, stderr } = await npx(['verify'], nodes.pinned, twice)
    assert.equal(code, 2)
    assert.match(
      stderr,
      /^Two copies of @cucumber\/cucumber are in this run, \S+ and \S+twice\S+, .*\n$/,
    )
  })
})
