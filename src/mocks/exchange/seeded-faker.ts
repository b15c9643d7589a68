import type { Faker, LocaleDefinition } from '@faker-js/faker'
// The package's main entry loads 70 languages, which is a sixth of a second of every start.
import { faker as english } from '@faker-js/faker/locale/en'

const EnglishFaker = english.constructor as new (options: {
  readonly locale: LocaleDefinition
  readonly seed: number | number[]
}) => Faker

/**
 * A faker of its own, that nobody else draws from.
 *
 * @param seed - Whole number, 0 to 2^32 - 1, or several.
 */
export function seededFaker(seed: number | readonly number[]): Faker {
  const own = typeof seed === 'number' ? seed : [...seed]
  return new EnglishFaker({ locale: english.rawDefinitions, seed: own })
}
