import {
  type EndpointConfig,
  readEndpointConfig,
} from '../../src/backends/endpoint/endpoint-config.ts'
import { parseEndpointSettings } from '../../src/backends/endpoint/endpoint-settings.ts'

export const PASSWORD = 'pa55-"word"-&-more'
export const HMAC_SECRET = 'hm4c/secret+of=ada'

/** A whole environment for one endpoint. */
export function environmentOf(
  baseUrl: string,
  more: Readonly<Record<string, string | undefined>> = {},
): Readonly<Record<string, string | undefined>> {
  return {
    INTEGRAL_BASE_URL: baseUrl,
    INTEGRAL_USER: 'ada',
    INTEGRAL_PASSWORD: PASSWORD,
    INTEGRAL_ORG: 'ORG1',
    ...more,
  }
}

export function configOf(
  baseUrl: string,
  more: Readonly<Record<string, string | undefined>> = {},
  settings: Readonly<Record<string, unknown>> = {},
): EndpointConfig {
  return readEndpointConfig(environmentOf(baseUrl, more), parseEndpointSettings(settings))
}
