import type { RuntimeName, WorkloadEvent } from '../model/workload.ts'
import type { ContainerStart } from './starts/container-start.ts'

export type WorkloadListener = (event: WorkloadEvent) => void

/** One engine. */
export interface RuntimeAdapter {
  readonly name: RuntimeName
  /**
   * Watches until stopped; reconnects by itself with back-off; says `absent` when there is no socket (and looks again
   * now and then), `connected` after the first full listing, `lost` when it goes away. Never rejects. Resolves after
   * the first attempt: what runs has been listed, or the engine is absent.
   */
  start(listener: WorkloadListener): Promise<void>
  /** Nothing is reported any more once this was called. */
  stop(): Promise<void>
}

/** One that runs containers. */
export interface EngineAdapter extends RuntimeAdapter {
  /** A container is about to start: it is told of before this resolves, where it is this engine's. Never rejects. */
  starting(start: ContainerStart): Promise<void>
}
