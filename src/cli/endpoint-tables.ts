import { z } from 'zod'
import { endpointSettingRows } from '../backends/endpoint/endpoint-settings-rows.ts'
import { code, json, type Tables, table, valuesOf } from './document-tables.ts'

/** The generated table of `docs/endpoint.md`. */
export const endpointTables: Tables = {
  settings: () =>
    table(
      ['Setting', 'Values', 'Default', 'What it says'],
      Object.entries(endpointSettingRows).map(([name, row]) => [
        code(name),
        valuesOf(z.toJSONSchema(row.schema)),
        json(row.default),
        row.about,
      ]),
    ),
}
