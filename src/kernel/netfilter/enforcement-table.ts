import { inNetworkNamespace } from '../namespaces.ts'
import { addressMaps } from './address-maps.ts'
import { chains, type EnforcementOptions, hookChains, rules } from './enforcement-rules.ts'
import { Hook } from './nf-tables.ts'
import { FALLBACK_CHAINS, GENERATION_COUNTER, QUARANTINE_CHAIN, QUEUED_COUNTER, TABLE } from './names.ts'
import { Transaction } from './transaction.ts'

/**
 * Outgoing packets are taken before addresses are translated (`NF_IP_PRI_NAT_DST` is -100) and incoming ones after they
 * have been translated back (`NF_IP_PRI_NAT_SRC` is 100): a workload whose connections are redirected to a proxy beside
 * it is seen as it meant them, in both directions, and before the proxy encrypts.
 */
const Priority = { output: -150, afterOutput: -149, input: 150, afterInput: 151 } as const

/**
 * Puts our rules in place in a network namespace, all at once, in place of those of ours that are there; the address maps are empty
 * then. Packets that wait in the queue keep waiting.
 * @param path of the namespace
 * @throws {KernelError} where the kernel refuses; nothing has changed then
 */
export function putEnforcement(path: string, options: EnforcementOptions): void {
  const transaction = new Transaction(TABLE)
  transaction.addTable()
  transaction.addBaseChain({ name: 'output', hook: Hook.localOut, priority: Priority.output })
  transaction.addBaseChain({ name: 'after-output', hook: Hook.localOut, priority: Priority.afterOutput })
  transaction.addBaseChain({ name: 'input', hook: Hook.localIn, priority: Priority.input })
  transaction.addBaseChain({ name: 'after-input', hook: Hook.localIn, priority: Priority.afterInput })
  for (const chain of [...chains, QUARANTINE_CHAIN, ...Object.values(FALLBACK_CHAINS)])
    transaction.addChain(chain)
  for (const map of addressMaps) transaction.addVerdictMap(map)
  transaction.addCounter(QUEUED_COUNTER)
  transaction.deleteRules()
  for (const { name } of addressMaps) transaction.clearMap(name)
  if (!options.isQuarantined) transaction.deleteChain(QUARANTINE_CHAIN)
  for (const [chain, ...expressions] of rules(options)) transaction.addRule(chain, expressions)
  setGeneration(transaction, options.generation)
  inNetworkNamespace(path, () => transaction.commit('put rules of nf_tables in place'))
}

/**
 * What was decided about connections until now holds no more: each is asked about again at its next packet. Our rules are there, and what
 * the address maps say stays.
 * @param options those that hold, with another generation
 * @throws {KernelError} where the kernel refuses; nothing has changed then
 */
export function beginGeneration(path: string, options: EnforcementOptions): void {
  const transaction = new Transaction(TABLE)
  for (const chain of [...hookChains, ...chains]) transaction.deleteRules(chain)
  for (const [chain, ...expressions] of rules(options)) transaction.addRule(chain, expressions)
  setGeneration(transaction, options.generation)
  inNetworkNamespace(path, () => transaction.commit('begin a generation of decisions'))
}

function setGeneration(transaction: Transaction, generation: number): void {
  transaction.addCounter(GENERATION_COUNTER) // Or to delete one that is not there would fail.
  transaction.deleteCounter(GENERATION_COUNTER)
  transaction.addCounter(GENERATION_COUNTER, generation)
}

/**
 * Takes our table out of a network namespace, with all that is in it. Does nothing where there is none.
 * @throws {KernelError}
 */
export function removeEnforcement(path: string): void {
  const transaction = new Transaction(TABLE)
  transaction.addTable() // Or to delete one that is not there would fail.
  transaction.deleteTable()
  inNetworkNamespace(path, () => transaction.commit('remove rules of nf_tables'))
}
