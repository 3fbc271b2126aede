/* What our rules are called in a network namespace. */

/** The only name under which we make anything in a network namespace. */
export const TABLE = 'pavise'
/** Of the verdict queue in each namespace. */
export const QUEUE = 0x5056
/** Packets that were given to the queue, whether somebody served it or not. */
export const QUEUED_COUNTER = 'queued'
/** Counts nothing: the number of packets that it says is the generation of decisions that holds. */
export const GENERATION_COUNTER = 'generation'
export const DENY_CHAIN = 'deny'
/** What becomes of connections of which no address map speaks. */
export const FALLBACK_CHAINS = { outgoing: 'outgoing-otherwise', incoming: 'incoming-otherwise' } as const
/** Is there only in a quarantine. */
export const QUARANTINE_CHAIN = 'quarantine'
