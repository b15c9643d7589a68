import { endpoints, type Operation } from '../../api/contract/endpoints.ts'
import { altering, isSuccess, nameOf } from './altering.ts'
import type { Deviation, Fields } from './deviation.ts'
import { mapped } from './retelling.ts'

interface Misshaping {
  readonly id: string
  readonly operation: Operation
  /** What becomes of a body, as the end of a sentence. */
  readonly how: string
  readonly misshape: (fields: Fields) => Fields
}

const without = (name: string) => (fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name))

const asText = (name: string) => (fields: Fields) =>
  fields[name] === undefined ? fields : { ...fields, [name]: String(fields[name]) }

/** One for each operation whose success has a documented body. */
const misshapings: readonly Misshaping[] = [
  {
    id: 'login-with-expiry-as-text',
    operation: 'login',
    how: 'has its expiryTime as text',
    misshape: asText('expiryTime'),
  },
  {
    id: 'renewal-with-valid-as-text',
    operation: 'renew',
    how: 'has valid as text',
    misshape: asText('valid'),
  },
  {
    id: 'rate-with-price-as-text',
    operation: 'spotRate',
    how: 'has its bid as text',
    misshape: asText('bid'),
  },
  {
    id: 'book-with-prices-as-texts',
    operation: 'spotRateByType',
    how: 'has its bids as texts',
    misshape: ({ bid, ...fields }) => ({ ...fields, bid: [bid].flat().map(String) }),
  },
  {
    id: 'book-of-org-without-offers',
    operation: 'spotRateByTypeAndOrg',
    how: 'has no offers',
    misshape: without('offer'),
  },
  {
    id: 'data-set-without-rates',
    operation: 'marketDataSet',
    how: 'has no list of rates',
    misshape: without('rates'),
  },
  {
    id: 'placing-without-order-id',
    operation: 'placeOrder',
    how: 'has no orderId',
    misshape: without('orderId'),
  },
  {
    id: 'query-with-size-as-text',
    operation: 'queryOrder',
    how: 'has its size as text',
    misshape: asText('size'),
  },
  {
    id: 'list-without-sides',
    operation: 'queryOrders',
    how: 'has orders without a side',
    misshape: without('side'),
  },
  {
    id: 'trade-with-maker-as-text',
    operation: 'downloadTrades',
    how: 'has maker as text',
    misshape: asText('maker'),
  },
]

/** Ways to get the shapes of answers wrong. */
export const shapeDeviations: readonly Deviation[] = misshapings.map(
  ({ id, operation, how, misshape }) => ({
    id,
    sentence: `The body of a success of ${endpoints[operation].method} ${endpoints[operation].path} ${how}.`,
    breaks: `shape.${nameOf(operation)}`,
    begin: altering([operation], (answer) =>
      isSuccess(answer) ? mapped(answer, misshape) : answer,
    ),
  }),
)
