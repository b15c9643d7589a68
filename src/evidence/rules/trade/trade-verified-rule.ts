import { type Rule, resultOf, type Sight } from '../rule.ts'

export const tradeVerifiedRule: Rule = {
  id: 'trade.verified',
  family: 'Trades',
  sentence: 'Only trades whose status is Verified are downloaded.',
  source: { section: '2.8', mark: 'reference' },
  code: 'trade-not-verified',
  check: ({ deliveries }) =>
    resultOf(
      deliveries.map(({ orderId, tradeId, fields, reading }): Sight => {
        if (typeof fields.status !== 'string') return undefined
        if (fields.status === 'Verified') return 'held'
        const detail = `trade ${tradeId}: its status is ${fields.status}`
        return { orderId, detail, exchanges: [reading.number] }
      }),
    ),
}
