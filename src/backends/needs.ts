import { CAPABILITIES, type Capability } from './backend.ts'

/**
 * Options of a step that stages something: what it needs of the backend. What a scenario needs is
 * the sum over its steps, and known before its first request; `verify` holds the tag against it.
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

/** The tag of scenarios that an endpoint cannot satisfy; it goes with the needs, and never alone. */
export const SIMULATION_ONLY = '@simulation-only'
