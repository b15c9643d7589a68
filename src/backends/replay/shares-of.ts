import { Big } from 'big.js'

/** Digits that a share keeps: every such number is exact enough for sizes up to 1e9, and prints as it is. */
const DIGITS = 12

/**
 * The shares of a size in which it was dealt.
 *
 * @param levels - Dealt after each part, rising.
 * @returns `undefined` where more was dealt than the size.
 */
export function sharesOf(levels: readonly number[], size: number): readonly number[] | undefined {
  let before = new Big(0)
  const shares = levels.map((level) => {
    const upTo = new Big(level).div(size).round(DIGITS)
    const share = upTo.minus(before)
    before = upTo
    return share.toNumber()
  })
  return before.gt(1) || shares.some((share) => share <= 0) ? undefined : shares
}
