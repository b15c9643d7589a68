import { z } from 'zod'
import { REASONS } from '../refusal.ts'
import { row } from './row.ts'
import { flag } from './values.ts'

const probability = z.number().min(0).max(1)

/** The error object, and how outcomes are chosen where no script says. */
export const outcomeSettings = {
  errorShape: row(
    11,
    z.record(z.string().min(1), z.union([z.string(), z.null()])),
    { status: 'ERROR', errorCode: '{code}', responseTuples: null, errorMessage: '{message}' },
    'The error object; {code} and {message} are filled in',
  ),
  errorCodes: row(
    11,
    z.partialRecord(z.enum(REASONS), z.string().min(1)),
    {},
    'Error codes by reason, where they are to differ from the simulation’s own',
  ),
  'outcome.magic': row(
    'own',
    flag,
    true,
    'Whether magic values in coId and size choose outcomes, and faults of the placing',
  ),
  'outcome.rejectBeforeNew': row('own', probability, 0, 'Share of orders rejected before NEW'),
  'outcome.rejectAfterNew': row('own', probability, 0, 'Share of orders rejected after NEW'),
  'outcome.expire': row('own', probability, 0, 'Share of orders that expire, where they can'),
  'outcome.fillInParts': row('own', probability, 0, 'Share of orders filled in two parts'),
}
