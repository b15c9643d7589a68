import {
  defaultEndpointSettings,
  type EndpointSettingName,
} from '../../backends/endpoint/endpoint-settings.ts'

/** Deadlines and tolerances that something is judged by: the larger, the less is a finding. */
const JUDGED_BY: readonly EndpointSettingName[] = [
  'order.finalWithinMs',
  'order.expiryWithinMs',
  'cancel.withinMs',
  'trade.withinMs',
  'token.skewMs',
]

/** Changed settings of a run on an endpoint that make the judge milder, as `name=value`. */
export function milderSettings(settings: Readonly<Record<string, unknown>>): string[] {
  return JUDGED_BY.filter(
    (name) =>
      name in settings && !(Number(settings[name]) <= Number(defaultEndpointSettings[name])),
  ).map((name) => `${name}=${JSON.stringify(settings[name])}`)
}
