import { z } from 'zod'
import { sideSchema, symbolSchema } from '../../../api/contract/common.ts'
import { orderSchema } from '../../../api/contract/orders.ts'
import { outcomeRuleSchema } from '../../exchange/outcome-rule.ts'
import { LATEST } from '../../exchange/steered-clock.ts'
import { faultSchema } from '../../http/fault.ts'

/** Shapes of the control API. Times are epoch milliseconds of the organisation's clock unless said otherwise. */

const name = z.string().min(1).max(255)
const timeSchema = z.union([
  z.literal('real').meta({ description: 'with the machine' }),
  z
    .strictObject({ virtualFrom: z.int().nonnegative().max(LATEST) })
    .meta({ description: 'standing still from there on, until advanced' }),
])

export const newUserSchema = z.strictObject({
  user: name,
  password: name.exactOptional().meta({ description: 'invented from the seed when absent' }),
  org: name.exactOptional().meta({ description: 'the organisation of the address when absent' }),
  mayTrade: z.boolean().default(true).meta({ description: 'whether they may place orders' }),
})

export const userSchema = z.object({
  user: z.string(),
  password: z.string(),
  org: z.string(),
  hmacSecret: z.string().meta({ description: 'for requests that are signed instead of logged in' }),
})

export const beginningSchema = z
  .strictObject({
    seed: z.string().min(1).exactOptional(),
    settings: z.record(z.string(), z.unknown()).exactOptional(),
    clock: timeSchema.exactOptional(),
    admission: z.enum(['anybody', 'enrolled']).exactOptional(),
  })
  .meta({ description: 'What is absent is as the server was started with.' })

export const organisationSchema = z.object({
  name: z.string(),
  baseUrl: z
    .string()
    .meta({ description: 'leads to this organisation whatever token or login a request carries' }),
  seed: z.string(),
  now: z.number(),
  pace: z
    .number()
    .meta({ description: 'milliseconds here for each of the machine; 0 stands still' }),
  orders: z.int(),
  trades: z.int(),
  journal: z.object({ last: z.int(), forgotten: z.int() }),
})

export const healthSchema = z.object({
  status: z.literal('ok'),
  organisations: z.int(),
  upMs: z.number().meta({ description: 'since the server began, in milliseconds' }),
})

const level = z.object({
  symbol: symbolSchema,
  bid: z.number(),
  offer: z.number(),
  bidLimit: z.number(),
  offerLimit: z.number(),
})
export const marketSchema = z.object({
  frozen: z.boolean(),
  rates: z.array(level).meta({ description: 'of the symbols that somebody streams' }),
})

export const clockSchema = z.object({ now: z.number(), pace: z.number() })

export const symbolBodySchema = z.strictObject({ symbol: symbolSchema.exactOptional() })
export const moveSchema = z.strictObject({
  // Prices of the market are numbers: moved far enough, they would be none any more.
  pips: z.number().min(-1e6).max(1e6).meta({ description: 'down when negative' }),
  symbol: symbolSchema.exactOptional().meta({ description: 'all when absent' }),
})
export const setPriceSchema = z.strictObject({
  symbol: symbolSchema,
  mid: z.number().positive().max(1e6),
})
export const setSizeSchema = z.strictObject({
  symbol: symbolSchema,
  amount: z.number().positive().max(1e12).meta({ description: 'of base, at the top of the book' }),
})
export const stagedRuleSchema = outcomeRuleSchema.extend({
  id: z.int().meta({ description: 'to remove it by' }),
  next: z.union([z.int(), z.literal('always')]),
  served: z.int().meta({ description: 'orders that it has decided' }),
})
export const stagedFaultSchema = z.object({
  fault: faultSchema,
  calls: z.int().meta({ description: 'calls that matched so far' }),
  hits: z.int().meta({ description: 'calls that got it' }),
})

export const advanceSchema = z.strictObject({
  ms: z.number().nonnegative().max(1e12).meta({ description: 'milliseconds' }),
})
export const paceSchema = z.strictObject({
  pace: z
    .number()
    .nonnegative()
    .max(1e6)
    .default(1)
    .meta({ description: '1 is the pace of the machine' }),
})

export const orderListSchema = z.array(orderSchema)
export const tradeListSchema = z.array(
  z.object({
    tradeId: z.string(),
    orderId: z.string(),
    coId: z.string(),
    symbol: symbolSchema,
    currency: z.string(),
    side: sideSchema,
    dealtAmount: z.number(),
    settledAmount: z.number(),
    rate: z.number(),
  }),
)

export const journalQuerySchema = z.strictObject({
  after: z.coerce.number().int().nonnegative().default(0),
  most: z.coerce.number().int().positive().max(10_000).default(1_000),
})
export const journalSchema = z.object({
  last: z.int().meta({ description: 'number of the last entry written' }),
  forgotten: z.int().meta({ description: 'how many of the oldest are no longer kept' }),
  entries: z
    .array(z.looseObject({ kind: z.enum(['call', 'control']), number: z.int() }))
    .meta({ description: 'calls, redacted, and control actions, oldest first' }),
})

/** The whole of it is the evidence's; this much is told here. */
export const clientReportSchema = z.looseObject({
  verdict: z.enum(['certified', 'not certified', 'incomplete']),
})

export const progressSchema = z.looseObject({})

export const errorSchema = z.object({
  error: z.string().meta({ description: 'one sentence: what is wrong, and what to do' }),
  path: z.string().optional().meta({ description: 'where in the request' }),
})
