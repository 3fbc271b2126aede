import { Accounts } from '../../accounts/accounts.ts'
import type { OidcOptions } from '../../accounts/oidc.ts'
import { consoleFolder } from '../../api/console-files.ts'
import type { StartedOption } from '../../api/routes/settings.ts'
import { ApiServer } from '../../api/server.ts'
import {
  type CertificateFiles,
  ownCertificate,
  readCertificate,
  type ServerCertificate,
} from '../../api/tls/server-certificate.ts'
import type { Controller } from '../../controller/controller.ts'
import type { Log } from '../../lib/log.ts'
import type { SensorDefinitions } from '../../personal-data/custom/definition.ts'
import type { StateFolder } from './state-folder.ts'

/** Files of a certificate; `own` for the one that Pavise makes, `none` for HTTP in the clear. */
export type TlsChoice = CertificateFiles | 'own' | 'none'

export interface ApiChoices {
  version: string
  port: number
  tls: TlsChoice
  oidc: OidcOptions | null
  /** Recognisers and rules of users. */
  sensors: SensorDefinitions
  /** To be shown. */
  startedWith: readonly StartedOption[]
}

export interface UpApi {
  server: ApiServer
  /** What is to be said to who has started it: how to log in, where nobody can yet. */
  welcome: string[]
}

/** @throws ApiError, SocketError, CertificateError */
export async function startApi(
  { version, port, tls, oidc, sensors, startedWith }: ApiChoices,
  folder: StateFolder,
  controller: Controller,
  log: Log,
): Promise<UpApi> {
  const certificate = tls === 'none' ? null : certificateOf(tls, folder)
  const accounts = new Accounts(controller.store.accounts, Date.now, oidc)
  const socketPath = folder.apiSocket
  const server = await ApiServer.start({
    ...{ controller, accounts, version, port, socketPath, consoleFolder, sensors, startedWith, log },
    tls: certificate,
  })
  const link = await accounts.firstLink()
  return { server, welcome: link === null ? [] : welcomeText(`${server.url}/login#${link}`, certificate) }
}

function certificateOf(files: CertificateFiles | 'own', folder: StateFolder): ServerCertificate {
  return files === 'own' ? ownCertificate(folder.tls, Date.now()) : readCertificate(files)
}

function welcomeText(url: string, certificate: ServerCertificate | null): string[] {
  const lines = ['Nobody can log in yet. This link makes you the administrator, once, within an hour:', url]
  if (!certificate) return lines
  const compare =
    'The browser does not know its certificate. Go on if the SHA-256 fingerprint that it shows is'
  return [...lines, compare, certificate.fingerprint]
}
