import { compileRecognisers } from '../../src/personal-data/compile.ts'
import { builtInRecognisers } from '../../src/personal-data/recognisers/index.ts'
import { sharedPlans } from './shared-plans.ts'

/** Of all built-in recognisers. Compiled once for all the tests of a process. */
export const builtInDetector = compileRecognisers(builtInRecognisers, undefined, { plans: sharedPlans })
