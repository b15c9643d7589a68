import { generateKeyPairSync } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { bundleContent } from '../../../src/cli/record/bundle-content.ts'
import { readPublicKey } from '../../../src/cli/record/evidence-key.ts'
import { readRun } from '../../../src/cli/record/read-run.ts'
import { opened, sealed } from '../../../src/evidence/bundle/envelope.ts'
import { judgeBundle } from '../../../src/evidence/bundle/judge-bundle.ts'
import { sha256 } from '../../../src/evidence/bundle/sha256.ts'
import { type BundleContent, statementOf } from '../../../src/evidence/bundle/statement.ts'
import { type Bundle, SignedRun } from './signed-run.ts'

const CHAINS = ['transcript.ndjson', 'scenarios.ndjson'] as const

/** Makes a chain anew, so that its own links hold. */
function rechained(lines: readonly string[]): string[] {
  const made: string[] = []
  for (const [index, line] of lines.entries()) {
    const { record: _, previous: __, ...content } = JSON.parse(line)
    const before = made.at(-1)
    const link = { record: index + 1, ...(before !== undefined && { previous: sha256(before) }) }
    const all = { ...link, ...content, ...('end' in content && { records: lines.length }) }
    made.push(JSON.stringify(all))
  }
  return made
}

/** Puts another manifest there, which fits the files as they are. */
async function remanifest(bundle: Bundle, key?: Parameters<typeof sealed>[1]): Promise<void> {
  const { scenarios } = await readRun(bundle.folder)
  const statement = statementOf(await bundleContent(bundle.folder), scenarios, false)
  bundle.write('manifest.dsse.json', sealed(statement, key))
}

/** What is wrong with the bytes of the scenarios, as far as they alone tell. */
function foreign(files: BundleContent): string[] {
  const { flaws } = judgeBundle({ files }, undefined)
  return flaws
    .filter(({ file, detail }) => file === 'scenarios.ndjson' && !detail.includes('exchange'))
    .map(({ detail }) => detail)
}

/** Changes one evidence in the chain of scenarios, and makes the chain anew. */
function editEvidence(bundle: Bundle, change: (line: string) => string): number {
  const lines = bundle.lines('scenarios.ndjson')
  const at = lines.findIndex((line) => line.includes('Ada trades'))
  bundle.writeLines(
    'scenarios.ndjson',
    rechained(lines.map((line, index) => (index === at ? change(line) : line))),
  )
  return at + 1
}

describe('evidence that somebody tampered with', () => {
  let run: SignedRun
  before(async () => {
    run = await SignedRun.make()
  })
  after(() => run.remove())

  /** Spoils a copy, and looks whether the command says so. */
  function caught(
    title: string,
    spoil: (bundle: Bundle) => readonly RegExp[] | Promise<readonly RegExp[]>,
  ): void {
    test(title, async () => {
      const bundle = run.copy()
      const said = await spoil(bundle)
      const { code, stdout } = bundle.judged()
      assert.equal(code, 1, stdout)
      for (const each of said) assert.match(stdout, each)
    })
  }

  test('is intact where nobody did', () => {
    const { code, stdout } = run.copy().judged()
    assert.equal(code, 0, stdout)
    assert.match(stdout, /^Signature {2}good: Ed25519, by the key [0-9a-f]{64}$/m)
    assert.match(stdout, /^Verdict {4}follows from the scenarios$/m)
    assert.match(stdout, /Intact\.\n$/)
  })

  for (const name of CHAINS) {
    caught(`a record of ${name} altered`, (bundle) => {
      const lines = bundle.lines(name)
      bundle.writeLines(name, lines.with(2, (lines[2] ?? '').replace('scenario', 'scenery')))
      return [
        new RegExp(`^altered +${name} +record 3: its SHA-256 is not the one that record 4`, 'm'),
      ]
    })
    caught(`the last record of ${name} dropped`, (bundle) => {
      const lines = bundle.lines(name)
      bundle.writeLines(name, lines.slice(0, -1))
      const [count, last] = [lines.length, lines.length - 1]
      return [
        new RegExp(
          `^truncated +${name} +record ${count}: the file ends after record ${last} of`,
          'm',
        ),
      ]
    })
    caught(`a middle record of ${name} dropped`, (bundle) => {
      bundle.writeLines(name, bundle.lines(name).toSpliced(2, 1))
      return [new RegExp(`^missing +${name} +record 3: it is not there`, 'm')]
    })
    caught(`a middle record of ${name} dropped, and the chain made anew`, (bundle) => {
      bundle.writeLines(name, rechained(bundle.lines(name).toSpliced(2, 1)))
      return [new RegExp(`^truncated +${name} +record `, 'm')]
    })
    caught(`two records of ${name} swapped`, (bundle) => {
      const lines = bundle.lines(name)
      bundle.writeLines(name, lines.with(2, lines[3] ?? '').with(3, lines[2] ?? ''))
      return [
        new RegExp(`^altered +${name} +record 4: it stands where record 3 should`, 'm'),
        new RegExp(`^altered +${name} +record 3: it stands where record 4 should`, 'm'),
      ]
    })
    caught(`a record of ${name} put in twice`, (bundle) => {
      const lines = bundle.lines(name)
      bundle.writeLines(name, lines.toSpliced(3, 0, lines[2] ?? ''))
      return [new RegExp(`^added +${name} +record 3: line 4 has its number too`, 'm')]
    })
  }

  caught('two files swapped', (bundle) => {
    const [rules, facts] = [bundle.read('rules.json'), bundle.read('run.json')]
    bundle.write('rules.json', facts)
    bundle.write('run.json', rules)
    return [
      /^altered +rules\.json +it holds what run\.json held/m,
      /^altered +run\.json +it holds what rules\.json held/m,
    ]
  })
  caught('a file added', (bundle) => {
    bundle.write('features/more.feature', 'Feature: More')
    return [/^added +features\/more\.feature +the manifest does not name it/m]
  })
  for (const name of ['run.json', 'verdict.json', 'rules.json', ...CHAINS, 'manifest.dsse.json']) {
    caught(`${name} removed`, (bundle) => {
      rmSync(bundle.path(name))
      return [new RegExp(`^missing +${name.replaceAll('.', '\\.')} `, 'm')]
    })
  }
  test('another bundle put into it does not take its place', () => {
    const bundle = run.copy()
    cpSync(run.copy().folder, bundle.path('evidence'), { recursive: true })
    bundle.write('verdict.json', bundle.read('verdict.json').replace('"failed": 1', '"failed": 0'))
    const { code, stdout } = bundle.judged()
    assert.equal(code, 1, stdout)
    assert.match(stdout, /^altered +verdict\.json /m)
    assert.match(stdout, /^added +evidence\/run\.json /m)
  })
  const skip = sep === '\\' && 'a backslash stands between folders here'
  test('a file with a backslash in its name does not hide behind another', { skip }, () => {
    const bundle = run.copy()
    bundle.write('features\\trading.feature', bundle.read('features/trading.feature'))
    const { code, stdout } = bundle.judged()
    assert.equal(code, 1, stdout)
    assert.match(stdout, /^added +features\\trading\.feature /m)
  })
  test('a byte of a chain that is no UTF-8 is caught without a manifest too', async () => {
    const files = new Map(await bundleContent(run.copy().folder))
    const text = (letter: string) =>
      Buffer.from(files.get('scenarios.ndjson') ?? '')
        .toString()
        .replace('Ada trades', `Ada ${letter}rades`)
    // What a reader of text makes of any such byte.
    const [first, ...more] = text('\uFFFD').split('\n').slice(0, -1)
    const whole = rechained([first ?? '', ...more]).map((line) => `${line}\n`)
    const [before = '', after = ''] = whole.join('').split('\uFFFD')
    files.set('scenarios.ndjson', Buffer.from(`${before}\uFFFD${after}`))
    assert.isEmpty(foreign(files))
    files.set(
      'scenarios.ndjson',
      Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]),
    )
    assert.deepEqual(foreign(files), ['it is not UTF-8'])
  })
  caught('the manifest spoilt', (bundle) => {
    bundle.write('manifest.dsse.json', bundle.read('manifest.dsse.json').replace('{', '['))
    return [/^Signature {2}none that can be read: see below$/m]
  })
  caught('a file cut off', (bundle) => {
    bundle.write('rules.json', bundle.read('rules.json').slice(0, 100))
    return [/^truncated +rules\.json +it has 100 bytes instead of \d+/m]
  })
  caught('the verdict edited alone', (bundle) => {
    bundle.write('verdict.json', bundle.read('verdict.json').replace('"failed": 1', '"failed": 0'))
    return [
      /^altered +verdict\.json +its SHA-256 is another/m,
      /^altered +verdict\.json +its "scenarios" does not follow from the records of scenarios/m,
    ]
  })

  caught('the manifest signed again with another key', (bundle) => {
    const envelope = opened(bundle.read('manifest.dsse.json'))
    const { privateKey } = generateKeyPairSync('ed25519')
    bundle.write('manifest.dsse.json', sealed(String(envelope?.payload), privateKey))
    return [
      /^Signature {2}bad/m,
      /^altered +manifest\.dsse\.json +it names the key [0-9a-f]{64}, not/m,
    ]
  })
  caught('the same, under the name of the right key', (bundle) => {
    const text = bundle.read('manifest.dsse.json')
    const keyid = opened(text)?.signature?.keyid ?? ''
    const { privateKey } = generateKeyPairSync('ed25519')
    const other = sealed(String(opened(text)?.payload), privateKey)
    bundle.write('manifest.dsse.json', other.replace(/(?<="keyid": ")[0-9a-f]+/, keyid))
    return [/^altered +manifest\.dsse\.json +its signature is not that of key/m]
  })
  caught('everything made anew, and not signed', async (bundle) => {
    editEvidence(bundle, (line) => line.replace('Ada has a rate', 'Ada had a rate'))
    await remanifest(bundle)
    // What it says everywhere: without a signature nobody can tell.
    const unkeyed = bundle.judgedWithoutKey()
    assert.equal(unkeyed.code, 0, unkeyed.stdout)
    assert.match(unkeyed.stdout, /^Signature {2}none: nobody has signed this; whoever can write/m)
    return [
      /^Signature {2}none: nobody has signed/m,
      /nobody has signed it, and key [0-9a-f]{64} should/,
    ]
  })

  test('an exchange of a scenario edited and all made anew is caught by the transcript', async () => {
    const bundle = run.copy()
    const record = editEvidence(bundle, (line) => line.replace('"status":200', '"status":201'))
    await remanifest(bundle)
    const { code, stdout } = bundle.judgedWithoutKey()
    assert.equal(code, 1, stdout)
    assert.match(
      stdout,
      new RegExp(
        `^altered +scenarios\\.ndjson +record ${record}: .*Ada trades: its exchange \\d+ is not`,
        'm',
      ),
    )
  })

  test('a finding taken out of a scenario and all made anew is caught by the verdict', async () => {
    const bundle = run.copy()
    const lines = bundle.lines('scenarios.ndjson').map((line) => {
      const value = JSON.parse(line)
      if (value.scenario?.evidence?.findings.length > 0) value.scenario.evidence.findings = []
      return JSON.stringify(value)
    })
    bundle.writeLines('scenarios.ndjson', rechained(lines))
    await remanifest(bundle)
    const { code, stdout } = bundle.judgedWithoutKey()
    assert.equal(code, 1, stdout)
    assert.match(stdout, /^altered +verdict\.json +its "findings" does not follow/m)
  })

  test('any byte of any file turned into another is caught, and named', async () => {
    const folder = join(run.out, 'evidence')
    const key = readPublicKey(run.publicKey, '/')
    const manifest = readFileSync(join(folder, 'manifest.dsse.json'))
    const files = await bundleContent(folder)
    const whole = new Map([...files, ['manifest.dsse.json', manifest]])
    assert.isEmpty(judgeBundle({ files, manifest: manifest.toString() }, key).flaws)
    fc.assert(
      fc.property(
        fc.constantFrom(...whole.keys()),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (name, where, mask) => {
          const bytes = Uint8Array.from(whole.get(name) ?? [])
          const at = where % bytes.length
          bytes[at] = (bytes[at] ?? 0) ^ mask
          const isManifest = name === 'manifest.dsse.json'
          const spoilt = {
            files: isManifest ? files : new Map([...files, [name, bytes]]),
            manifest: isManifest ? Buffer.from(bytes).toString() : manifest.toString(),
          }
          const named = judgeBundle(spoilt, key).flaws.filter(({ file }) => file === name)
          assert.isNotEmpty(named, `${name}, byte ${at}`)
          if (!name.endsWith('.ndjson')) return
          const record = Buffer.from(bytes.subarray(0, at)).toString().split('\n').length
          // The end of a line belongs to the next one too.
          assert.isTrue(
            named.some((flaw) => flaw.record === record || flaw.record === record + 1),
            `${name}, record ${record}: ${JSON.stringify(named)}`,
          )
        },
      ),
      { numRuns: 400 },
    )
  })

  test('leaves the key in no file and on no stream', async () => {
    const secret = readFileSync(run.key, 'utf8').split('\n')[1] ?? ''
    assert.isAbove(secret.length, 40)
    const names = readdirSync(run.out, { recursive: true, encoding: 'utf8' })
    const written = names
      .map((name) => join(run.out, name))
      .filter((path) => statSync(path).isFile())
    for (const path of written) assert.notInclude(readFileSync(path, 'utf8'), secret, path)
    assert.equal(statSync(run.key).mode & 0o777, 0o600)
  })
})
