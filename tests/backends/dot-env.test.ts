import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { readEnvironment } from '../../src/backends/endpoint/dot-env.ts'
import { EndpointConfigError } from '../../src/backends/endpoint/endpoint-config.ts'
import { inFolder } from './temporary-folder.ts'

type Environment = Readonly<Record<string, string | undefined>>

function read(dotEnv: string | Buffer, processEnv: Environment = {}): Promise<Environment> {
  return inFolder((folder) => {
    writeFileSync(join(folder, '.env'), dotEnv)
    return readEnvironment(folder, processEnv)
  })
}

async function problemsOf(work: () => unknown): Promise<readonly string[]> {
  try {
    await work()
  } catch (error) {
    if (error instanceof EndpointConfigError) return error.problems
    throw error
  }
  return assert.fail('Nothing wrong with it.')
}

describe('readEnvironment', () => {
  it('adds what .env says to the environment, which wins', async () => {
    assert.deepEqual(
      await read(
        '\uFEFF# who\r\nINTEGRAL_USER=ada\r\n\r\nexport INTEGRAL_ORG = "ORG 1" # ours\nA=b # c\n',
        {
          INTEGRAL_ORG: 'ORG2',
          PATH: '/bin',
        },
      ),
      { INTEGRAL_USER: 'ada', INTEGRAL_ORG: 'ORG2', A: 'b', PATH: '/bin' },
    )
  })

  it('needs no .env', async () => {
    assert.deepEqual(await inFolder((folder) => readEnvironment(folder, { A: 'b' })), { A: 'b' })
  })

  it('takes quoted values over several lines, with anything in them', async () => {
    assert.deepEqual(await read('A="x#y\n#z = 1\nlast" # end\nB=\'a"b\'\nC=`"\'`\nD=\n'), {
      A: 'x#y\n#z = 1\nlast',
      B: 'a"b',
      C: '"\'',
      D: '',
    })
  })

  it('takes a relative CA file from the same folder', async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, '.env'), 'INTEGRAL_CA_FILE=certificates/ca.pem')
      assert.equal(
        readEnvironment(folder, {}).INTEGRAL_CA_FILE,
        join(folder, 'certificates', 'ca.pem'),
      )
      const elsewhere = join(folder, 'elsewhere', 'ca.pem')
      assert.equal(
        readEnvironment(folder, { INTEGRAL_CA_FILE: elsewhere }).INTEGRAL_CA_FILE,
        elsewhere,
      )
      assert.equal(readEnvironment(folder, { INTEGRAL_CA_FILE: '' }).INTEGRAL_CA_FILE, '')
    })
  })

  it('refuses lines that would be skipped or cut short, and quotes none', async () => {
    const text = [
      'INTEGRAL_USER=ada',
      's3cret on a line of its own',
      'INTEGRAL_PASSWORD=s3cret#more',
      'INTEGRAL_ORG=#s3cret',
      '=s3cret',
      'INTEGRAL_SYMBOL="EUR/USD" s3cret',
      'INTEGRAL_AUTH="s3cret',
    ].join('\n')
    const problems = await problemsOf(() => read(text))
    assert.deepEqual(
      problems.map((sentence) => /^(Line \d) of \.env (\w+ \w+) .*\.$/.exec(sentence)?.slice(1)),
      [
        ['Line 2', 'is neither'],
        ['Line 3', 'has a'],
        ['Line 4', 'has a'],
        ['Line 5', 'is neither'],
        ['Line 6', 'opens a'],
        ['Line 7', 'opens a'],
      ],
    )
    assert.notInclude(problems.join(), 's3cret')
  })

  it('refuses a file in an encoding that it cannot read', async () => {
    const [problem = ''] = await problemsOf(() => read(Buffer.from('A=b', 'utf16le')))
    assert.match(problem, /^Line 1 of \.env/)
  })

  it('refuses a .env that cannot be read', async () => {
    await inFolder(async (folder) => {
      mkdirSync(join(folder, '.env'))
      assert.deepEqual(await problemsOf(() => readEnvironment(folder, {})), [
        'The file .env cannot be read (EISDIR): make it a readable file, or remove it.',
      ])
    })
  })
})
