import { agreeing, counting, shaping, skipping, type Weigher } from './weigh.ts'
import { delaying, stepping } from './weigh-times.ts'

/** Settings that a run can show from outside, and how its sightings are weighed. */
export const learnable: Readonly<Record<string, Weigher>> = {
  tokenTtlMs: agreeing,
  'renew.live': agreeing,
  'auth.emit': agreeing,
  'auth.failureStatus': agreeing,
  errorShape: shaping,
  'perm.missing': agreeing,
  apiVersion: agreeing,
  'pq.priceMismatch': agreeing,
  'rate.unknownSymbol': agreeing,
  'rate.noLiquidity': agreeing,
  'rates.fullShape': agreeing,
  'validation.missingField': agreeing,
  'validation.badEnum': agreeing,
  'validation.badNumber': agreeing,
  'validation.currency': agreeing,
  'coId.duplicate': agreeing,
  'query.shape': agreeing,
  'query.unknown': agreeing,
  'active.includesTerminal': agreeing,
  'advance.afterMs': stepping,
  'advance.skipNew': skipping,
  'advance.receivedQueries': counting,
  'ioc.unfilledStatus': agreeing,
  'partial.workingStatus': agreeing,
  'partial.finalStatus': agreeing,
  'cancel.status': agreeing,
  'cancel.successStatus': agreeing,
  'cancel.tooLate': agreeing,
  'reject.fields': agreeing,
  'id.orderDigits': agreeing,
  'stp.delayMs': delaying,
  'stp.empty': agreeing,
  'stp.order': agreeing,
  'stp.omitEvent': agreeing,
}

/** What can be learned besides, not by weighing one run alone. */
export const learnedOtherwise: readonly string[] = ['errorCodes', 'advance', 'paths.queryByClient']
