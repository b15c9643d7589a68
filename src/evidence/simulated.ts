/** Targets behind which no provider stands: the simulation, in this process or over HTTP. */
const SIMULATED: readonly string[] = ['simulation', 'served']

/** Whether a run against a target shows a simulation, and nothing of a provider. */
export function isSimulated(target: string): boolean {
  return SIMULATED.includes(target)
}
