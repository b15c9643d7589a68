import { endpoints, type Operation } from '../../api/contract/endpoints.ts'
import { altering, isSuccess, nameOf, refusalInstead, withHeaders } from './altering.ts'
import type { Deviation } from './deviation.ts'
import { fieldsIn } from './order-memory.ts'

/** A code for the success of each operation that no page has for it. */
const wrongCodes: Readonly<Record<Operation, number>> = {
  login: 201,
  renew: 202,
  spotRate: 203,
  spotRateByType: 203,
  spotRateByTypeAndOrg: 203,
  marketDataSet: 203,
  placeOrder: 200,
  queryOrder: 202,
  queryOrders: 203,
  cancelOrder: 201,
  downloadTrades: 206,
  resendTrades: 201,
}

const everyOperation = Object.keys(endpoints) as Operation[]

/** Ways to get the HTTP side of answers wrong. */
export const httpDeviations: readonly Deviation[] = [
  ...everyOperation.map((operation): Deviation => {
    const status = wrongCodes[operation]
    const name = nameOf(operation)
    return {
      id: `${name}-answered-with-${status}`,
      sentence: `Success of ${endpoints[operation].method} ${endpoints[operation].path} is answered with HTTP ${status}.`,
      breaks: `http.${name}`,
      begin: altering([operation], (answer) =>
        isSuccess(answer) ? { ...answer, status } : answer,
      ),
    }
  }),
  {
    id: 'order-is-elsewhere',
    sentence: 'The first query of an order is redirected to another address.',
    breaks: 'http.no-redirect',
    begin(scene) {
      let isFirst = true
      const redirecting = altering(['queryOrder'], (answer) => {
        if (!isSuccess(answer) || !isFirst) return answer
        isFirst = false
        return { ...withHeaders(answer, { Location: '/orders' }), status: 302, body: undefined }
      })
      return redirecting(scene)
    },
  },
  {
    id: 'login-refused-with-422',
    sentence: 'A login that is not right is refused with HTTP 422.',
    breaks: 'http.login',
    begin: altering(['login'], (answer) =>
      isSuccess(answer) ? answer : { ...answer, status: 422 },
    ),
  },
  {
    id: 'placing-refused-with-422',
    sentence: 'An order that is not right is refused with HTTP 422.',
    breaks: 'http.place-order',
    begin: altering(['placeOrder'], (answer) =>
      answer.status === 400 ? { ...answer, status: 422 } : answer,
    ),
  },
  {
    id: 'rejection-as-400',
    sentence: 'The query of an order that was rejected is refused with HTTP 400.',
    breaks: 'http.query-order',
    begin: altering(['queryOrder'], (answer) =>
      fieldsIn(answer.body).some(({ status }) => status === 'REJECTED')
        ? refusalInstead(answer, 400)
        : answer,
    ),
  },
  {
    id: 'request-id-lost',
    sentence: 'No answer carries the X-Request-ID of its request.',
    breaks: 'http.request-id',
    begin: altering(everyOperation, (answer) => withHeaders(answer, { 'X-Request-ID': undefined })),
  },
  {
    id: 'request-id-of-another',
    sentence: 'Every answer carries the X-Request-ID of another request.',
    breaks: 'http.request-id',
    begin: altering(everyOperation, (answer) =>
      withHeaders(answer, { 'X-Request-ID': 'request-0' }),
    ),
  },
  {
    id: 'page-for-a-rate',
    sentence: 'A rate is answered as a page of HTML.',
    breaks: 'http.json',
    begin: altering(['spotRate'], (answer) =>
      isSuccess(answer)
        ? { ...withHeaders(answer, { 'Content-Type': 'text/html' }), body: '<html>1.1</html>' }
        : answer,
    ),
  },
  {
    id: 'json-called-text',
    sentence: 'JSON is called plain text.',
    breaks: 'http.content-type',
    begin: altering(everyOperation, (answer) =>
      answer.body === undefined ? answer : withHeaders(answer, { 'Content-Type': 'text/plain' }),
    ),
  },
]
