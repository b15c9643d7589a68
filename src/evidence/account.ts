import { z } from 'zod'

/** As whom somebody trades. */
export const accountSchema = z.object({ user: z.string(), org: z.string() }).readonly()
export type Account = z.infer<typeof accountSchema>

export function isSameAccount(one: Account, other: Account | undefined): boolean {
  return one.user === other?.user && one.org === other.org
}
