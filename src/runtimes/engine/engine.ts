import type { RuntimeName } from '../../model/workload.ts'
import type { ContainerStart } from '../starts/container-start.ts'
import type { ContainerDetails, ContainerTable } from './container-table.ts'
import type { EngineError } from './engine-error.ts'

/** One connection to an engine, from its first answer until it is lost. */
export interface EngineConnection {
  /**
   * Resolves when all that runs has been told, with what the engine is, for people.
   *
   * @throws EngineError
   */
  open(): Promise<string>
  /** Resolves, with the reason, when the engine does not answer as it should any more. */
  readonly lost: Promise<EngineError>
  /** Something may have happened of which the engine has not told yet. */
  relistSoon(): void
  /**
   * What the engine knows of a container that is about to start; undefined where it is not its own. Asked in a way that the engine
   * answers while it starts it.
   *
   * @throws EngineError
   */
  starting(start: ContainerStart): Promise<ContainerDetails | undefined>
  close(): void
}

/** A kind of engine that listens on sockets. */
export interface EngineKind {
  readonly runtime: RuntimeName
  /** What runs goes into the table, which tells of it. */
  connect(socketPath: string, table: ContainerTable): EngineConnection
}
