import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { launchStandIn } from '../stand-in/launch.ts'
import { runCommand } from './run-verify.ts'

/* The lines of the README about many providers, machines and rounds, run as written, but of some scenarios. */

const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'harness-many-'))
after(() => rmSync(folder, { recursive: true }))

const SCENARIOS = 'features/trade-esp-spot.feature'
const END = `--import ${import.meta.resolve('./end-at.ts')}`

/** The words of a line of that section, with what it writes below a folder of this test. */
function words(begin: string): string[] {
  const [, block = ''] =
    /## Many providers, many machines, long runs\n\n```sh\n([\s\S]*?)```/.exec(readme) ?? []
  const line = block.split('\n').find((each) => each.startsWith(begin))
  if (line === undefined) throw new Error(`The README has no line that begins with ${begin}`)
  const [command = ''] = line.split(' #')
  const [, name = '', rest = ''] = /^npm run -s (\w+) -- (.*)$/.exec(command.trim()) ?? []
  const args = rest.split(' ').map((word) => word.replace(/^reports\//, `${folder}/`))
  return [name, ...args]
}

async function ran(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { code, stdout, stderr } = await runCommand(args, env)
  assert.equal(code, 0, stdout + stderr)
  return stdout
}

describe('the README on many', () => {
  it('runs every provider of a file, and eight scenarios at once', async () => {
    const standIn = await launchStandIn()
    const { user, password, org } = standIn.credentials
    const file = join(folder, 'providers.yaml')
    const credentials = { user: 'BANK_A_USER', password: 'BANK_A_PASSWORD', org: 'BANK_A_ORG' }
    const provider = { name: 'bank-a', baseUrl: standIn.baseUrl, credentials }
    writeFileSync(file, JSON.stringify({ providers: [provider] }))
    const args = words('npm run -s verify -- --providers').map((word) =>
      word === 'providers.yaml' ? file : word,
    )
    const told = await ran([...args, '--out', join(folder, 'providers'), SCENARIOS], {
      ...{ BANK_A_USER: user, BANK_A_PASSWORD: password, BANK_A_ORG: org },
    })
    assert.include(told, 'bank-a')
    const parallel = words('npm run -s verify -- --target uat --parallel 8')
    await ran([...parallel, '--out', join(folder, 'uat'), SCENARIOS], {
      ...{ INTEGRAL_BASE_URL: standIn.baseUrl, INTEGRAL_USER: user },
      ...{ INTEGRAL_PASSWORD: password, INTEGRAL_ORG: org },
    })
    await standIn.stop()
  })

  it('merges shards', async () => {
    const shard = words('npm run -s verify -- --shard 1/3')
    for (const index of ['1', '2', '3']) {
      const own = shard.map((word) => word.replace('1/3', `${index}/3`).replace(/1$/, index))
      await ran([...own, SCENARIOS])
    }
    const merge = words('npm run -s report -- --merge').flatMap((word) =>
      word.endsWith('*') ? ['1', '2', '3'].map((index) => word.replace('*', index)) : [word],
    )
    assert.match(await ran(merge), /^Merging 3 shards of \d+ scenarios on simulation/m)
  })

  it('resumes what was broken off', async () => {
    const out = ['--out', join(folder, 'broken-off')]
    const broken = { NODE_OPTIONS: END, END_AT: '2', END_WITH: 'SIGKILL' }
    const { code } = await runCommand(['verify', ...out, SCENARIOS], broken)
    assert.isNull(code)
    const told = await ran([...words('npm run -s verify -- --resume'), ...out])
    assert.match(told, /^Resuming simulation-\S+: of \d+ scenarios, [12] had ended/m)
  })

  it('goes round after round', async () => {
    const args = words('npm run -s verify -- --repeat 2h').map((word) => word.replace('2h', '2x'))
    assert.match(await ran([...args, SCENARIOS]), /2 rounds/)
  })
})
