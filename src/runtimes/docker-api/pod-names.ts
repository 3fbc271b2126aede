import { podmanServiceLimits } from '../limits.ts'
import { EngineError } from '../engine/engine-error.ts'

/** Names of Podman's pods by id. A pod keeps its name. */
export class PodNames {
  readonly #ask: (pod: string) => Promise<string | undefined>
  readonly #names = new Map<string, string>()

  constructor(ask: (pod: string) => Promise<string | undefined>) {
    this.#ask = ask
  }

  /** @throws EngineError where the engine does not answer; a pod that is gone has no name. */
  async get(pod: string): Promise<string | undefined> {
    const known = this.#names.get(pod)
    if (known !== undefined) return known
    try {
      const name = await this.#ask(pod)
      if (name !== undefined) this.#keep(pod, name)
      return name
    } catch (cause) {
      if (cause instanceof EngineError && cause.code === 'status') return undefined
      throw cause
    }
  }

  #keep(pod: string, name: string): void {
    if (this.#names.size >= podmanServiceLimits.podNames) this.#names.clear()
    this.#names.set(pod, name)
  }
}
