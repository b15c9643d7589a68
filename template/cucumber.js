import { profile } from 'integral-harness/profile'

/** The shipped steps, and your own beside them. */
export default {
  ...profile,
  paths: ['features/**/*.feature'],
  import: [...profile.import, 'steps/**/*.ts'],
}
