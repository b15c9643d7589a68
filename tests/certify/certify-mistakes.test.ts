import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { inFolder } from '../backends/temporary-folder.ts'
import { certify, NO_BROWSER } from './certify-command.ts'

const waiver = `rule: http.place-order, owner: J. Doe, reason: known, granted: 2026-01-01`

/** What a waiver file holds, and what is said of it. */
const files: Readonly<Record<string, RegExp>> = {
  '': /it is no list of waivers/,
  'rule: http.place-order': /it is no list of waivers/,
  '[{': /it is neither JSON nor YAML/,
  [`- {${waiver}}`]: /\[0\]\.expires: it is missing\.$/,
  [`- {${waiver}, expires: soon}`]:
    /\[0\]\.expires: expected a day of the calendar, as YYYY-MM-DD\.$/,
  [`- {${waiver}, expires: 2025-01-01}`]:
    /\[0\]\.expires: 2025-01-01 is before the day it was granted/,
  [`- {${waiver}, expires: 2026-12-31, until: 2027-01-01}`]:
    /\[0\]\.until: there is no such name; did you mean ".+"\?$/,
  [`- {${waiver.replace('http.place-order', 'http.place-ordr')}, expires: 2026-12-31}`]:
    /\[0\]\.rule: there is no rule "http\.place-ordr"; did you mean "http\.place-order"\?$/,
  [`- {${waiver}, owner: again, expires: 2026-12-31}`]: /Map keys must be unique/,
}

/** Further options, and what is said of them. */
const options: Readonly<Record<string, RegExp>> = {
  '--provider X': /^There is no run in .+: run "verify" first, or name the directory/,
  '--provider X --waivers nothing.yaml':
    /^Failed to read --waivers .+nothing\.yaml: there is no such file\.$/,
  '--provider X --target UAT': /^Unknown target "UAT": use --target /,
  '--provider X --key nothing.pem': /nothing\.pem/,
  '--provider X --waivers=': /^Malformed --waivers "": name a file\.$/,
  '--provider X --from=': /^Malformed --from "": name a directory\.$/,
  '--provider X --out=': /^Malformed --out "": name a directory\.$/,
  '--provider=': /^A certificate is about somebody: name whose software was tested/,
  '': /^A certificate is about somebody: name whose software was tested/,
  [`--provider ${'x'.repeat(101)}`]: /^Malformed --provider: use 1 to 100 printable characters/,
}

/** One sentence, exit code 2, and nothing written. */
async function refused(args: readonly string[], folder: string, said: RegExp): Promise<void> {
  const before = await readdir(folder, { recursive: true })
  const { code, stdout, stderr } = await certify(args, NO_BROWSER)
  assert.equal(code, 2, stderr)
  assert.equal(stdout, '')
  assert.match(stderr.trim(), said)
  assert.notInclude(stderr.trim(), '\n')
  assert.deepEqual(await readdir(folder, { recursive: true }), before)
}

describe('certify refuses', { concurrency: 2 }, () => {
  for (const [text, said] of Object.entries(files)) {
    it(`a waiver file of ${JSON.stringify(text)}`, () =>
      inFolder(async (folder) => {
        const file = join(folder, 'waivers.yaml')
        await writeFile(file, text)
        await refused(['--provider', 'X', '--from', folder, '--waivers', file], folder, said)
      }))
  }

  for (const [args, said] of Object.entries(options)) {
    it(`the options ${JSON.stringify(args)}`, () =>
      inFolder(async (folder) => {
        const empty = join(folder, 'empty')
        await mkdir(empty)
        const from = args.includes('--from') ? [] : ['--from', empty]
        await refused([...args.split(' ').filter((each) => each !== ''), ...from], folder, said)
      }))
  }
})
