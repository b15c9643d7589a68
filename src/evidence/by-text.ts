/** Orders texts by their characters, the same on every machine and in every locale. */
export function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
