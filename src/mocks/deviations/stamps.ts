/** `2023-06-02 18:31:01,301 +0000` in epoch milliseconds. */
export function timeOf(stamp: unknown): number {
  const [day = '', time = ''] = String(stamp).split(' ')
  return Date.parse(`${day}T${time.replace(',', '.')}Z`)
}

/** Epoch milliseconds as `2023-06-02 18:31:01,301 +0000`. */
export function stampOf(time: number): string {
  const iso = new Date(time).toISOString()
  return `${iso.replace('T', ' ').replace('.', ',').replace('Z', '')} +0000`
}
