/**
 * Cases that each property is tried with. Few by default, so that all tests beside the code take seconds; the long run is
 * `PAVISE_FUZZ_RUNS=1000000 npm test -- src/protocols`.
 */
export const fuzzRuns = Number(process.env['PAVISE_FUZZ_RUNS'] ?? 80)
