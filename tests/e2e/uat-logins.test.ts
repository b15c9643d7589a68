import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { KnownOrder } from '../stand-in/admin.ts'
import { SecretSearch } from './secret-search.ts'
import { scenarioEvidences } from './uat/evidence.ts'
import { placedOf } from './uat/placed.ts'
import { type Ended, startCommand } from './uat/run-command.ts'
import { atUat, type RunOptions, type Uat } from './uat/uat.ts'
import { waitUntil } from './uat/wait-until.ts'

/* Runs with two logins, of two organisations whose orders and trades bear the same ids. */

const SECOND = { user: 'second.user', password: 'S3cond-word', org: 'SecondOrg' }
const TWO = { further: [SECOND] } as const
const FEATURE = 'features/orders/limit-orders.feature'
const FIRST_NAME = 'qa.user@QaOrg'
const SECOND_NAME = 'second.user@SecondOrg'

interface Account {
  readonly user: string
  readonly org: string
}
const nameOf = ({ user, org }: Account) => `${user}@${org}`

interface JournalLine {
  readonly kind: string
  readonly order: number
  readonly coId?: string
  readonly account?: Account
}

async function journalOf(uat: Uat): Promise<readonly JournalLine[]> {
  const lines = (await uat.read('journal.ndjson')).split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line))
}

/** Whose orders there are. */
const owners = (orders: readonly KnownOrder[]) =>
  [...new Set(orders.map(({ user }) => user))].sort()

/** Every file and stream of a run, as text, by its name. */
async function writtenBy({ out }: Uat, { stdout, stderr }: Ended): Promise<Map<string, string>> {
  const entries = await readdir(out, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const files = await Promise.all(
    paths.map(async (path): Promise<[string, string]> => [path, await readFile(path, 'utf8')]),
  )
  return new Map([...files, ['stdout', stdout], ['stderr', stderr]])
}

/** Asserts that whatever a scenario sent went out as the user that it and the verdict name. @returns How much. */
async function assertOneLoginEach(uat: Uat): Promise<number> {
  const { accounts = [] } = await uat.verdict()
  const asked = new Map(
    (await uat.standIn.admin.requests()).map(({ headers, user }) => [
      headers['x-request-id'],
      user,
    ]),
  )
  const talking = (await scenarioEvidences(uat)).filter(({ exchanges }) => exchanges.length > 0)
  for (const { scenario, account, exchanges } of talking) {
    const own = nameOf(account ?? assert.fail(`${scenario.name} says not as whom`))
    const label = `${scenario.uri}:${scenario.line} ${scenario.name}`
    const listed = accounts.filter(({ scenarios }) => scenarios.includes(label)).map(nameOf)
    assert.deepEqual(listed, [own])
    const users = exchanges.map(({ request }) =>
      asked.get(request.headers.find(({ name }) => name === 'x-request-id')?.value),
    )
    assert.deepEqual([...new Set(users)], [own], label)
  }
  return talking.length
}

/** Asserts that the journal names for each order the user who placed it. */
async function assertJournalled(uat: Uat): Promise<void> {
  const entries = await journalOf(uat)
  const accounts = new Map(entries.map(({ coId, account }) => [coId, account]))
  const orders = await uat.standIn.admin.orders()
  assert.deepEqual(owners(orders), [FIRST_NAME, SECOND_NAME])
  for (const { coId, user } of orders) {
    assert.equal(nameOf(accounts.get(coId) ?? assert.fail(`${coId} is not journalled`)), user)
  }
}

/** Asserts that none of the secrets stands in anything written or printed. */
async function assertNowhere(uat: Uat, ended: Ended, secrets: readonly string[]): Promise<void> {
  const search = new SecretSearch(secrets)
  for (const [name, text] of await writtenBy(uat, ended)) {
    assert.isUndefined(search.find(text), name)
  }
}

/** Asserts that no secret of either login stands in anything written or printed. */
async function assertNoSecret(uat: Uat, ended: Ended): Promise<void> {
  const { credentials, admin } = uat.standIn
  const tokens = await admin.tokens()
  assert.isAtLeast(tokens.length, 2)
  await assertNowhere(uat, ended, [credentials.password, SECOND.password, ...tokens])
}

describe('a run with two logins', { concurrency: 2 }, () => {
  for (const args of [['--parallel', '2'], []]) {
    it(`${args.join(' ')} gives each scenario one of them, for all that it sends`, () =>
      atUat({ ...TWO, othersTrades: true, echoSecrets: true }, async (uat) => {
        const ended = await uat.verify([FEATURE, 'features/trades', ...args])
        assert.equal(ended.code, 0, ended.stdout + ended.stderr)
        assert.include(ended.stdout, 'as qa.user of QaOrg (token)\n')
        assert.include(ended.stdout, 'and as second.user of SecondOrg\n')
        const { accounts = [], foreignTrades = [], account } = await uat.verdict()
        assert.deepEqual(account, { user: 'qa.user', org: 'QaOrg' })
        assert.deepEqual(accounts.map(nameOf), [FIRST_NAME, SECOND_NAME])
        for (const { scenarios } of accounts) assert.isNotEmpty(scenarios)
        // The ids of one are those of the other, and neither hides behind the other.
        const foreign = foreignTrades.map((trade) => nameOf(trade.account ?? assert.fail('whose?')))
        assert.sameMembers([...new Set(foreign)], [FIRST_NAME, SECOND_NAME])
        assert.isAbove(await assertOneLoginEach(uat), 10)
        await assertJournalled(uat)
        assert.isEmpty(await uat.working())
        const { code, stdout } = await startCommand(['evidence', 'verify', uat.out], {}).ended
        assert.equal(code, 0, stdout)
        await assertNoSecret(uat, ended)
      }))
  }
})

/** Orders work until they are cancelled, and are waited for as long as it takes to interrupt. */
const WORKING = { ...TWO, neverFinish: true } as const
const PATIENT: RunOptions = {
  settings: { 'order.finalWithinMs': 30_000, 'cancel.withinMs': 300, 'run.withinMs': 60_000 },
}

/** Starts a run, and waits until it has an order of each login working. */
async function atWork(uat: Uat, options: RunOptions = PATIENT) {
  const running = await uat.start([FEATURE, '--parallel', '2'], options)
  // Known to the run, too: what it has no id of, it would have to look for.
  await waitUntil(async () => {
    const now = await uat.working()
    if (owners(now).length < 2) return undefined
    const known = (await journalOf(uat)).filter(({ kind }) => kind === 'placed').length
    return known >= now.length ? now : undefined
  })
  return running
}

describe('a run with two logins that is broken off', { concurrency: 2 }, () => {
  it('leaves no order of either working where a signal ends it', () =>
    atUat(WORKING, async (uat) => {
      const { child, ended } = await atWork(uat)
      child.kill('SIGINT')
      const { code, stderr } = await ended
      assert.equal(code, 2, stderr)
      assert.isEmpty(await uat.working())
      const orders = await uat.standIn.admin.orders()
      assert.deepEqual(owners(orders.filter(({ status }) => status === 'CANCELED')), [
        FIRST_NAME,
        SECOND_NAME,
      ])
      assert.deepEqual((await uat.verdict()).leftWorking, [])
    }))

  it('has its orders cancelled by cleanup with the login of each, where it was killed', () =>
    atUat(WORKING, async (uat) => {
      const { child, ended } = await atWork(uat)
      child.kill('SIGKILL')
      await ended
      const working = await uat.working()
      assert.deepEqual(owners(working), [FIRST_NAME, SECOND_NAME])

      // Whose login is not there is not forgotten, nor does anybody else try to cancel for it.
      const alone = await uat.cleanUp({
        ...PATIENT,
        env: { INTEGRAL_USER_2: '', INTEGRAL_PASSWORD_2: '', INTEGRAL_ORG_2: '' },
      })
      assert.equal(alone.code, 2)
      assert.match(alone.stderr, /orders that may be working .*\(user second\.user of SecondOrg\)/)
      assert.lengthOf(await uat.working(), working.length)

      const refused = await uat.cleanUp({ ...PATIENT, env: { INTEGRAL_PASSWORD_2: 'wrong' } })
      assert.equal(refused.code, 2, refused.stdout)
      assert.match(
        refused.stderr,
        /^Order \d+ .* login 2 \(second\.user of SecondOrg\): the login was refused/m,
      )
      assert.deepEqual(owners(await uat.working()), [SECOND_NAME])

      const cleaned = await uat.cleanUp(PATIENT)
      assert.equal(cleaned.code, 0, cleaned.stderr)
      assert.isEmpty(await uat.working())
      assert.include((await uat.cleanUp(PATIENT)).stdout, 'Nothing to clean up')
    }))
})

describe('a second login that cannot be used', { concurrency: 2 }, () => {
  it('ends the run before it begins where it is refused, by its name', () =>
    atUat(TWO, async (uat) => {
      const env = { INTEGRAL_PASSWORD_2: 'wr0ng-and-secret' }
      const { code, stdout, stderr } = await uat.verify([FEATURE], { env })
      assert.equal(code, 2)
      assert.match(
        stderr,
        /^It could not be judged: login 2 \(second\.user of SecondOrg\): the login was refused with HTTP 401.* Check INTEGRAL_USER_2, INTEGRAL_PASSWORD_2 and INTEGRAL_ORG_2\.\n$/,
      )
      assert.notInclude(stdout + stderr, 'wr0ng-and-secret')
      assert.isEmpty(await placedOf(uat))
      assert.isEmpty(await uat.standIn.admin.orders())
    }))

  const refused: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    ['lacks a part', { INTEGRAL_ORG_2: '' }, /^INTEGRAL_ORG_2 is not set: .+\.\n$/],
    [
      'leaves a number out',
      { INTEGRAL_USER_4: 'd', INTEGRAL_PASSWORD_4: 'd', INTEGRAL_ORG_4: 'd' },
      /^There is a login 4 \(INTEGRAL_USER_4\) but no login 3: .+\.\n$/,
    ],
    [
      'is the first one',
      { INTEGRAL_USER_2: 'qa.user', INTEGRAL_ORG_2: 'QaOrg' },
      /^Login 2 \(INTEGRAL_USER_2\) is login 1 once more: .+\.\n$/,
    ],
    ['has the number 1', { INTEGRAL_USER_1: 'a' }, /^Unknown variable INTEGRAL_USER_1: .+\?\n$/],
  ]
  it('is told in one sentence, and nothing is sent', (t) =>
    atUat(TWO, async (uat) => {
      for (const [title, env, sentence] of refused) {
        await t.test(title, async () => {
          const { code, stderr } = await uat.verify([], { env })
          assert.equal(code, 2)
          assert.match(stderr, sentence)
          assert.isEmpty(await uat.standIn.admin.requests())
        })
      }
    }))

  it('is named by the doctor, which checks each', () =>
    atUat(TWO, async (uat) => {
      const good = await uat.doctor()
      assert.equal(good.code, 0, good.stdout)
      assert.match(good.stdout, /^Login 1: qa\.user of QaOrg$/m)
      assert.match(good.stdout, /^Login 2: second\.user of SecondOrg$/m)
      const bad = await uat.doctor({ env: { INTEGRAL_PASSWORD_2: 'wrong' } })
      assert.equal(bad.code, 2)
      assert.match(bad.stdout, /→ Check INTEGRAL_USER_2, INTEGRAL_PASSWORD_2 and INTEGRAL_ORG_2/)
    }))
})

const SECRETS = ['hm4c-of-the-f1rst', 'hm4c-of-the-s3cond'] as const
/** Each signs with a secret of its own, and needs no password. */
const SIGNING = {
  hmac: { secret: SECRETS[0], skewMs: 600_000 },
  further: [{ ...SECOND, hmacSecret: SECRETS[1] }],
} as const
const signedWith = (first: string, second: string) => ({
  ...{ INTEGRAL_AUTH: 'hmac', INTEGRAL_PASSWORD: '', INTEGRAL_PASSWORD_2: '' },
  ...{ INTEGRAL_HMAC_SECRET: first, INTEGRAL_HMAC_SECRET_2: second },
})
const SIGNED = { env: signedWith(...SECRETS) }

describe('a run with two logins that sign their requests', { concurrency: 2 }, () => {
  it('signs for each with its own secret, for all that its scenarios send', () =>
    atUat({ ...SIGNING, othersTrades: true, echoSecrets: true }, async (uat) => {
      const ended = await uat.verify([FEATURE, 'features/trades', '--parallel', '2'], SIGNED)
      assert.equal(ended.code, 0, ended.stdout + ended.stderr)
      assert.include(ended.stdout, 'as qa.user of QaOrg (hmac)\n')
      assert.include(ended.stdout, 'and as second.user of SecondOrg\n')
      assert.isAbove(await assertOneLoginEach(uat), 10)
      await assertJournalled(uat)
      assert.isEmpty(await uat.working())
      const requests = await uat.standIn.admin.requests()
      assert.isEmpty(requests.filter(({ path }) => path.startsWith('/v2/sso/')))
      assert.isEmpty(requests.filter(({ status }) => status === 401))
      const signatures = requests.flatMap(
        ({ headers }) => /signature="([^"]*)"/.exec(String(headers.authorization))?.[1] ?? [],
      )
      assert.lengthOf(signatures, requests.length)
      await assertNowhere(uat, ended, [...SECRETS, ...signatures])
    }))

  it('has the orders of each cancelled by cleanup with its own secret, where it was killed', () =>
    atUat({ ...SIGNING, neverFinish: true }, async (uat) => {
      const { child, ended } = await atWork(uat, { ...PATIENT, ...SIGNED })
      child.kill('SIGKILL')
      await ended
      assert.deepEqual(owners(await uat.working()), [FIRST_NAME, SECOND_NAME])
      const env = signedWith(SECRETS[0], SECRETS[0])
      const refused = await uat.cleanUp({ ...PATIENT, env })
      assert.equal(refused.code, 2, refused.stdout)
      assert.match(refused.stderr, /^Order \d+ \(client id \S+\) may be working, /m)
      assert.deepEqual(owners(await uat.working()), [SECOND_NAME])
      const cleaned = await uat.cleanUp({ ...PATIENT, ...SIGNED })
      assert.equal(cleaned.code, 0, cleaned.stderr)
      assert.isEmpty(await uat.working())
    }))

  it('ends before it begins where the secret of one is wrong, by its name', () =>
    atUat(SIGNING, async (uat) => {
      const env = signedWith(SECRETS[0], 'hm4c-wr0ng')
      const { code, stdout, stderr } = await uat.verify([FEATURE], { env })
      assert.equal(code, 2)
      assert.match(stderr, /^It could not be judged: login 2 \(second\.user of SecondOrg\): /)
      assert.include(stderr, 'INTEGRAL_HMAC_SECRET_2')
      assert.notInclude(stdout + stderr, 'hm4c-')
      assert.isEmpty(await placedOf(uat))
      const missing = await uat.verify([FEATURE], { env: signedWith(SECRETS[0], '') })
      assert.equal(missing.code, 2)
      assert.match(missing.stderr, /^INTEGRAL_HMAC_SECRET_2 is not set: .+\.\n$/)
    }))
})
