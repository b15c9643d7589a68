import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { readMermaid } from '../cli/mermaid-reader.ts'
import { runCommand } from './run-verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'harness-model-'))
after(() => rmSync(folder, { recursive: true }))

const read = (name: string) => readFileSync(join(folder, name))

const PATHS = {
  pq: ['received-new-filled', 'received-new-rejected', 'received-rejected', 'refused'],
  limit: [
    ...['received-new-filled', 'received-new-rejected', 'received-rejected', 'refused'],
    ...['received-new-expired', 'received-new-canceled'],
    ...['filled', 'rejected', 'expired', 'canceled'].map((end) => `received-new-new-${end}`),
  ],
}
const NAMES = Object.entries(PATHS).flatMap(([name, paths]) => [
  name,
  ...paths.map((path) => `${name}-${path}`),
])

describe('the command model', () => {
  it('prints states, transitions, paths and Mermaid of both lifecycles, and writes nothing', async () => {
    const { code, stdout, stderr } = await runCommand(['model'])
    assert.equal(code, 0, stderr)
    assert.equal(stderr, '')
    const [, pq = '', limit = ''] = stdout.split(/^# (?:PQ|Limit) orders$/m)
    for (const [text, statuses, rows, paths, diagrams] of [
      [pq, 5, 6, 4, 5],
      [limit, 7, 9, 10, 11],
    ] as const) {
      const section = (title: string) => text.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? ''
      const rowsOf = (title: string) => section(title).match(/^\|.*\|$/gm)?.length ?? 0
      assert.equal(rowsOf('States') - 2, statuses)
      assert.equal(rowsOf('Transitions') - 2, rows)
      assert.lengthOf(text.match(/^\d+\. placed → .* \(order\..*\)$/gm) ?? [], paths)
      const blocks = [...text.matchAll(/```mermaid\n([\s\S]*?)```/g)]
      assert.lengthOf(blocks, diagrams)
      for (const [, block = ''] of blocks) assert.equal(readMermaid(block).type, 'stateDiagram-v2')
    }
    assert.include(pq, '| FILLED   | final ')
    assert.include(limit, '| NEW      | CANCELED | cancel.confirmed  |')
    assert.include(
      limit,
      '4. placed → RECEIVED → NEW → CANCELED (order.received, desk.accepted, cancel.confirmed)',
    )
    assert.include(limit, '## Paths with a loop')
    assert.notInclude(pq, 'loop')
  })

  it('writes every model and path as SVG and Mermaid, over what it wrote before, and nothing else', async () => {
    const out = join(folder, 'svg')
    mkdirSync(out)
    writeFileSync(join(out, 'notes.txt'), 'mine')
    writeFileSync(join(out, 'pq.svg'), 'old')
    const { code, stdout, stderr } = await runCommand(['model', '--out', out])
    assert.equal(code, 0, stderr)
    assert.match(stdout, /^# PQ orders\n/)
    const written = NAMES.flatMap((name) => [`${name}.svg`, `${name}.mmd`])
    assert.sameMembers(readdirSync(out), [...written, 'notes.txt'])
    assert.equal(read('svg/notes.txt').toString(), 'mine')
    for (const name of NAMES) {
      const svg = read(`svg/${name}.svg`).toString()
      assert.match(svg, /^<svg [\s\S]*<\/svg>\s*$/, name)
      assert.include(svg, '>RECEIVED<')
      assert.notMatch(svg, /href=|<script|url\(/, name)
      assert.equal(readMermaid(read(`svg/${name}.mmd`).toString()).type, 'stateDiagram-v2')
    }
  })

  it('draws into each picture the path that it is named after', () => {
    /** The states with the border of what was passed. */
    const passed = (name: string) =>
      [
        ...read(`svg/${name}.svg`)
          .toString()
          .matchAll(/<g id="node[\s\S]*?<\/g>/g),
      ]
        .map(([node]) => node)
        .filter((node) => node.includes('stroke="#0b5cad" stroke-width="3"'))
        .map((node) => /<title>(.*)<\/title>/.exec(node)?.[1]?.toLowerCase() ?? '')
    for (const [name, paths] of Object.entries(PATHS)) {
      assert.isEmpty(passed(name))
      for (const path of paths) {
        assert.sameMembers(passed(`${name}-${path}`), [...new Set(path.split('-'))], path)
      }
    }
  })

  it('writes PNG where that is asked for', async () => {
    const out = join(folder, 'new', 'png')
    const { code, stderr } = await runCommand(['model', '--out', out, '--format', 'png'])
    assert.equal(code, 0, stderr)
    const written = NAMES.flatMap((name) => [`${name}.png`, `${name}.mmd`])
    assert.sameMembers(readdirSync(out), written)
    const sizes = NAMES.map((name) => {
      const png = read(`new/png/${name}.png`)
      assert.equal(png.toString('latin1', 1, 4), 'PNG', name)
      assert.isAbove(png.readUInt32BE(16), 1_500, name)
      return png.length
    })
    // Boxes and arrows without any text come to some half of it.
    for (const size of sizes) assert.isAbove(size, 40_000)
  })

  const refusals: readonly (readonly [string, RegExp, ...string[]])[] = [
    ['a format that nobody draws', /^Unknown format "gif": use --format svg or png\.$/, 'gif'],
    ['a format in capitals', /^Unknown format "PNG": use --format svg or png\.$/, 'PNG'],
  ]
  for (const [title, sentence, format = ''] of refusals) {
    it(`answers ${title} with one sentence and exit code 2, and writes nothing`, async () => {
      const out = join(folder, 'none')
      const ran = await runCommand(['model', '--out', out, '--format', format])
      assert.equal(ran.code, 2)
      assert.match(ran.stderr.trim(), sentence)
      assert.equal(ran.stdout, '')
      assert.notInclude(readdirSync(folder), 'none')
    })
  }

  it('answers a format without a place to write to with one sentence and exit code 2', async () => {
    const { code, stdout, stderr } = await runCommand(['model', '--format', 'png'])
    assert.equal(code, 2)
    assert.equal(stderr, '--format says how --out draws: add --out and a directory.\n')
    assert.equal(stdout, '')
  })

  it('answers a directory that is a file with one sentence and exit code 2', async () => {
    writeFileSync(join(folder, 'file'), 'mine')
    const { code, stdout, stderr } = await runCommand(['model', '--out', join(folder, 'file')])
    assert.equal(code, 2)
    assert.match(stderr, /^Failed to write the model to .*file: EEXIST: .*\.\n$/)
    assert.equal(stdout, '')
    assert.equal(read('file').toString(), 'mine')
  })

  it('answers an argument that it does not know with one sentence and exit code 2', async () => {
    const { code, stdout, stderr } = await runCommand(['model', 'limit'])
    assert.equal(code, 2)
    assert.match(stderr, /^error: too many arguments for 'model'[^\n]*\n$/)
    assert.equal(stdout, '')
  })
})
