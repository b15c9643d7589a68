import { z } from 'zod'
import { parseBaseUrl } from '../../api/client/address.ts'
import type { Clock } from '../../api/clock.ts'
import type { Settings } from '../exchange/settings/settings.ts'

/** Somebody who can then log in; what is absent is invented from the seed. */
export interface NewUser {
  readonly user: string
  readonly password?: string
  /** Default: the organisation of `credentials`. */
  readonly org?: string
  /** Whether they may place orders, a prerequisite of the guides. Default true. */
  readonly mayTrade?: boolean
}

export interface IntegralOptions<C extends Clock = Clock> {
  /** Decides every price, id, name and chance outcome. Default `integral`. */
  readonly seed?: string
  /** Settings that differ from the defaults; docs/simulation.md lists them all. */
  readonly settings?: Partial<Settings>
  /**
   * What the paths stand below: the base URL that the tested app is configured with. Default
   * `https://simulation.invalid`, which no resolver may resolve: a request that strays goes nowhere.
   */
  readonly baseUrl?: string
  /** The user of `credentials`. */
  readonly user?: Partial<NewUser>
  /** Default `virtual`: it stands still until slept on or advanced. */
  readonly clock?: 'virtual' | C
}

/** Options as read: what was absent is filled in, but for what the seed decides. */
export interface ReadOptions<C extends Clock> extends IntegralOptions<C> {
  readonly seed: string
  readonly baseUrl: string
  readonly user: Partial<NewUser>
  readonly clock: 'virtual' | C
}

const name = z.string().min(1)
const person = { password: name, org: name, mayTrade: z.boolean() }
const clock = z.custom<Clock>(
  (value) =>
    value === 'virtual' ||
    (typeof value === 'object' &&
      value !== null &&
      ['now', 'sleep', 'setTimer'].every((method) => method in value)),
  'Expected "virtual", or an object with now, sleep and setTimer',
)
const optionsSchema = z.strictObject({
  seed: name.default('integral'),
  settings: z.unknown().optional(),
  baseUrl: name.default('https://simulation.invalid'),
  user: z
    .strictObject({ user: name, ...person })
    .partial()
    .default({}),
  clock: clock.default('virtual' as never),
})
const newUserSchema = z.strictObject({ user: name, ...z.object(person).partial().shape })

/** @throws {TypeError} An option that does not exist, or a value it cannot have. */
export function readOptions<C extends Clock>(options: IntegralOptions<C>): ReadOptions<C> {
  const read = parse(optionsSchema, options, 'set up the simulation') as ReadOptions<C>
  return { ...read, baseUrl: parseBaseUrl(read.baseUrl) }
}

/** @throws {TypeError} As above. */
export function readNewUser(newUser: NewUser): NewUser {
  return parse(newUserSchema, newUser, 'enrol a user') as NewUser
}

/** No value is quoted: it may be a password. */
function parse(schema: z.ZodType, given: unknown, purpose: string): unknown {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.length ? `option "${issue.path.join('.')}" is wrong: ` : ''
  throw new TypeError(`Failed to ${purpose}: ${where}${issue?.message ?? 'bad options'}.`)
}
