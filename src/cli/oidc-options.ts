import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { OidcOptions } from '../accounts/oidc.ts'
import { ExitCode, PaviseError } from '../lib/errors.ts'
import { type Role, roleNames } from '../model/permissions.ts'

export interface OidcFlags {
  oidcIssuer?: string
  oidcClientId: string
  oidcClientSecretFile?: string
  oidcRoleClaim: string
  oidcRole?: ReadonlyMap<string, Role>
}

class OidcOptionsError extends PaviseError<'OIDC_OPTIONS'> {}

/** Log-in with an OpenID provider. */
export function addOidcOptions(command: Command): Command {
  return command
    .addOption(
      option('--oidc-issuer <url>', 'people log in with this OpenID provider, too', 'ISSUER').argParser(
        toUrl,
      ),
    )
    .addOption(option('--oidc-client-id <id>', 'by which it knows Pavise', 'CLIENT_ID').default('pavise'))
    .addOption(
      option(
        '--oidc-client-secret-file <file>',
        'that holds the secret it shares with Pavise',
        'CLIENT_SECRET_FILE',
      ),
    )
    .addOption(
      option('--oidc-role-claim <name>', 'that says what a person may', 'ROLE_CLAIM').default('groups'),
    )
    .addOption(
      new Option(
        '--oidc-role <value=role...>',
        `role for a value of that claim: ${roleNames.join(', ')}`,
      ).argParser(addRole),
    )
}

/**
 * @returns null where no provider is named
 * @throws OidcOptionsError
 */
export function oidcChoice(flags: OidcFlags): OidcOptions | null {
  const { oidcIssuer, oidcClientId, oidcClientSecretFile, oidcRoleClaim, oidcRole } = flags
  if (oidcIssuer === undefined) return null
  if (oidcClientSecretFile === undefined || oidcRole === undefined) {
    throw new OidcOptionsError(
      'OIDC_OPTIONS',
      '--oidc-issuer needs --oidc-client-secret-file and --oidc-role.',
      {
        nextStep: 'Without a role nobody could come in: --oidc-role security-team=security',
        exitCode: ExitCode.usage,
      },
    )
  }
  return {
    issuer: oidcIssuer,
    clientId: oidcClientId,
    clientSecret: readFileSync(oidcClientSecretFile, 'utf8').trim(),
    roleClaim: oidcRoleClaim,
    roles: oidcRole,
  }
}

function option(flags: string, description: string, variable: string): Option {
  return new Option(flags, description).env(`PAVISE_OIDC_${variable}`)
}

function toUrl(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text
  throw new InvalidArgumentError('An issuer is a URL: https://login.example/realms/main')
}

function addRole(text: string, known?: ReadonlyMap<string, Role>): ReadonlyMap<string, Role> {
  const at = text.lastIndexOf('=')
  const role = roleNames.find((name) => name === text.slice(at + 1))
  if (at < 1 || role === undefined)
    throw new InvalidArgumentError(`A value of the claim, =, and one of ${roleNames.join(', ')}.`)
  return new Map([...(known ?? []), [text.slice(0, at), role]])
}
