import { compileRecognisers } from '../../src/personal-data/compile.ts'

/** Of all built-in recognisers. Compiled once for all the tests of a process. */
export const builtInDetector = compileRecognisers()
