import { describe, it } from 'node:test'
import { assert } from 'chai'
import { z } from 'zod'
import {
  alternatives,
  notVaried,
  permittedVariations,
} from '../../src/cli/prove/permitted/permitted-variations.ts'
import { parseSettings } from '../../src/mocks/exchange/settings/parse-settings.ts'
import {
  defaultSettings,
  settingNames,
  settingRows,
} from '../../src/mocks/exchange/settings/settings.ts'

/** The values that a setting can have, where they can be counted. */
function valuesOf(name: keyof typeof settingRows): readonly unknown[] {
  const schema = z.toJSONSchema(settingRows[name].schema, { unrepresentable: 'any' })
  if (schema.type === 'boolean') return [true, false]
  return schema.enum ?? []
}

const idOf = (name: string, value: unknown) => `${name}=${value}`

describe('the permitted variations', () => {
  it('vary every setting of section 6, or say why not', () => {
    const missing = settingNames.filter(
      (name) => alternatives[name] === undefined && notVaried[name] === undefined,
    )
    assert.deepEqual(missing, [])
  })

  it('have every value of those that can be counted, or say why not', () => {
    const missing = settingNames.flatMap((name) =>
      valuesOf(name)
        .filter((value) => value !== defaultSettings[name])
        .filter((value) => !alternatives[name]?.includes(value))
        .map((value) => idOf(name, value))
        .filter(
          (id) => notVaried[id] === undefined && notVaried[id.split('=')[0] ?? ''] === undefined,
        ),
    )
    assert.deepEqual(missing, [])
  })

  it('say of nothing why not that they vary', () => {
    for (const excuse of Object.keys(notVaried)) {
      const [name = '', value] = excuse.split('=')
      assert.include(settingNames, name)
      const varied = permittedVariations.filter(({ settings }) => Object.hasOwn(settings, name))
      const same = varied.filter(({ id }) => value === undefined || id === excuse)
      assert.deepEqual(same, [], excuse)
    }
  })

  it('can all be, differ from the simulation as it is, and have names of their own', () => {
    for (const { id, settings } of permittedVariations) {
      assert.doesNotThrow(() => parseSettings(settings), id)
      assert.notDeepEqual(parseSettings(settings), defaultSettings, id)
    }
    assert.lengthOf(new Set(permittedVariations.map(({ id }) => id)), permittedVariations.length)
  })

  it('are tried in combination too', () => {
    const combined = permittedVariations.filter(({ isCombination }) => isCombination)
    assert.isAtLeast(combined.length, 5)
    for (const { id, settings } of combined) assert.isAbove(Object.keys(settings).length, 2, id)
  })
})
