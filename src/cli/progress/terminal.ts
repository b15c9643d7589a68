import type { Writable } from 'node:stream'

/** A stream that may be a terminal. */
export type Screen = Writable & { readonly isTTY?: boolean; readonly columns?: number }

type Variables = Readonly<Record<string, string | undefined>>

/** Whether a line that was written there can be written over. `TERM=dumb` says that it cannot. */
export function isTerminal({ isTTY }: Screen, { TERM }: Variables): boolean {
  return isTTY === true && TERM !== 'dumb'
}

/**
 * Whether colours may be written there: never where no terminal is, nor where `NO_COLOR` is set to anything, as
 * no-color.org has it; that outranks `FORCE_COLOR`.
 */
export function hasColour(screen: Screen, env: Variables): boolean {
  return isTerminal(screen, env) && !env.NO_COLOR && !/^(?:0|false)$/.test(env.FORCE_COLOR ?? '')
}
