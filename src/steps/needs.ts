import type { Capability } from '../backends/backend.ts'

/**
 * Options of a step that stages something: what it needs of the backend. What a scenario needs is
 * the sum over its steps, and known before its first request.
 */
export function needs(...capabilities: readonly [Capability, ...Capability[]]): {
  readonly wrapperOptions: { readonly needs: readonly Capability[] }
} {
  return { wrapperOptions: { needs: capabilities } }
}

/** The tag of scenarios that an endpoint cannot satisfy; it goes with the needs, and never alone. */
export const SIMULATION_ONLY = '@simulation-only'
