// The unit of every ratio: `node:http` and nothing else. It reads the request's body and answers a constant of the size
// of an order. JavaScript, not TypeScript: it must start as fast as Node can, or cold starts would be flattered.
import { createServer } from 'node:http'

const answer = JSON.stringify({
  rateId: '2025-06-11-EURUSD-SPOT-0123456789',
  symbol: 'EUR/USD',
  offer: 1.08512,
  coId: 'constant-0-0',
  type: 'PQ',
  side: 'Buy',
  currency: 'EUR',
  size: 100000,
  price: 1.08512,
  timeInForce: 'FOK',
  org: 'bench',
  orderId: '4711471147',
  userFullName: 'bench-0@bench',
  action: 'place',
  status: 'FILLED',
  cumQty: 100000,
  leavesQty: 0,
  averagePrice: 1.08512,
  lastPrice: 1.08512,
  lastQty: 100000,
  settlCurrAmt: 108512,
  execId: 'FXI4711471147',
  tradeDate: '2025-06-11',
  valueDate: '2025-06-13',
  counterParty: 'ConstantOrg',
  executionType: 'TRADE',
  transactTime: 1749646800000,
})
const headers = {
  'Content-Type': 'application/json',
  'Content-Length': Buffer.byteLength(answer),
}

const server = createServer((request, response) => {
  const body = []
  request.on('data', (chunk) => body.push(chunk))
  request.on('end', () => {
    Buffer.concat(body)
    response.writeHead(200, headers)
    response.end(answer)
  })
})
server.listen(0, '127.0.0.1', () => {
  console.log(`listening http://127.0.0.1:${server.address().port}`)
})
process.on('SIGTERM', () => process.exit(0))
