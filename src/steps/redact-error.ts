/** Longest chain of causes that is followed. */
const MOST_CAUSES = 10

/** Redacts the texts of an error and of its causes, in place. */
export function redactError(error: unknown, redact: (text: string) => string, depth = 0): void {
  if (!(error instanceof Error) || depth > MOST_CAUSES) return
  for (const name of ['message', 'stack', 'actual', 'expected'] as const) {
    const value: unknown = Reflect.get(error, name)
    if (value !== undefined) Reflect.set(error, name, redactValue(value, redact))
  }
  if (typeof error.cause === 'string') error.cause = redact(error.cause)
  redactError(error.cause, redact, depth + 1)
}

function redactValue(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'object' || value === null) return value
  const text = JSON.stringify(value)
  const redacted = redact(text)
  return redacted === text ? value : redacted
}
