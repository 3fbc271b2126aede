import { type Command, Option } from 'commander'
import { ExitCode, PaviseError } from '../lib/errors.ts'
import type { TlsChoice } from './up/api.ts'

export interface TlsFlags {
  tlsCertificate?: string
  tlsKey?: string
  http: boolean
}

class TlsOptionsError extends PaviseError<'TLS_OPTIONS'> {}

/** By which certificate browsers and programs know the API. */
export function addTlsOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--tls-certificate <file>', 'PEM; Pavise makes one for itself').env(
        'PAVISE_TLS_CERTIFICATE',
      ),
    )
    .addOption(new Option('--tls-key <file>', 'of that certificate, PEM').env('PAVISE_TLS_KEY'))
    .addOption(
      new Option('--http', 'no TLS: what is on this machine can read along')
        .env('PAVISE_HTTP')
        .default(false),
    )
}

/** @throws TlsOptionsError */
export function tlsChoice({ tlsCertificate: certificate, tlsKey: key, http }: TlsFlags): TlsChoice {
  if (certificate === undefined && key === undefined) return http ? 'none' : 'own'
  if (certificate !== undefined && key !== undefined && !http) return { certificate, key }
  throw new TlsOptionsError(
    'TLS_OPTIONS',
    '--tls-certificate and --tls-key go together, and without --http.',
    {
      exitCode: ExitCode.usage,
    },
  )
}
