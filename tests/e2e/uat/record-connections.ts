/*
 * Loaded into every thread of a program by `NODE_OPTIONS=--import …`: writes down whatever it connects
 * to, looks up, listens on, sends to or starts, one JSON object a line, into the file that
 * `RECORD_CONNECTIONS_TO` names.
 */
import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { threadId } from 'node:worker_threads'

type Functions = Record<string, unknown>

const file = process.env.RECORD_CONNECTIONS_TO

function record(what: string, details: unknown): void {
  if (file !== undefined) {
    appendFileSync(file, `${JSON.stringify({ thread: threadId, what, details })}\n`)
  }
}

/** Records every call of some functions, and lets them do what they do. */
function watch(owner: object, what: string, names: readonly string[]): void {
  const functions = owner as Functions
  for (const name of names) {
    const original = functions[name]
    if (typeof original !== 'function') continue
    functions[name] = function (this: unknown, ...args: unknown[]) {
      record(what, args.map(plain))
      return Reflect.apply(original, this, args)
    }
  }
}

/** What an argument says about where to. */
function plain(argument: unknown): unknown {
  if (Array.isArray(argument)) return argument.map(plain)
  if (typeof argument === 'function') return undefined
  if (typeof argument !== 'object' || argument === null) return argument
  const { host, hostname, port, path, address } = argument as Functions
  return { host: host ?? hostname ?? address, port, path }
}

const RESOLVERS = Object.keys(dns).filter((name) => /^(?:lookup|resolve|reverse)/.test(name))

record('begin', [])
watch(net.Socket.prototype, 'connect', ['connect'])
watch(net.Server.prototype, 'listen', ['listen'])
watch(dns, 'lookup', RESOLVERS)
watch(dns.promises, 'lookup', RESOLVERS)
watch(dgram, 'datagram', ['createSocket'])
watch(childProcess, 'start', ['spawn', 'spawnSync', 'exec', 'execFile', 'fork', 'execSync'])
syncBuiltinESMExports()
