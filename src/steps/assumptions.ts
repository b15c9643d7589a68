/** The step that sets a setting of the simulation, with the setting's name and its value as JSON. */
export const ASSUMPTION = /^the simulation assumes "([^"]+)" is (.+)$/

/**
 * The settings that a scenario assumes. They hold from its beginning, wherever the step stands: a
 * simulation has its settings before it has anything else.
 *
 * @throws {SyntaxError} A value that is no JSON.
 */
export function assumptionsOf(
  steps: readonly { readonly text: string }[],
): Record<string, unknown> {
  const assumed = steps.flatMap(({ text }): [string, unknown][] => {
    const [, name, json] = ASSUMPTION.exec(text) ?? []
    return name === undefined || json === undefined ? [] : [[name, JSON.parse(json)]]
  })
  return Object.fromEntries(assumed)
}
