const { profile } = require('integral-harness/profile')

/** The shipped steps, and your own beside them. */
exports.default = {
  ...profile,
  paths: ['features/**/*.feature'],
  import: [...profile.import, 'steps/**/*.mts'],
}
