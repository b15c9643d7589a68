import { describe, it } from 'node:test'
import { assert } from 'chai'
import {
  type SettingName,
  type Settings,
  settingNames,
  settingRows,
} from '../../../src/mocks/exchange/settings/settings.ts'
import { Venue } from '../driver.ts'
import type { Behaviour } from './behaviour.ts'
import { orderBehaviours } from './order-behaviours.ts'
import { outcomeBehaviours } from './outcome-behaviours.ts'
import { rateBehaviours } from './rate-behaviours.ts'
import { sessionBehaviours } from './session-behaviours.ts'
import { tradeBehaviours } from './trade-behaviours.ts'

const behaviours: readonly Behaviour[] = [
  ...sessionBehaviours,
  ...rateBehaviours,
  ...orderBehaviours,
  ...tradeBehaviours,
  ...outcomeBehaviours,
]

/** What a probe sees under settings that need not be told from the ones a user could give. */
const seen = ({ probe }: Behaviour, settings: Partial<Settings>) =>
  probe((options) => new Venue({ ...options, settings }))

for (const behaviour of behaviours) {
  const { setting, given, byDefault, otherwise } = behaviour
  describe(`setting ${setting}`, () => {
    it('by default', async () => {
      assert.deepEqual(await seen(behaviour, given), byDefault)
    })
    for (const [value, expected] of otherwise) {
      it(`as ${JSON.stringify(value)}`, async () => {
        assert.deepEqual(await seen(behaviour, { ...given, [setting]: value }), expected)
      })
    }
  })
}

describe('the behaviours above', () => {
  it('cover every setting there is', () => {
    const covered = new Set(behaviours.map(({ setting }) => setting))
    assert.sameMembers([...covered], settingNames)
  })

  it('differ from the default for every other value', () => {
    for (const { setting, byDefault, otherwise } of behaviours) {
      assert.isNotEmpty(otherwise, setting)
      for (const [, expected] of otherwise) assert.notDeepEqual(expected, byDefault, setting)
    }
  })

  it('try every value of a setting that has few', () => {
    for (const setting of settingNames) {
      const rows = behaviours.filter((behaviour) => behaviour.setting === setting)
      const tried = rows.flatMap(({ otherwise }) => otherwise.map(([value]) => value))
      assert.includeDeepMembers([settingRows[setting].default, ...tried], fewValues(setting))
    }
  })
})

/** The values of a setting that has a list of them, or is true or false. */
function fewValues(setting: SettingName): unknown[] {
  const candidates = [true, false, ...listed(settingRows[setting].schema)]
  return candidates.filter((value) => settingRows[setting].schema.safeParse(value).success)
}

function listed(schema: object): readonly unknown[] {
  if ('options' in schema && Array.isArray(schema.options)) return schema.options
  return 'values' in schema && schema.values instanceof Set ? [...schema.values] : []
}
