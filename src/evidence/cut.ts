/** A text, or its beginning and a note on how much there was. @param most - Characters. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most)}\n… [cut here: the first ${most} of ${text.length} characters are shown]`
}
