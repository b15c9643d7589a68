/** Of an option that may be given again and again: all of its values. */
export function collect(name: string, earlier: readonly string[] = []): string[] {
  return [...earlier, name]
}
