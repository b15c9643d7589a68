#!/usr/bin/env node
'use strict'

// Any Node can parse this file, down to the oldest: that is what it is for. What is newer stands in start.cjs.
var needed = /(\d+)\.(\d+)/.exec(require('../package.json').engines.node)
var running = /^(\d+)\.(\d+)/.exec(process.versions.node)
var isOlder = Number(running[1]) < Number(needed[1])
var isSame = running[1] === needed[1]
var sentence = [
  'integral-harness needs Node',
  needed[0],
  'or later, and cannot run on',
  process.versions.node.concat(':'),
  'install a newer one, and put it first in the PATH.\n',
]

if (isOlder || (isSame && Number(running[2]) < Number(needed[2]))) {
  process.stderr.write(sentence.join(' '))
  process.exitCode = 2
} else {
  require('./start.cjs')
}
