import { Type } from 'typebox'
import * as schemas from './account-schemas.ts'
import { listing, type Operation, operation, pagedListing } from './operation.ts'
import { auditQuery } from './queries.ts'

/** Log-in, accounts, tokens and the audit log. */

const nothing = Type.Object({}, { description: 'Empty.' })
const { idParameter: params } = schemas

const sessionOperations = {
  session: operation('Who asks, and what they may do', {
    id: 'session',
    method: 'GET',
    path: '/api/v1/session',
    access: 'account',
    response: schemas.sessionItem,
  }),
  logIn: operation('Log in; the answer sets a cookie', {
    id: 'logIn',
    method: 'POST',
    path: '/api/v1/session',
    access: 'anyone',
    body: schemas.passwordLogIn,
    response: schemas.sessionItem,
  }),
  logInByLink: operation('Log in with a link that works once; the answer sets a cookie', {
    id: 'logInByLink',
    method: 'POST',
    path: '/api/v1/session/link',
    access: 'anyone',
    body: schemas.linkLogIn,
    response: schemas.sessionItem,
  }),
  logInMethods: operation('How one can log in', {
    id: 'logInMethods',
    method: 'GET',
    path: '/api/v1/session/methods',
    access: 'anyone',
    response: schemas.logInMethods,
  }),
  beginProviderLogIn: operation('Begin a log-in with the OpenID provider: leads the browser there', {
    id: 'beginProviderLogIn',
    method: 'GET',
    path: '/api/v1/session/provider',
    access: 'anyone',
    response: nothing,
    problems: [404],
  }),
  logInByProvider: {
    ...operation('Where the OpenID provider sends the browser back; sets a cookie and leads to the console', {
      id: 'logInByProvider',
      method: 'GET',
      path: '/api/v1/session/provider/callback',
      access: 'anyone',
      changes: true,
      response: nothing,
      problems: [404],
    }),
    query: schemas.providerAnswer,
  },
  logOut: operation('Log out', {
    id: 'logOut',
    method: 'DELETE',
    path: '/api/v1/session',
    access: 'account',
    response: nothing,
  }),
  setPassword: operation('Set one’s own password; ends all other sessions', {
    id: 'setPassword',
    method: 'PUT',
    path: '/api/v1/session/password',
    access: 'account',
    body: schemas.passwordChange,
    response: nothing,
  }),
} satisfies Record<string, Operation>

const passkeyOperations = {
  beginPasskeyLogIn: operation('What a passkey is to sign to log in', {
    id: 'beginPasskeyLogIn',
    method: 'POST',
    path: '/api/v1/session/passkey/challenge',
    access: 'anyone',
    changes: false,
    response: schemas.webAuthentication,
  }),
  logInByPasskey: operation('Log in with a passkey; the answer sets a cookie', {
    id: 'logInByPasskey',
    method: 'POST',
    path: '/api/v1/session/passkey',
    access: 'anyone',
    body: schemas.passkeyAnswer,
    response: schemas.sessionItem,
  }),
  passkeys: pagedListing('One’s own passkeys, newest first', {
    id: 'passkeys',
    method: 'GET',
    path: '/api/v1/passkeys',
    access: 'account',
    ...{ items: schemas.passkeyItem, areFew: true },
  }),
  beginPasskey: operation('What a new passkey is to sign', {
    id: 'beginPasskey',
    method: 'POST',
    path: '/api/v1/passkeys/challenge',
    access: 'account',
    changes: false,
    response: schemas.webAuthentication,
  }),
  addPasskey: operation('Add a passkey to one’s own account', {
    id: 'addPasskey',
    method: 'POST',
    path: '/api/v1/passkeys',
    access: 'account',
    body: schemas.newPasskey,
    response: nothing,
    problems: [409],
  }),
  removePasskey: operation('Remove a passkey of one’s own', {
    id: 'removePasskey',
    method: 'DELETE',
    path: '/api/v1/passkeys/:id',
    access: 'account',
    params,
    response: nothing,
    problems: [404],
  }),
} satisfies Record<string, Operation>

const tokenOperations = {
  tokens: pagedListing('One’s own API tokens, newest first', {
    id: 'tokens',
    method: 'GET',
    path: '/api/v1/tokens',
    access: 'account',
    ...{ items: schemas.tokenItem, areFew: true },
  }),
  addToken: operation('Make an API token that may do no more than one may oneself', {
    id: 'addToken',
    method: 'POST',
    path: '/api/v1/tokens',
    access: 'account',
    body: schemas.newToken,
    response: schemas.newTokenItem,
  }),
  removeToken: operation('End an API token of one’s own', {
    id: 'removeToken',
    method: 'DELETE',
    path: '/api/v1/tokens/:id',
    access: 'account',
    params,
    response: nothing,
    problems: [404],
  }),
} satisfies Record<string, Operation>

const managing = { access: 'accounts:manage' } as const

export const accountOperations = {
  ...sessionOperations,
  ...passkeyOperations,
  ...tokenOperations,
  accounts: pagedListing('All accounts, by name', {
    id: 'accounts',
    method: 'GET',
    path: '/api/v1/accounts',
    ...managing,
    ...{ items: schemas.accountItem, areFew: true },
  }),
  addAccount: operation('Make an account; the answer has the link by which its owner logs in first', {
    id: 'addAccount',
    method: 'POST',
    path: '/api/v1/accounts',
    ...managing,
    body: schemas.newAccount,
    response: schemas.linkItem,
    problems: [409],
  }),
  changeAccount: operation('Change the roles of an account, disable or enable it', {
    id: 'changeAccount',
    method: 'PATCH',
    path: '/api/v1/accounts/:id',
    ...managing,
    params,
    body: schemas.accountChange,
    response: schemas.accountItem,
    problems: [404, 409],
  }),
  removeAccount: operation('Remove an account with its sessions and tokens', {
    id: 'removeAccount',
    method: 'DELETE',
    path: '/api/v1/accounts/:id',
    ...managing,
    params,
    response: nothing,
    problems: [404, 409],
  }),
  endSessions: operation('End all sessions of an account, and its links; its tokens stay', {
    id: 'endSessions',
    method: 'DELETE',
    path: '/api/v1/accounts/:id/sessions',
    ...managing,
    params,
    response: nothing,
    problems: [404],
  }),
  addLink: operation('Make a link by which the owner of an account logs in; earlier ones end', {
    id: 'addLink',
    method: 'POST',
    path: '/api/v1/accounts/:id/link',
    ...managing,
    params,
    response: schemas.linkItem,
    problems: [404],
  }),
  audit: {
    ...listing('audit', 'Who changed what, when and why, latest first', auditQuery, schemas.auditItem),
    access: 'audit:read',
  },
  verifyAudit: operation('Whether every entry of the audit log follows from the one before it', {
    id: 'verifyAudit',
    method: 'GET',
    path: '/api/v1/audit/verification',
    access: 'audit:read',
    response: schemas.auditVerification,
  }),
} satisfies Record<string, Operation>
