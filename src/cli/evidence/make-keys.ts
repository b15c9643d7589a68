import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { keyIdOf } from '../../evidence/bundle/signing.ts'
import { parseOut } from '../parse-out.ts'
import { messageOf, UsageError } from '../usage-error.ts'
import type { CommandEnvironment } from '../verify.ts'

/**
 * Makes a key pair to sign evidence with: `evidence-key.pem`, which only its owner can read, and
 * `evidence-key.pub.pem`. Replaces no file.
 *
 * @throws {UsageError} There is one already, or they cannot be written there.
 */
export async function makeKeys(
  { out }: { readonly out: string },
  { cwd, stdout }: Pick<CommandEnvironment, 'cwd' | 'stdout'>,
): Promise<void> {
  const folder = resolve(cwd, parseOut(out))
  const files = {
    own: join(folder, 'evidence-key.pem'),
    open: join(folder, 'evidence-key.pub.pem'),
  }
  const old = Object.values(files).find(existsSync)
  if (old !== undefined) {
    throw new UsageError(
      `Failed to make keys: there is a ${old} already, and evidence may be signed with it; choose another directory.`,
    )
  }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  try {
    await mkdir(folder, { recursive: true })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
    await writeFile(files.own, pem, { mode: 0o600, flag: 'wx' })
    await writeFile(files.open, publicKey.export({ type: 'spki', format: 'pem' }), { flag: 'wx' })
  } catch (error) {
    throw new UsageError(`Failed to write keys to ${out}: ${messageOf(error)}.`)
  }
  stdout.write(
    [
      `${files.own}      keep it to yourself: sign with INTEGRAL_EVIDENCE_KEY=${files.own}`,
      `${files.open}  give it to whoever verifies, by another way than the evidence`,
      `Key ${keyIdOf(publicKey)}`,
      '',
    ].join('\n'),
  )
}
