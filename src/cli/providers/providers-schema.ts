import { z } from 'zod'
import { PROVIDER_CAPABILITIES } from './capabilities.ts'

/** Providers in one file, and symbols of one provider, at most: each is a run of minutes. */
const MOST_PROVIDERS = 200
const MOST_SYMBOLS = 20
/** As many as have a number of two digits. */
const MOST_FURTHER_LOGINS = 98

/**
 * The name of an environment variable. An underscore is asked for, so that hardly any password passes for
 * a name, and is quoted as one.
 */
const variableSchema = z
  .string('expected the name of an environment variable, such as BANK_A_PASSWORD')
  .regex(
    /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/,
    'expected the name of an environment variable in capitals with an underscore, such as BANK_A_PASSWORD; the value itself has no place in this file',
  )

/** It names a folder, and a column. */
const nameSchema = z
  .string('expected a name')
  .regex(
    /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
    'expected 1 to 40 small letters, digits and hyphens, a letter first: it names a folder',
  )
  .refine(
    (name) => !/^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(name),
    'some systems have no folder of this name; choose another',
  )

const textSchema = z.string('expected a text').trim().min(1, 'cannot be empty')
const flagSchema = z.boolean('expected true or false')
const amountSchema = z
  .number('expected an amount of the base currency')
  .positive('expected an amount above 0')
  .max(1e12, 'expected at most 1e12')
const countSchema = z.int('expected a whole number').min(1, 'expected 1 at least').max(1_000_000)

const symbolsSchema = z
  .array(
    z
      .string('expected a currency pair, like EUR/USD')
      .regex(/^[A-Z]{3}\/[A-Z]{3}$/, 'expected a currency pair in capitals, like EUR/USD'),
    'expected a list of currency pairs',
  )
  .min(1, 'name one symbol at least')
  .max(MOST_SYMBOLS, `name ${MOST_SYMBOLS} symbols at most`)

/** Variables, never values. */
const credentialsSchema = z.strictObject(
  {
    user: variableSchema,
    org: variableSchema,
    password: variableSchema.optional(),
    hmacSecret: variableSchema.optional(),
  },
  'expected user, org and password, each the name of an environment variable',
)

/** In the base currency: of an order, of the smallest order, and what none may exceed. */
const sizesSchema = z.strictObject(
  {
    order: amountSchema.optional(),
    smallest: amountSchema.optional(),
    most: amountSchema.optional(),
  },
  'expected order, smallest and most',
)

const capsSchema = z.strictObject(
  {
    orders: countSchema.optional(),
    openOrders: countSchema.optional(),
    requestsPerSecond: countSchema.optional(),
  },
  'expected orders, openOrders and requestsPerSecond',
)

/** One provider or organisation: where it is, as whom it is traded with, and what is known of it. */
export const providerSchema = z.strictObject(
  {
    name: nameSchema,
    baseUrl: textSchema,
    credentials: credentialsSchema,
    /** Logins besides that one, which the scenarios of a run with workers are spread over. */
    furtherLogins: z
      .array(credentialsSchema, 'expected a list of logins, each like credentials')
      .max(MOST_FURTHER_LOGINS, `name ${MOST_FURTHER_LOGINS} further logins at most`)
      .default([]),
    auth: z.enum(['token', 'hmac'], 'expected token or hmac').default('token'),
    /** Each is a run of its own, one after the other: they share an account. */
    symbols: symbolsSchema.default(['EUR/USD']),
    sizes: sizesSchema.default({}),
    caps: capsSchema.default({}),
    allowHost: textSchema.optional(),
    /** Relative to the file of providers, as waivers are. */
    caFile: textSchema.optional(),
    probeLogin: flagSchema.optional(),
    allowResend: flagSchema.optional(),
    /** Settings of a run on an endpoint, over those of `--config`. */
    settings: z
      .record(z.string(), z.unknown(), 'expected names and values of settings')
      .default({}),
    /** What it is expected to offer, and what it is known not to. */
    capabilities: z
      .partialRecord(
        z.enum(PROVIDER_CAPABILITIES),
        flagSchema,
        'expected names of capabilities, each with true or false',
      )
      .default({}),
    /** A waiver file, or the waivers themselves. */
    waivers: z
      .union(
        [textSchema, z.array(z.unknown())],
        'expected the path of a waiver file, or a list of waivers',
      )
      .optional(),
  },
  'expected a provider with name, baseUrl and credentials',
)
export type Provider = Readonly<z.infer<typeof providerSchema>>

/** Every login of a provider, the first one first: names of variables. */
export function loginsIn({
  credentials,
  furtherLogins,
}: Provider): readonly Provider['credentials'][] {
  return [credentials, ...furtherLogins]
}

/** The content of `providers.yaml`. */
export const providersSchema = z.strictObject(
  {
    providers: z
      .array(providerSchema, 'expected a list of providers')
      .min(1, 'name one provider at least')
      .max(MOST_PROVIDERS, `name ${MOST_PROVIDERS} providers at most`),
    /** The variable that holds the key that all evidence is signed with, or the path of one. */
    evidenceKey: variableSchema.optional(),
  },
  'expected a list named providers',
)
export type Providers = Readonly<z.infer<typeof providersSchema>>

/** The fields that there are, by where they stand, whichever provider's. */
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(providersSchema.shape),
  providers: Object.keys(providerSchema.shape),
  'providers.credentials': Object.keys(credentialsSchema.shape),
  'providers.furtherLogins': Object.keys(credentialsSchema.shape),
  'providers.sizes': Object.keys(sizesSchema.shape),
  'providers.caps': Object.keys(capsSchema.shape),
  'providers.capabilities': PROVIDER_CAPABILITIES,
}
