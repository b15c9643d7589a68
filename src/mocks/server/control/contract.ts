import type { z } from 'zod'
import { organisationContract } from './organisation-contract.ts'
import { stagingContract } from './staging-contract.ts'

/** The control API, by operation: staging, and looking. */
export const controlContract = { ...organisationContract, ...stagingContract }

export type ControlOperation = keyof typeof controlContract
type Contract = typeof controlContract

/** What an operation takes as body, before defaults are filled in. */
export type ControlBody<O extends ControlOperation> = Contract[O] extends {
  readonly body: infer Schema extends z.ZodType
}
  ? z.input<Schema>
  : undefined

/** The same as handlers get it. */
export type ReadBody<O extends ControlOperation> = Contract[O] extends {
  readonly body: infer Schema extends z.ZodType
}
  ? z.output<Schema>
  : undefined

/** What an operation takes as query, before defaults are filled in. */
export type ControlQuery<O extends ControlOperation> = Contract[O] extends {
  readonly query: infer Schema extends z.ZodType
}
  ? z.input<Schema>
  : undefined

export type ReadQuery<O extends ControlOperation> = Contract[O] extends {
  readonly query: infer Schema extends z.ZodType
}
  ? z.output<Schema>
  : undefined

/** What it answers; nothing where success has no body. */
export type ControlAnswer<O extends ControlOperation> = Contract[O] extends {
  readonly answer: infer Schema extends z.ZodType
}
  ? z.output<Schema>
  : undefined
