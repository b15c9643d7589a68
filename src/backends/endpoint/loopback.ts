import type { LookupFunction } from 'node:net'

const ADDRESSES = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
] as const

/**
 * Whether a host, as a URL parser normalises it, is this machine: an address of 127.0.0.0/8, `[::1]`,
 * or `localhost`. An IPv4 address mapped into IPv6 is not.
 */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || isLoopbackIpv4(hostname)
}

function isLoopbackIpv4(hostname: string): boolean {
  return /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

/**
 * Answers every name with loopback, and asks no resolver: what `localhost` means is not left to a
 * hosts file or a name server. It is called for names only, and the guard lets no other name of
 * loopback pass.
 */
export const loopbackLookup: LookupFunction = (_name, { all }, callback) => {
  const [first] = ADDRESSES
  if (all) callback(null, [...ADDRESSES])
  else callback(null, first.address, first.family)
}
