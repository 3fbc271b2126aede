import type { NodeRefusal, NodeRefusalCode } from '../../model/node-messages.ts'

const freshToken = 'Make a new one where the controller runs: pavise controller join-token.'
const joinAnew = 'If it is to report here, let it join again with a new token: pavise controller join-token.'

/** Why a machine is not let in, as its people read it. What it does not know itself it is not told. */
export const refusals = {
  unknownToken: () => refusal('JOIN_TOKEN_UNKNOWN', 'The controller does not know this token.', freshToken),
  expiredToken: (at: number) =>
    refusal('JOIN_TOKEN_EXPIRED', `The token was good until ${new Date(at).toISOString()}.`, freshToken),
  usedToken: () =>
    refusal('JOIN_TOKEN_USED', 'Another machine has joined with this token: each is for one.', freshToken),
  nameTaken: (name: string) =>
    refusal(
      'NODE_NAME_TAKEN',
      `There is a node ${name} already.`,
      'Give this one another with --name, or remove that one first: pavise nodes remove. The token is not used up.',
    ),
  tooMany: () =>
    refusal(
      'TOO_MANY_NODES',
      'As many nodes as may be have joined.',
      'Remove those that are no longer there.',
    ),
  malformed: () =>
    refusal(
      'JOIN_MALFORMED',
      'That is no request to join.',
      'Use the same version of Pavise on both sides, and a name (--name) of letters, digits, dots and hyphens.',
    ),
  unknownNode: () =>
    refusal('NODE_UNKNOWN', 'This machine was removed from the controller, or never joined it.', joinAnew),
  replaced: (name: string) =>
    refusal(
      'NODE_CERTIFICATE_REPLACED',
      `The certificate of ${name} was renewed, and the new one was used: this is a copy of the old.`,
      joinAnew,
    ),
  invalid: (why: string) =>
    refusal('NODE_CERTIFICATE_INVALID', `The certificate of this machine is not taken: ${why}.`, joinAnew),
}

function refusal(code: NodeRefusalCode, detail: string, nextStep: string): NodeRefusal {
  return { kind: 'refused', code, detail, nextStep }
}
