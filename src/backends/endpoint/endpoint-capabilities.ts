import type { Capability } from '../backend.ts'
import type { EndpointConfig } from './endpoint-config.ts'

/** What an endpoint can be asked for with this configuration. Staging it never can. */
export function endpointCapabilities(
  config: Pick<EndpointConfig, 'auth' | 'allowResend' | 'probeLogin'>,
): readonly Capability[] {
  return [
    ...(config.auth === 'token' ? (['use tokens'] as const) : []),
    ...(config.probeLogin && config.auth === 'token' ? (['probe logins'] as const) : []),
    ...(config.allowResend ? (['resend trades'] as const) : []),
  ]
}

const REASONS: Partial<Record<Capability, string>> = {
  'use tokens': 'requests are signed (INTEGRAL_AUTH=hmac), so there is no token',
  'probe logins': 'INTEGRAL_PROBE_LOGIN is off: no login is tried that must fail',
  'resend trades':
    'INTEGRAL_ALLOW_RESEND is not set: a resend redelivers the trades of an organisation to all its consumers',
}

/** Why an endpoint lacks a capability, in words that a report can show. */
export function whyEndpointLacks(capability: Capability): string {
  return REASONS[capability] ?? `an endpoint cannot be made to ${capability}`
}
