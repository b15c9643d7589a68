import { type Account, isSameAccount } from './account.ts'

/** One of several users of a run, and the scenarios that traded as that one. */
export interface AccountUse extends Account {
  readonly scenarios: readonly string[]
}

/**
 * Which scenarios traded as whom; nothing where the run traded as one user.
 *
 * @param seen - Every scenario by the name that verdicts have for it.
 */
export function accountUseOf(
  accounts: readonly Account[] | undefined,
  seen: readonly { readonly label: string; readonly account: Account | undefined }[],
): { readonly accounts?: readonly AccountUse[] } {
  if (accounts === undefined) return {}
  return {
    accounts: accounts.map((account) => ({
      ...account,
      scenarios: seen
        .filter((each) => isSameAccount(account, each.account))
        .map(({ label }) => label),
    })),
  }
}
