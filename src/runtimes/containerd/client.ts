import { join } from 'node:path'
import type {
  Client,
  ClientReadableStream,
  GrpcObject,
  Metadata,
  ServiceClientConstructor,
} from '@grpc/grpc-js'
import { EngineError } from '../engine/engine-error.ts'
import { engineLimits } from '../limits.ts'

/** Services that are used; a file of `api/` each. */
const services = ['containers', 'tasks', 'namespaces', 'events', 'version'] as const
type ServiceName = (typeof services)[number]

export interface ContainerMessage {
  id: string
  labels: Record<string, string>
  image: string
}

export interface ProcessMessage {
  id: string
  pid: number
  /** Name of the state. */
  status: string
}

export interface EventMessage {
  namespace: string
  topic: string
  event: { value: Uint8Array } | null
}

type Answer = (error: Error | null, answer: unknown) => void
type Method = (request: object, metadata: Metadata, options: { deadline: number }, answer: Answer) => void
type StreamMethod = (request: object, metadata: Metadata) => ClientReadableStream<EventMessage>

/** Codes of gRPC that are answers about one thing, not about the engine. */
const notFound = 5

/** containerd's API over its socket. gRPC is loaded when the first one is made. */
export class ContainerdClient {
  readonly #clients: Readonly<Record<ServiceName, Client>>
  readonly #metadata: (namespace: string) => Metadata
  #events: ClientReadableStream<EventMessage> | undefined

  private constructor(
    clients: Readonly<Record<ServiceName, Client>>,
    metadata: (namespace: string) => Metadata,
  ) {
    this.#clients = clients
    this.#metadata = metadata
  }

  static async connect(socketPath: string): Promise<ContainerdClient> {
    const [grpc, loader] = await Promise.all([import('@grpc/grpc-js'), import('@grpc/proto-loader')])
    const files = services.map((name) => join(import.meta.dirname, 'api', `${name}.proto`))
    const definition = await loader.load(files, { defaults: true, enums: String })
    const api = grpc.loadPackageDefinition(definition)
    const options = {
      // Else the path of the socket is sent as the host, which containerd refuses.
      'grpc.default_authority': 'localhost',
      'grpc.max_receive_message_length': engineLimits.listBytes,
      'grpc.enable_retries': 0,
    }
    const make = (name: ServiceName): Client =>
      new (serviceOf(api, name))(`unix://${socketPath}`, grpc.credentials.createInsecure(), options)
    const clients = Object.fromEntries(services.map((name) => [name, make(name)]))
    const metadata = (namespace: string) => {
      const made = new grpc.Metadata()
      if (namespace !== '') made.set('containerd-namespace', namespace)
      return made
    }
    return new ContainerdClient(clients as Record<ServiceName, Client>, metadata)
  }

  async version(): Promise<string> {
    const { version } = (await this.#ask('version', 'Version', '', {})) as { version: string }
    return version
  }

  async namespaces(): Promise<string[]> {
    const answer = await this.#ask('namespaces', 'List', '', {})
    return (answer as { namespaces: { name: string }[] }).namespaces.map(({ name }) => name)
  }

  async containers(namespace: string): Promise<ContainerMessage[]> {
    const answer = await this.#ask('containers', 'List', namespace, {})
    return (answer as { containers: ContainerMessage[] }).containers
  }

  async processes(namespace: string): Promise<ProcessMessage[]> {
    const answer = await this.#ask('tasks', 'List', namespace, {})
    return (answer as { tasks: ProcessMessage[] }).tasks
  }

  /** Undefined where there is none of this name. */
  async container(namespace: string, id: string): Promise<ContainerMessage | undefined> {
    const answer = await this.#askIfThere('containers', namespace, { id })
    return (answer as { container: ContainerMessage } | undefined)?.container
  }

  /** Its first process; undefined where none was made or it was deleted. */
  async process(namespace: string, id: string): Promise<ProcessMessage | undefined> {
    const answer = await this.#askIfThere('tasks', namespace, { containerId: id })
    return (answer as { process: ProcessMessage } | undefined)?.process
  }

  /** Resolves, with the reason, when there are no more events. */
  async events(filters: readonly string[], take: (event: EventMessage) => void): Promise<EngineError> {
    const client = this.#clients.events as unknown as { Subscribe: StreamMethod }
    const stream = client.Subscribe({ filters }, this.#metadata(''))
    this.#events = stream
    return new Promise((resolve) => {
      stream.on('data', take)
      stream.on('error', (error) => resolve(toEngineError(error)))
      stream.on('end', () => resolve(new EngineError('ended', 'it ended the stream of events')))
    })
  }

  /** A call that goes on would keep its connection, and the program. */
  close(): void {
    this.#events?.cancel()
    for (const client of Object.values(this.#clients)) client.close()
  }

  async #askIfThere(service: ServiceName, namespace: string, request: object): Promise<unknown> {
    try {
      return await this.#ask(service, 'Get', namespace, request)
    } catch (cause) {
      if (cause instanceof EngineError && cause.status === notFound) return undefined
      throw cause
    }
  }

  async #ask(service: ServiceName, method: string, namespace: string, request: object): Promise<unknown> {
    const client = this.#clients[service] as unknown as Record<string, Method>
    const options = { deadline: Date.now() + engineLimits.requestMs }
    return new Promise((resolve, reject) => {
      client[method](request, this.#metadata(namespace), options, (error, answer) => {
        if (error) reject(toEngineError(error))
        else resolve(answer)
      })
    })
  }
}

function serviceOf(api: GrpcObject, name: ServiceName): ServiceClientConstructor {
  const path = ['containerd', 'services', name, 'v1']
  const found = path.reduce((within, part) => within[part] as GrpcObject, api)
  return found[name[0].toUpperCase() + name.slice(1)] as ServiceClientConstructor
}

function toEngineError(cause: Error): EngineError {
  const { code = 0 } = cause as { code?: number }
  // 14 is UNAVAILABLE: nothing listens, or what did has gone.
  return new EngineError(code === notFound ? 'status' : code === 14 ? 'refused' : 'ended', cause.message, {
    status: code,
    cause,
  })
}
