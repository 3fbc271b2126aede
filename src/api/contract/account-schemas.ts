import { Type, type Static } from 'typebox'
import { permissions, type Permission, roleNames, type Role } from '../../model/permissions.ts'
import { apiLimits } from './limits.ts'

/** Accounts, sessions, tokens and the audit log, as the API gives and takes them. */

const strict = { additionalProperties: false }
const time = () => Type.String({ format: 'date-time' })
const nullableTime = (description: string) => Type.Union([time(), Type.Null()], { description })

export const permissionSchema = Type.Unsafe<Permission>(Type.String({ enum: [...permissions] }))
const roleSchema = Type.Unsafe<Role>(Type.String({ enum: roleNames }))

const accountName = Type.String({
  // Letters of any script, digits, and what stands in mail addresses: a name is shown to others.
  pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N}._@+-]*$',
  maxLength: apiLimits.nameLength,
  description: 'Letters, digits and . _ @ + -',
})

export const grant = Type.Object(
  {
    role: roleSchema,
    namespace: Type.Union([Type.String({ minLength: 1, maxLength: apiLimits.filterLength }), Type.Null()], {
      description: 'Null for everywhere; else what belongs to workloads of that namespace only.',
    }),
  },
  strict,
)
const grants = Type.Array(grant, { maxItems: apiLimits.grants })

export const accountItem = Type.Object({
  type: Type.Literal('account'),
  id: Type.String(),
  name: Type.String(),
  grants,
  disabled: Type.Boolean(),
  hasPassword: Type.Boolean(),
  lockedUntil: nullableTime('After too many wrong passwords.'),
  createdAt: time(),
})

/** What whoever asks is and may do. */
export const sessionItem = Type.Object({
  type: Type.Literal('session'),
  kind: Type.String({ description: '`account`, `token`, or `local` for the command line on this machine.' }),
  name: Type.String(),
  permissions: Type.Array(permissionSchema),
  grants: Type.Array(grant),
  hasPassword: Type.Boolean(),
  expiresAt: nullableTime('When it ends whatever is done.'),
  idleMs: Type.Integer({ description: 'After so long without a request it ends, too.' }),
})

export const linkItem = Type.Object({
  type: Type.Literal('link'),
  account: accountItem,
  link: Type.String({ description: 'Logs in once. Shown this once.' }),
  url: Type.String({ description: 'Where the link is used.' }),
  expiresAt: time(),
})

export const tokenItem = Type.Object({
  type: Type.Literal('token'),
  id: Type.String(),
  name: Type.String(),
  scope: Type.Union([Type.Array(permissionSchema), Type.Null()], {
    description: 'What it may do at most; null for all that its account may.',
  }),
  createdAt: time(),
  usedAt: time(),
  expiresAt: time(),
})

export const newTokenItem = Type.Object({
  type: Type.Literal('new-token'),
  token: Type.String({ description: 'For `Authorization: Bearer …`. Shown this once.' }),
})

export const auditItem = Type.Object({
  type: Type.Literal('audit'),
  sequence: Type.Integer({ minimum: 1 }),
  at: time(),
  actor: Type.Object({ kind: Type.String(), id: Type.String(), name: Type.String() }),
  action: Type.String({ description: 'Id of the operation.' }),
  target: Type.String(),
  outcome: Type.String({ description: '`done`, `refused` or `failed`.' }),
  reason: Type.Union([Type.String(), Type.Null()]),
  detail: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
  hash: Type.String({ description: 'SHA-256 over the hash of the entry before and this entry.' }),
})

export const auditVerification = Type.Object({
  type: Type.Literal('audit-verification'),
  checked: Type.Integer({ minimum: 0 }),
  broken: Type.Union([Type.Integer(), Type.Null()], {
    description: 'First entry that does not follow from the one before it; null where all do.',
  }),
})

export const passkeyItem = Type.Object({
  type: Type.Literal('passkey'),
  id: Type.String(),
  name: Type.String(),
  createdAt: time(),
  usedAt: time(),
})

/** What the browser gives to a device, or takes from it (Web Authentication level 3, section 5.1): JSON of its own. */
export const webAuthentication = Type.Object({}, { description: 'As Web Authentication level 3 says.' })

/** How one can log in. */
export const logInMethods = Type.Object({
  type: Type.Literal('log-in-methods'),
  provider: Type.Union([Type.String(), Type.Null()], {
    description: 'Host of the OpenID provider; null for none.',
  }),
})

/** What an OpenID provider sends back; it may add to it (OpenID Connect Core 3.1.2.5). */
export const providerAnswer = Type.Object({
  state: Type.Optional(Type.String({ maxLength: apiLimits.secretLength })),
  code: Type.Optional(Type.String({ maxLength: 10 * apiLimits.secretLength })),
})

const secret = (description: string) =>
  Type.String({ minLength: 1, maxLength: apiLimits.secretLength, description })

export const passwordLogIn = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: apiLimits.filterLength }),
    password: secret('As it was set.'),
  },
  strict,
)
export const linkLogIn = Type.Object({ link: secret('Of a link that was given out.') }, strict)
export const passwordChange = Type.Object(
  { password: secret('The new one.'), old: Type.Optional(secret('Not asked for after a log-in by link.')) },
  strict,
)
export const newAccount = Type.Object({ name: accountName, grants }, strict)
export const accountChange = Type.Object(
  { grants: Type.Optional(grants), disabled: Type.Optional(Type.Boolean()) },
  strict,
)
export const newToken = Type.Object(
  {
    name: accountName,
    scope: Type.Union([Type.Array(permissionSchema), Type.Null()]),
    days: Type.Integer({ minimum: 1, maximum: 366 }),
  },
  strict,
)
export const passkeyAnswer = Type.Object(
  { answer: Type.Object({ id: Type.String({ maxLength: apiLimits.secretLength }) }) },
  strict,
)
export const newPasskey = Type.Object({ name: accountName, ...passkeyAnswer.properties }, strict)
export const idParameter = Type.Object({ id: Type.String({ maxLength: apiLimits.filterLength }) }, strict)

export type PasswordLogIn = Static<typeof passwordLogIn>
export type LinkLogIn = Static<typeof linkLogIn>
export type PasswordChange = Static<typeof passwordChange>
export type NewAccount = Static<typeof newAccount>
export type AccountChange = Static<typeof accountChange>
export type NewToken = Static<typeof newToken>
export type IdParameter = Static<typeof idParameter>
