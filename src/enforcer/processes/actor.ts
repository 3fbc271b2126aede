import type { ProcessActor } from '../../model/records.ts'
import { maskSecretArguments } from '../../policy/processes/secret-arguments.ts'
import type { Actor } from './gate-messages.ts'

/** Masks personal data in texts, each apart. */
export type Redact = (texts: readonly string[]) => Promise<readonly string[]>

/**
 * Who did something, as records tell of it: arguments without secrets and personal data. Where nobody can mask, nothing of them but the
 * program's name is told.
 */
export async function maskedActor(actor: Actor, redact: Redact): Promise<ProcessActor> {
  const { pid, name, path, uid, userName, ancestors } = actor
  const given = maskSecretArguments(name, actor.arguments)
  const masked = await redact(given).catch(() => given.slice(0, 1))
  const user = { id: uid, ...(userName === undefined ? {} : { name: userName }) }
  return { pid, name, path, arguments: [...masked], user, ancestors }
}
