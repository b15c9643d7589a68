import type { Deviation } from './deviation.ts'
import { illMadeDeviations } from './ill-made-deviations.ts'
import { answering, madeUpOrder } from './made-up.ts'
import { refusedDeviations } from './refused-deviations.ts'
import { placedOtherwise } from './retelling.ts'

/** Ways to get placings and what is refused wrong. */
export const placingDeviations: readonly Deviation[] = [
  {
    id: 'refusal-as-text',
    sentence: 'A placing that is refused with 400 is answered with a text, and no error object.',
    breaks: 'placing.error-object',
    begin: () => ({
      alter: ({ operation }, answer) =>
        operation === 'placeOrder' && answer.status === 400
          ? answering(answer, 'Bad request', 400)
          : answer,
    }),
  },
  {
    id: 'placed-as-new',
    sentence: 'The answer to a placing calls the action new.',
    breaks: 'placing.action',
    begin: placedOtherwise(() => ({ action: 'new' })),
  },
  {
    id: 'user-without-organisation',
    sentence: 'The answer to a placing names the user without the organisation.',
    breaks: 'placing.user',
    begin: placedOtherwise(({ userFullName }) => ({
      userFullName: String(userFullName).split('@')[0],
    })),
  },
  ...illMadeDeviations,
  {
    id: 'half-a-body-taken',
    sentence: 'A placing whose body is no JSON is taken.',
    breaks: 'placing.json',
    begin: () => ({
      alter({ operation, sent }, answer) {
        if (operation !== 'placeOrder' || sent || answer.status !== 400) return answer
        const guessed = { type: 'Limit', side: 'Buy', symbol: 'EUR/USD', currency: 'EUR' }
        const order = madeUpOrder({ coId: '', size: 1_000, ...guessed }, '9900000000', 'RECEIVED')
        return answering(answer, order, 202)
      },
    }),
  },
  ...refusedDeviations,
]
