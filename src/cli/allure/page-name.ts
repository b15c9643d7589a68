export function pageName(...targets: readonly string[]): string {
  return `Integral FX REST API on ${targets.join(' and ')}`
}
