import type { Static } from 'typebox'
import type { Detectors } from '../../controller/detectors/detectors.ts'
import { operations } from '../contract/operations.ts'
import type { startedOption, TrialBody } from '../contract/settings-operations.ts'
import { serverLimits } from '../limits.ts'
import { heldRoute } from '../listed-route.ts'
import { tooOften } from '../problem.ts'
import { RateLimit } from '../rate-limit.ts'
import type { Route } from '../route.ts'

/** An option of the command line, with what it is here. */
export type StartedOption = Static<typeof startedOption>

/** What Pavise was started with, and what it finds. */
export function settingsRoutes(detectors: Detectors, options: readonly StartedOption[]): Route[] {
  const trials = new RateLimit(serverLimits.trials)
  return [
    { operation: operations.settings, answer: () => ({ options }) },
    heldRoute(operations.detectors, async () =>
      (await detectors.list()).map((each) => ({ type: 'detector', ...each })),
    ),
    {
      operation: operations.tryDetectors,
      answer: async ({ body, identity }) => {
        const seconds = trials.take(identity.caller.accountId)
        if (seconds > 0) throw tooOften(seconds)
        return { type: 'trial', ...(await detectors.try((body as TrialBody).text)) }
      },
    },
  ]
}
