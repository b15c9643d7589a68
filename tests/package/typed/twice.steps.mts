// A copy of Cucumber that stands below the folder of the run: not the one that runs it.
import { Given } from '@cucumber/cucumber'

Given('a step of the other copy', () => {})
