import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { exitCodeOf, onInterruption } from '../../interruption.ts'
import { messageOf } from '../../usage-error.ts'

export interface PrintJob {
  /** Path of the browser. */
  readonly chromium: string
  /** The page, a file. */
  readonly page: string
  /** Where the PDF goes: whole, or not at all. */
  readonly pdf: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** How long it may take. Default 120 000 ms: a thousand scenarios take a few seconds. */
  readonly withinMs?: number
}

/**
 * Prints a page as PDF. The browser has a profile of its own, which is gone afterwards; it can look
 * up no name, runs no script, and knows nothing of this process's environment.
 *
 * @returns Why there is no PDF, as a part of a sentence; nothing where there is one.
 */
export async function printPdf(job: PrintJob): Promise<string | undefined> {
  const { pdf, withinMs = 120_000 } = job
  const half = `${pdf}.${process.pid}.tmp`
  let profile: string | undefined
  try {
    profile = await mkdtemp(join(dirname(pdf), '.chromium-'))
    const why = (await run(job, half, profile, withinMs)) ?? (await problemOf(half))
    if (why === undefined) await rename(half, pdf)
    return why
  } catch (error) {
    return messageOf(error)
  } finally {
    await rm(half, { force: true })
    // Its helpers may end a moment after it.
    if (profile) await rm(profile, { recursive: true, force: true, maxRetries: 10 })
  }
}

async function run(
  { chromium, page, env }: PrintJob,
  half: string,
  profile: string,
  withinMs: number,
): Promise<string | undefined> {
  const child = spawn(chromium, argumentsFor(page, half, profile), {
    stdio: 'ignore',
    env: environmentFor(env, profile),
    // A group of its own, which can be ended as a whole.
    detached: true,
  })
  const release = onInterruption((signal) => {
    end(child)
    for (const path of [half, profile])
      rmSync(path, { recursive: true, force: true, maxRetries: 10 })
    process.exit(exitCodeOf(signal))
  })
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    end(child)
  }, withinMs)
  try {
    return await new Promise<string | undefined>((resolve) => {
      child.on('error', (error) => resolve(`${chromium} cannot be run: ${messageOf(error)}`))
      child.on('exit', (code, signal) => {
        if (isLate) resolve(`${chromium} took longer than ${withinMs} ms`)
        else resolve(code === 0 ? undefined : `${chromium} ended with ${signal ?? `code ${code}`}`)
      })
    })
  } finally {
    clearTimeout(timer)
    release()
    // Whatever it left running goes with it.
    end(child)
  }
}

function argumentsFor(page: string, half: string, profile: string): string[] {
  return [
    '--headless',
    '--disable-gpu',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-extensions',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-breakpad',
    '--disable-dev-shm-usage',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    `--user-data-dir=${profile}`,
    '--no-pdf-header-footer',
    '--generate-pdf-document-outline',
    `--print-to-pdf=${half}`,
    // Chromium refuses to run as root otherwise; nobody else should go without.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    pathToFileURL(page).href,
  ]
}

/** What it needs to run and to find fonts; what is secret here stays here. */
function environmentFor(env: PrintJob['env'], profile: string): NodeJS.ProcessEnv {
  const kept = [
    'PATH',
    'LANG',
    'LD_LIBRARY_PATH',
    'SystemRoot',
    'FONTCONFIG_FILE',
    'FONTCONFIG_PATH',
  ]
  const own = { HOME: profile, TMPDIR: profile, TEMP: profile, TMP: profile }
  const xdg = { XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile }
  return { ...Object.fromEntries(kept.map((name) => [name, env[name]])), ...own, ...xdg }
}

function end({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It has ended, and so have its helpers.
  }
}

/** A browser may say that all went well and write nothing. */
async function problemOf(pdf: string): Promise<string | undefined> {
  const file = await open(pdf).catch(() => undefined)
  if (!file) return 'the browser wrote none'
  try {
    const { buffer } = await file.read(Buffer.alloc(5), 0, 5, 0)
    return buffer.toString() === '%PDF-' ? undefined : 'what the browser wrote is none'
  } finally {
    await file.close()
  }
}
