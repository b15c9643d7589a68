import { spawnSync } from 'node:child_process'
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { assert } from 'chai'

const root = join(import.meta.dirname, '../..')
const shipped = globSync('features/**/*.feature', { cwd: root }).sort()

describe('init', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'harness-init-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const init = () =>
    spawnSync(process.execPath, [join(root, 'src/cli/main.ts'), 'init'], {
      cwd: folder,
      encoding: 'utf8',
    })
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((each) => !each.isDirectory())
      .map((each) => join(each.parentPath, each.name).slice(folder.length + 1))
      .sort()

  it('writes a project into an empty folder', () => {
    const { status, stdout, stderr } = init()
    assert.equal(status, 0, stderr)
    assert.match(stdout, /Next: npx integral-harness verify\n$/)
    const own = [
      ...['.env.example', '.github/workflows/integral.yml', '.gitignore', 'README.md'],
      ...['cucumber.js', 'features/own/own.feature', 'package.json', 'steps/own.steps.ts'],
    ]
    assert.deepEqual(files(), [...own, ...shipped].sort())
    for (const path of [...shipped, '.env.example'])
      assert.equal(read(path), readFileSync(join(root, path), 'utf8'))
    assert.match(read('.gitignore'), /^\.env$/m)
    assert.lengthOf(read('README.md').trimEnd().split('\n'), 10)
    assert.include(stdout, 'package.json; npm install --save-dev <tarball> of integral-harness')
    const manifest = JSON.parse(read('package.json'))
    assert.equal(manifest.type, 'module')
    assert.doesNotHaveAnyKeys(manifest, ['dependencies', 'devDependencies'])
  })

  it('writes what Node reads as it is where the package.json says nothing of modules', () => {
    writeFileSync(join(folder, 'package.json'), '{}')
    writeFileSync(join(folder, '.gitignore'), 'dist/\n')
    const { status, stdout } = init()
    assert.equal(status, 0)
    assert.include(stdout, 'Left as it was: .gitignore; it should name .env and evidence-key.pem')
    assert.deepEqual([read('package.json'), read('.gitignore')], ['{}', 'dist/\n'])
    assert.include(files(), 'steps/own.steps.mts')
    assert.match(
      read('cucumber.js'),
      /require\('integral-harness\/profile'\)[\s\S]*'steps\/\*\*\/\*\.mts'/,
    )
    assert.include(read('README.md'), 'steps/own.steps.mts')
  })

  it('leaves the README of a project that is there', () => {
    writeFileSync(join(folder, 'README.md'), '# Ours\n')
    const { status, stdout } = init()
    assert.equal(status, 0)
    assert.include(stdout, 'Left as it was: README.md.')
    assert.equal(read('README.md'), '# Ours\n')
  })

  it('overwrites nothing, names all that stands in the way, and then writes nothing', () => {
    mkdirSync(join(folder, 'features/own'), { recursive: true })
    writeFileSync(join(folder, 'features/own/own.feature'), 'mine')
    symlinkSync('nowhere', join(folder, 'cucumber.js'))
    const { status, stdout, stderr } = init()
    assert.deepEqual([status, stdout], [2, ''])
    assert.equal(
      stderr,
      'Nothing was written, because these would be overwritten:\n  cucumber.js\n  features/own/own.feature\nMove or remove what is there, or begin in an empty folder.\n',
    )
    assert.deepEqual(files(), ['cucumber.js', 'features/own/own.feature'])
    assert.equal(read('features/own/own.feature'), 'mine')
  })

  it('takes away again what it wrote where the rest cannot be written', () => {
    writeFileSync(join(folder, 'steps'), 'a file where the folder should be')
    const { status, stderr } = init()
    assert.equal(status, 2)
    assert.match(stderr, /^Failed to write the project: .*\n$/)
    assert.deepEqual(files(), ['steps'])
  })

  it('begins nothing beside a package.json that it cannot read', () => {
    writeFileSync(join(folder, 'package.json'), '{')
    const { status, stderr } = init()
    assert.equal(status, 2)
    assert.match(stderr, /^Failed to read package\.json: .*; correct it first\.\n$/)
    assert.deepEqual(files(), ['package.json'])
  })
})
