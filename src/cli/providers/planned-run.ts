import type { EndpointConfig } from '../../backends/endpoint/endpoint-config.ts'
import type { Waiver } from '../../evidence/waivers/waiver.ts'
import type { Provider } from './providers-schema.ts'

/** One provider in one symbol: a run of its own. */
export interface PlannedRun {
  /** As the overview calls it: the provider's name, with the symbol where it has several. */
  readonly name: string
  readonly provider: string
  readonly symbol: string
  /** Where it writes, in full. */
  readonly out: string
  /** All the variables that are this provider's, its secrets among them. */
  readonly variables: Readonly<Record<string, string>>
  /** Settings that differ from the defaults. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly config: EndpointConfig
  readonly capabilities: Provider['capabilities']
  readonly waivers: readonly Waiver[]
}
