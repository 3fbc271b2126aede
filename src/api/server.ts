import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import type { Accounts } from '../accounts/accounts.ts'
import { nobody } from '../accounts/caller.ts'
import type { Controller } from '../controller/controller.ts'
import { Detectors } from '../controller/detectors/detectors.ts'
import { PaviseError } from '../lib/errors.ts'
import { toJsonText } from '../lib/json-text.ts'
import type { Log } from '../lib/log.ts'
import { noSensors, type SensorDefinitions } from '../personal-data/custom/definition.ts'
import { Authentication, type Identity } from './authentication.ts'
import { ConsoleFiles } from './console-files.ts'
import type { Operation } from './contract/operation.ts'
import { operations } from './contract/operations.ts'
import { guard, headers, isStillIn } from './guard.ts'
import { IdempotentAnswers } from './idempotency.ts'
import { serverLimits } from './limits.ts'
import { LocalListener } from './local-listener.ts'
import { notFound, sendProblem, toProblem } from './problem.ts'
import { addRoute, type Route, type RouteHost } from './route.ts'
import type { ServerCertificate } from './tls/server-certificate.ts'
import { accountRoutes } from './routes/accounts.ts'
import { attackExceptionRoutes } from './routes/attack-exceptions.ts'
import { auditRoutes } from './routes/audit.ts'
import { caseRoutes } from './routes/cases.ts'
import { captureRoutes } from './routes/captures.ts'
import { responseRoutes } from './routes/responses.ts'
import { detectionRoutes } from './routes/detection.ts'
import { evidenceRoutes } from './routes/evidence.ts'
import { addEventStream } from './routes/events.ts'
import { policyReadingRoutes } from './routes/policy.ts'
import { policyChangingRoutes } from './routes/policy-changes.ts'
import { LogIn } from './routes/log-in.ts'
import { nodeRoutes } from './routes/nodes.ts'
import { passkeyRoutes } from './routes/passkeys.ts'
import { providerRoutes } from './routes/provider.ts'
import { reportRoutes } from './routes/reports.ts'
import { type StartedOption, settingsRoutes } from './routes/settings.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { privacyRoutes } from './routes/privacy.ts'
import { summaryRoutes } from './routes/summaries.ts'
import { systemRoutes } from './routes/system.ts'
import { trafficRoutes } from './routes/traffic.ts'

export interface ApiOptions {
  controller: Controller
  accounts: Accounts
  version: string
  /** 0 for any that is free. */
  port: number
  /** With what it shows who it is; null for HTTP in the clear, which stays on the loopback. */
  tls: Pick<ServerCertificate, 'certificate' | 'key'> | null
  /** Where it listens besides, for the command line. */
  socketPath: string
  /** Folder of the built console; where there is none, its screens are not there. */
  consoleFolder: string
  /** Recognisers and rules that are looked for besides those built in; none where they are left out. */
  sensors?: SensorDefinitions
  /** What the program was started with, to be shown. */
  startedWith?: readonly StartedOption[]
  log: Log
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation
  }
}

/** The API on the loopback address, and on a socket in the state folder. */
export class ApiServer {
  readonly url: string
  readonly #server: FastifyInstance

  private constructor(server: FastifyInstance, url: string) {
    this.#server = server
    this.url = url
  }

  /** @throws ApiError where the port cannot be had, SocketError where the socket cannot */
  static async start(options: ApiOptions): Promise<ApiServer> {
    const { log, tls } = options
    const server = fastify({ ...serverOptions, ...tlsOptions(tls), frameworkErrors: frameworkErrors(log) })
    const local = new LocalListener(server, options.socketPath)
    build(server, local, options)
    try {
      const url = await listen(server, options.port)
      await local.listen()
      return new ApiServer(server, url)
    } catch (error) {
      await server.close()
      throw error
    }
  }

  /** Ends what is open, event streams included. */
  async close(): Promise<void> {
    await this.#server.close()
  }
}

async function listen(server: FastifyInstance, port: number): Promise<string> {
  try {
    return await server.listen({ host: '127.0.0.1', port })
  } catch (error) {
    throw explainListenError(error as NodeJS.ErrnoException, port)
  }
}

class ApiError extends PaviseError<'PORT_TAKEN' | 'PORT_UNAVAILABLE'> {}

function explainListenError(error: NodeJS.ErrnoException, port: number): ApiError {
  const options = { cause: error, nextStep: 'Choose another with --port, or --port 0 for any that is free.' }
  return error.code === 'EADDRINUSE'
    ? new ApiError('PORT_TAKEN', `Port ${port} on 127.0.0.1 is in use.`, options)
    : new ApiError('PORT_UNAVAILABLE', `Port ${port} on 127.0.0.1: ${error.message}`, options)
}

const serverOptions = {
  bodyLimit: serverLimits.bodyBytes,
  requestTimeout: serverLimits.requestMs,
  connectionTimeout: serverLimits.silenceMs,
  keepAliveTimeout: serverLimits.keepAliveMs,
  forceCloseConnections: true,
  // A parameter that is not known is refused, not taken out.
  ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: true } },
} satisfies FastifyServerOptions

/** Typed as without: whether the server below speaks TLS makes no difference to routes. */
function tlsOptions(tls: ApiOptions['tls']): FastifyServerOptions {
  const checks = { connectionsCheckingInterval: serverLimits.checkMs }
  if (!tls) return { http: checks } as FastifyServerOptions
  const https = { ...checks, cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.2' as const }
  return { https } as FastifyServerOptions
}

function frameworkErrors(log: Log) {
  return (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
    void sendProblem(reply, toProblem(error, log))
  }
}

function build(server: FastifyInstance, local: LocalListener, options: ApiOptions): void {
  const { log, controller, accounts } = options
  const isLocal = (request: FastifyRequest) => local.owns(request.raw.socket)
  const authentication = new Authentication({ signIn: accounts.signIn, isLocal, tls: options.tls !== null })
  const identities = new WeakMap<FastifyRequest, Identity>()
  const host: RouteHost = {
    server,
    audit: controller.store.audit,
    identityOf: (request) => identities.get(request) ?? { caller: nobody, identified: null },
    now: Date.now,
    answers: new IdempotentAnswers(),
  }
  server.server.maxConnections = serverLimits.connections
  server.removeContentTypeParser('text/plain') // A form of another site can send that, but no JSON.
  server.setReplySerializer((payload) => toJsonText(payload))
  guard(host, { authentication, identities, isLocal })
  server.addHook('preClose', () => local.close())
  const detectors = new Detectors(options.sensors ?? noSensors)
  server.addHook('onClose', () => detectors.close())
  server.setErrorHandler((error: FastifyError, _request, reply) => sendProblem(reply, toProblem(error, log)))
  server.setNotFoundHandler((request, reply) => sendProblem(reply, notFound(methodsOf(request))))
  const url = () => server.listeningOrigin
  for (const route of routes(options, authentication, url)) addRoute(host, route)
  for (const route of settingsRoutes(detectors, options.startedWith ?? [])) addRoute(host, route)
  for (const route of detectionRoutes(controller, detectors)) addRoute(host, route)
  for (const route of captureRoutes(controller, detectors)) addRoute(host, route)
  ConsoleFiles.load(options.consoleFolder)?.addTo(server, screens)
  addEventStream(host, {
    controller,
    headers,
    isStillIn: (request) => isStillIn(authentication, request),
  })
}

/** Addresses of the console, each of which gives its page: it tells them apart itself. */
const screens = [
  ...['/', '/login', '/flows', '/network', '/workload', '/events'],
  ...['/incidents', '/incidents/:id', '/compliance', '/evidence', '/settings', '/account'],
]

/** Methods that the path of a request takes. */
function methodsOf({ url }: FastifyRequest): string[] {
  const segments = url.split('?', 1)[0].split('/')
  const matching = Object.values<Operation>(operations).filter(({ path }) => {
    const wanted = path.split('/')
    return (
      wanted.length === segments.length && wanted.every((part, i) => part[0] === ':' || part === segments[i])
    )
  })
  const methods = new Set(matching.map(({ method }) => method as string))
  return [...methods].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
}

function routes(
  { controller, accounts, version }: ApiOptions,
  authentication: Authentication,
  url: () => string,
): Route[] {
  const logIn = new LogIn(accounts.signIn, authentication)
  return [
    ...trafficRoutes(controller.store),
    ...summaryRoutes(controller.store),
    ...systemRoutes(controller, version),
    ...sessionRoutes(accounts, authentication, logIn),
    ...passkeyRoutes(accounts.passkeys, logIn),
    ...providerRoutes({ oidc: accounts.oidc, authentication, logIn }),
    ...accountRoutes(accounts, url),
    ...auditRoutes(controller.store.audit),
    ...policyReadingRoutes(controller),
    ...policyChangingRoutes(controller),
    ...evidenceRoutes(controller),
    ...caseRoutes(controller.cases),
    ...reportRoutes(controller),
    ...privacyRoutes(controller),
    ...nodeRoutes(controller),
    ...attackExceptionRoutes(controller),
    ...responseRoutes(controller),
  ]
}
