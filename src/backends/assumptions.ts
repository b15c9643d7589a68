/** The step that sets a setting of the simulation, with the setting's name and its value as JSON. */
export const ASSUMPTION = /^the simulation assumes "([^"]+)" is (.+)$/

/**
 * The settings that a scenario assumes. They hold from its beginning, wherever the step stands: a
 * simulation has its settings before it has anything else.
 *
 * @throws {TypeError} A value that is no JSON; one sentence.
 */
export function assumptionsOf(
  steps: readonly { readonly text: string }[],
): Record<string, unknown> {
  const assumed = steps.flatMap(({ text }): [string, unknown][] => {
    const [, name, json] = ASSUMPTION.exec(text) ?? []
    return name === undefined || json === undefined ? [] : [[name, parseValue(name, json)]]
  })
  return Object.fromEntries(assumed)
}

function parseValue(name: string, json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new TypeError(`The value of "${name}" is no JSON: ${json}. Texts stand in double quotes.`)
  }
}
