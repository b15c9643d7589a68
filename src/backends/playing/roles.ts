import type { Side } from '../../api/contract/common.ts'
import type { Operation } from '../../api/contract/endpoints.ts'
import type { Agreed } from '../backend.ts'
import type { StagingWorld } from '../staging-world.ts'
import type { ClientStory } from './client-story.ts'

/** What a scenario says of an order that the client is to place; what it leaves open is absent. */
export interface OrderTerms {
  readonly type?: string
  readonly side?: Side
  readonly timeInForce?: string
  /** How long it is good for, in seconds. */
  readonly seconds?: number
  /** Which currency of the pair is dealt. */
  readonly dealtIn?: 'base' | 'term'
  /** The pair, where it is not the agreed one. */
  readonly symbol?: string
  /** On which side of the market its price lies: above 0 above it, below 0 below it. */
  readonly pipsFromMarket?: number
  /** What is wrong with it on purpose: changes nothing in an order that has it already. */
  readonly alter?: (fields: Readonly<Record<string, unknown>>) => Record<string, unknown>
  /** Whether it stands under the client id of the order before. */
  readonly isRepeated?: boolean
  /** The name the scenario gives it. */
  readonly called?: string
}

/**
 * A step of the trader: who plays the scenario to a client waits there until the client has done it.
 * The functions get the parsed parameters of the step.
 */
export interface Cue {
  /** Any of these calls is it; none where there is nothing to call. */
  readonly operations: readonly Operation[]
  /**
   * How the call has to be answered to count: `usual` is in whatever way, but for 401, after which a
   * client begins a session and tries again.
   */
  readonly answered?: 'usual' | 'well' | 'refused' | 'unauthorised'
  /** Whether it holds where the client is signed in already. */
  readonly isSession?: boolean
  /** Whether another trader's login will do. */
  readonly sharesLogin?: boolean
  readonly terms?: (...args: never[]) => OrderTerms
  /** The pair that is asked for. */
  readonly symbol?: (agreed: Agreed, ...args: never[]) => string | undefined
  /** Which order it is about: the name, or the scenario's order where there is none. */
  readonly order?: (...args: never[]) => string | undefined
  /** Whether it lasts until the client has been told that the order is final. */
  readonly untilFinal?: boolean
  /** What is staged when it is reached, before the client is waited for. */
  readonly stage?: (world: StagingWorld, ...args: never[]) => Promise<void>
}

/**
 * Whether what a step asserts shows in what the client did and was told: `undefined` while it may still
 * come, `so far` while it does, and may cease to as long as the client goes on with it.
 */
export type Watch = (story: ClientStory, ...args: never[]) => boolean | 'so far' | undefined

/** What a step is to somebody who acts a scenario out for a client. */
export interface Roles {
  readonly cue?: Cue
  readonly watch?: Watch
  /** Why a scenario with it cannot be acted out; a clause. */
  readonly unplayable?: string
}

interface Options<T> {
  readonly wrapperOptions: T
}

/** Options of a step that a client carries out, by these calls. */
export function cue(
  operations: Operation | readonly Operation[],
  more: Omit<Cue, 'operations'> = {},
): Options<{ readonly cue: Cue }> {
  return { wrapperOptions: { cue: { operations: [operations].flat(), ...more } } }
}

/** Options of a step whose assertion shows in what a client was told. */
export function watched(watch: Watch): Options<{ readonly watch: Watch }> {
  return { wrapperOptions: { watch } }
}

/** Options of a step that makes no sense where the client is somebody else's. */
export function unplayable(why: string): Options<{ readonly unplayable: string }> {
  return { wrapperOptions: { unplayable: why } }
}

/** Options of a step that is several things at once. */
export function together<A extends object, B extends object>(
  one: Options<A>,
  other: Options<B>,
): Options<A & B> {
  return { wrapperOptions: { ...one.wrapperOptions, ...other.wrapperOptions } }
}

/** What a step is, read off the options it was defined with. */
export function rolesOf(options: { readonly wrapperOptions?: unknown }): Roles {
  const { cue: call, watch, unplayable: why } = Object(options.wrapperOptions) as Roles
  return {
    ...(call !== undefined && { cue: call }),
    ...(watch !== undefined && { watch }),
    ...(why !== undefined && { unplayable: why }),
  }
}
