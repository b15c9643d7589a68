import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { it } from 'node:test'
import { assert } from 'chai'
import { root, startCommand } from './uat/run-command.ts'
import { atUat } from './uat/uat.ts'

it('four lines in .env are all that a run on an endpoint needs', () =>
  atUat({}, async (uat) => {
    const checkout = join(uat.folder, 'checkout')
    await mkdir(checkout)
    for (const name of ['features', 'src', 'cucumber.js', 'package.json']) {
      await symlink(join(root, name), join(checkout, name))
    }
    const { baseUrl, credentials } = uat.standIn
    const lines = [
      `INTEGRAL_BASE_URL=${baseUrl}`,
      `INTEGRAL_USER=${credentials.user}`,
      `INTEGRAL_PASSWORD='${credentials.password}'`,
      `INTEGRAL_ORG=${credentials.org}`,
    ]
    await writeFile(join(checkout, '.env'), `${lines.join('\n')}\n`)
    await writeFile(join(checkout, 'settings.json'), '{"trade.withinMs": 200}')
    const name = 'immediate or cancel, to buy far from the market'
    const args = ['--target', 'uat', '--name', name, '--config', 'settings.json']
    const { code, stdout, stderr } = await startCommand(['verify', ...args], {}, checkout).ended
    assert.equal(code, 0, stdout + stderr)
    assert.include(stdout, `Endpoint  ${baseUrl}, as qa.user of QaOrg (token)`)
    assert.include(stdout, join('reports', 'uat', 'verdict.json'))
    assert.lengthOf(await uat.standIn.admin.orders(), 1)
  }))
