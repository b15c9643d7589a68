import type { z } from 'zod'
import { organisationContract } from './organisation-contract.ts'
import { stagingContract } from './staging-contract.ts'

/** The control API, by operation: staging, and looking. */
export const controlContract = { ...organisationContract, ...stagingContract }

type Contract = typeof controlContract
/** Operations that are called and answered: all but the stream of events. */
export type ControlOperation = Exclude<keyof Contract, 'streamEvents'>

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

/** The parameters of its path besides `org`. */
export type ControlParams<O extends ControlOperation> = Contract[O] extends {
  readonly params: infer Schema extends z.ZodType
}
  ? z.input<Schema>
  : undefined

/** Operations at one organisation. */
export type OrganisationOperation = Exclude<
  ControlOperation,
  'health' | 'listOrganisations' | 'strays'
>

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
