import type { z } from 'zod'
import {
  type ControlAnswer,
  type ControlBody,
  type ControlOperation,
  type ControlParams,
  type ControlQuery,
  controlContract,
  type OrganisationOperation,
} from './contract.ts'
import { type ControlClientOptions, controlClient } from './control-client.ts'
import type { ControlContract } from './control-contract.ts'
import { pinnedBaseUrl } from './pinned-base-url.ts'

/** What an operation of one organisation is called with: its body, its query and its path parameters. */
export type OrganisationInput<O extends ControlOperation> = Part<ControlBody<O>> &
  Part<ControlQuery<O>> &
  Part<ControlParams<O>>
type Part<T> = T extends undefined ? unknown : T

/** Everything that can be done at one organisation, a method for each operation. */
export type OrganisationControl = {
  readonly [O in OrganisationOperation]: (input?: OrganisationInput<O>) => Promise<ControlAnswer<O>>
}

/** A server of `serve`, to stage with and to look at. */
export interface ServerControl {
  health(): Promise<ControlAnswer<'health'>>
  organisations(): Promise<ControlAnswer<'listOrganisations'>>
  /** Nothing is opened by naming it; staging something there does that. */
  organisation(name: string): OrganisationControl & {
    /** Leads an app to this organisation whatever login or token it sends. */
    readonly baseUrl: string
  }
}

/**
 * Connects to a server of `serve`. Nothing is sent yet.
 *
 * ```ts
 * const server = connectToServer({ origin: 'http://127.0.0.1:8080', fetch })
 * await server.organisation('Acme').moveMarket({ pips: -20 })
 * ```
 */
export function connectToServer(options: ControlClientOptions): ServerControl {
  const call = controlClient(options)
  return {
    health: () => call('health'),
    organisations: () => call('listOrganisations'),
    organisation: (org) => {
      const methods = organisationOperations.map((operation) => [
        operation,
        (input: object = {}) => {
          const { params, query, body }: ControlContract = controlContract[operation]
          return call(operation, {
            params: { org, ...(params && picked(params, input)) },
            ...(query && { query: input as never }),
            ...(body && { body: without(params, input) as never }),
          })
        },
      ])
      const control = Object.fromEntries(methods) as OrganisationControl
      return { ...control, baseUrl: pinnedBaseUrl(options.origin, org) }
    },
  }
}

const organisationOperations = (Object.keys(controlContract) as ControlOperation[]).filter(
  (operation): operation is OrganisationOperation =>
    controlContract[operation].path.includes('{org}'),
)

function picked({ shape }: z.ZodObject, input: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(input)
      .filter(([name]) => name in shape)
      .map(([name, value]) => [name, String(value)]),
  )
}

function without(params: z.ZodObject | undefined, input: object): object {
  if (!params) return input
  return Object.fromEntries(Object.entries(input).filter(([name]) => !(name in params.shape)))
}
