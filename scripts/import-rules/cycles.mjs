/**
 * The groups of modules that import each other in a circle (Tarjan's strongly connected components).
 *
 * @param {Map<string, string[]>} graph imports by module
 * @returns {string[][]} each sorted; none where there is no cycle
 */
export function findCycles(graph) {
  /** @type {Map<string, { order: number, low: number, open: boolean }>} */
  const seen = new Map()
  /** @type {string[]} */
  const open = []
  /** @type {string[][]} */
  const cycles = []

  /** @param {string} module */
  function enter(module) {
    const state = { order: seen.size, low: seen.size, open: true }
    seen.set(module, state)
    open.push(module)
    for (const target of graph.get(module) ?? []) {
      const known = seen.get(target)
      if (known === undefined) state.low = Math.min(state.low, enter(target).low)
      else if (known.open) state.low = Math.min(state.low, known.order)
    }
    if (state.low === state.order) close(module)
    return state
  }

  /** @param {string} module the first of its component that was entered */
  function close(module) {
    const component = open.splice(open.indexOf(module))
    for (const member of component) Object.assign(seen.get(member) ?? {}, { open: false })
    if (component.length > 1 || graph.get(module)?.includes(module)) cycles.push(component.toSorted())
  }

  for (const module of graph.keys()) if (!seen.has(module)) enter(module)
  return cycles
}
