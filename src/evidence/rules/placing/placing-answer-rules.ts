import { type Fields, isFields } from '../../reading/reading.ts'
import { type Rule, resultOf } from '../rule.ts'

/** A field of the answer to a placing, judged where it is told. The samples show it, no text names it. */
function answerRule(
  id: string,
  sentence: string,
  field: string,
  expected: string,
  isGood: (value: string, sent: Fields) => boolean,
): Rule {
  return {
    ...{ id: `placing.${id}`, family: 'Placing', sentence },
    source: { section: '2.4', mark: 'inferred' },
    code: 'placing-answer',
    check: ({ placings }) =>
      resultOf(
        placings.map(({ result, sent, reading, orderId = '' }) => {
          const value = isFields(reading.body) ? reading.body[field] : undefined
          if (result !== 'accepted' || typeof value !== 'string') return undefined
          if (isGood(value, sent)) return 'held'
          const detail = `${field}: expected ${expected}, received ${JSON.stringify(value)}`
          return { orderId, detail, exchanges: [reading.number] }
        }),
      ),
  }
}

/** What is told of a placing that was taken, besides what was sent. */
export const placingAnswerRules: readonly Rule[] = [
  answerRule(
    'action',
    'The answer to a placing names the action place.',
    'action',
    'place',
    // One that replaces another may well be called otherwise.
    (value, { originalCoId }) => value === 'place' || originalCoId !== undefined,
  ),
  answerRule(
    'user',
    'The answer to a placing names its user as user@org.',
    'userFullName',
    'user@org',
    (value) => /.@./.test(value),
  ),
]
