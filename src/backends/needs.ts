import { CAPABILITIES, type Capability, STAGING } from './backend.ts'

/**
 * Options of a step that needs something of the backend. What a scenario needs is the sum over its
 * steps, and known before its first request; `verify` holds the tag against it.
 */
export function needs(...capabilities: readonly [Capability, ...Capability[]]): {
  readonly wrapperOptions: { readonly needs: readonly Capability[] }
} {
  return { wrapperOptions: { needs: capabilities } }
}

/** What a step needs, read off the options it was defined with. */
export function needsOf(options: { readonly wrapperOptions?: unknown }): readonly Capability[] {
  const { needs: needed } = Object(options.wrapperOptions) as { readonly needs?: unknown }
  return Array.isArray(needed) ? CAPABILITIES.filter((each) => needed.includes(each)) : []
}

/** Whether no endpoint has it, however it is configured. */
export function isStaging(capability: Capability): boolean {
  return (STAGING as readonly Capability[]).includes(capability)
}

/** The tag of scenarios that stage something; it goes with the needs, and never alone. */
export const SIMULATION_ONLY = '@simulation-only'
