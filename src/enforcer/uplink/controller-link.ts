import { connect, type Socket } from 'node:net'
import type { ControllerMessage, EnforcerMessage } from '../../model/enforcer-messages.ts'
import type { NodeCertificate, NodeRefusal } from '../../model/node-messages.ts'

/** How the controller is reached. */
export interface ControllerLink {
  /** Begins a connection; `opened` is called once it is known that the other side is the controller. */
  connect(opened: () => void): Socket
  /** What to tell of a connection that could not be made; undefined for what only says that nobody is there. */
  explain(error: Error): string | undefined
  /** The controller has welcomed us on this connection. */
  welcomed(send: (message: EnforcerMessage) => void): void
  /** What the controller says of the connection itself. */
  receive(message: NodeCertificate | NodeRefusal): void
  close(): void
}

/** Whether a message is about the connection and not about what is watched. */
export function isAboutLink(message: ControllerMessage): message is NodeCertificate | NodeRefusal {
  return message.kind === 'certificate' || message.kind === 'refused'
}

/** The Unix socket of a controller on this machine: who may open it is its owner. */
export class SocketLink implements ControllerLink {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  connect(opened: () => void): Socket {
    return connect(this.#path).once('connect', opened)
  }

  explain(): undefined {
    return undefined
  }

  welcomed(): void {}
  receive(): void {}
  close(): void {}
}
