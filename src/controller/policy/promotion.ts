import { formatDuration } from '../../lib/quantity.ts'
import type { Log } from '../../lib/log.ts'
import type { GivenMode, GroupModes, PolicySettings } from '../../policy/composition.ts'
import type { GroupDefinition, Mode } from '../../policy/definition.ts'
import { promotedMode } from '../../policy/modes.ts'
import { controllerLimits } from '../limits.ts'
import type { ControllerPolicy } from './controller-policy.ts'
import type { KnownGroups } from './known-groups.ts'

/** What promotion looks at of a group. */
export interface Promotable {
  name: string
  /** Since when there is the group, ms since 1970. */
  first: number
  /** Given by hand or by promotion. */
  given?: GroupModes | undefined
  /** As files say it: what says a mode there is not promoted, for the file would take it back. */
  declared?: Pick<GroupDefinition, 'mode' | 'profileMode'> | undefined
}

export type PromotedModes = Record<string, { network?: Mode; profile?: Mode }>

/** Groups that have been in a mode for as long as they are to be, with the next one of each. `now` in ms since 1970. */
export function duePromotions(
  groups: readonly Promotable[],
  { promotion, newServiceMode, newServiceProfileMode }: PolicySettings,
  now: number,
): PromotedModes {
  const next = ({ mode, since }: GivenMode) => {
    const promoted = promotedMode(mode, since, now, promotion)
    return promoted === mode ? undefined : promoted
  }
  const modes: PromotedModes = {}
  for (const { name, first, given = {}, declared = {} } of groups) {
    const own = given.network ?? { mode: newServiceMode, since: first }
    const profileOwn =
      given.profile ?? (newServiceProfileMode && { mode: newServiceProfileMode, since: first })
    const network = declared.mode === undefined ? next(own) : undefined
    // Without one of its own that of processes and files follows the network's.
    const profile = profileOwn && declared.profileMode === undefined ? next(profileOwn) : undefined
    if (network === undefined && profile === undefined) continue
    modes[name] = { ...(network && { network }), ...(profile && { profile }) }
  }
  return modes
}

/** Promotes what is due, now and then. */
export class PromotionRounds {
  readonly #policy: ControllerPolicy
  readonly #groups: KnownGroups
  readonly #now: () => number
  readonly #timer: NodeJS.Timeout

  constructor({
    policy,
    groups,
    now,
    log,
  }: {
    policy: ControllerPolicy
    groups: KnownGroups
    now: () => number
    log: Log
  }) {
    this.#policy = policy
    this.#groups = groups
    this.#now = now
    this.#timer = setInterval(() => {
      this.round().catch((error: Error) => log('warn', `Modes could not be promoted: ${error.message}`))
    }, controllerLimits.promoteEveryMs).unref()
  }

  /** All that are due are one version of the policy. */
  async round(): Promise<void> {
    const { content, declared } = this.#policy
    const { promotion } = content.settings
    const modes = duePromotions(this.#promotable(declared.groups), content.settings, this.#now())
    if (Object.keys(modes).length === 0) return
    const times = Object.entries(promotion).map(
      ([key, ms]) => `${formatDuration(ms)} in ${key === 'discoverMs' ? 'Discover' : 'Monitor'}`,
    )
    await this.#policy.promote(modes, { author: 'pavise', reason: `after ${times.join(', ')}` })
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #promotable(declared: readonly GroupDefinition[]): Promotable[] {
    const { modes } = this.#policy.content
    const files = new Map(declared.map((group) => [group.name, group]))
    return [...this.#groups.names].map((name) => ({
      name,
      first: this.#groups.first(name) ?? this.#now(),
      given: modes[name],
      declared: files.get(name),
    }))
  }
}
