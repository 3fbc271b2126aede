import { PaviseError } from '../../lib/errors.ts'
import type { NodeRefusal, NodeRefusalCode } from '../../model/node-messages.ts'

export class NodeError extends PaviseError<
  | NodeRefusalCode
  /** Not what `pavise controller join-token` prints. */
  | 'JOIN_TOKEN_MALFORMED'
  /** No token was given and this machine has not joined. */
  | 'NODE_NOT_JOINED'
  /** Who answers is not the controller that the token, or this machine, knows. */
  | 'CONTROLLER_NOT_TRUSTED'
  | 'CONTROLLER_UNREACHABLE'
  | 'NODE_IDENTITY_UNUSABLE'
> {}

export function refusalError({ code, detail, nextStep }: NodeRefusal): NodeError {
  return new NodeError(code, detail, { nextStep })
}
