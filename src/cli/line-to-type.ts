import { extname } from 'node:path'

/** Whether this is a checkout, and not the package: there, npm's scripts put the right Node in front. */
const isCheckout = extname(import.meta.url) === '.ts'

/**
 * What to type where this program was installed, or in its checkout.
 *
 * @param args - Behind the name of the program, as a shell reads them, e.g. `verify --target uat`.
 */
export function lineToType(args: string): string {
  if (!isCheckout) return `npx integral-harness ${args}`
  const [, command, rest] = /^(\w+)(?: (.+))?$/.exec(args) ?? []
  if (command === undefined) return `node src/cli/main.ts ${args}`
  return `npm run -s ${command}${rest === undefined ? '' : ` -- ${rest}`}`
}
