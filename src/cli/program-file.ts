/** The program beside this file, with the extension that this file has, in source or built. */
export function programFile(): string {
  const { filename } = import.meta
  return filename.replace(/program-file(\.\w+)$/, 'main$1')
}
