/**
 * Keeps this process from falling asleep between two answers. To wake a sleeping core is charged to the
 * server that sends the answer, and the more often, the slower the server is. Only for a driver that has a
 * core of its own.
 *
 * @returns Lets it sleep again.
 */
export function stayAwake(): () => void {
  let isAwake = true
  const turn = (): void => {
    if (isAwake) setImmediate(turn)
  }
  turn()
  return () => {
    isAwake = false
  }
}
