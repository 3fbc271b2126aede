import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import type { EnforcerOptions } from '../../enforcer/enforcer.ts'
import { SocketLink } from '../../enforcer/uplink/controller-link.ts'
import { openIdentity } from '../../enforcer/uplink/join.ts'
import { NodeLink } from '../../enforcer/uplink/node-link.ts'
import { ExitCode, PaviseError } from '../../lib/errors.ts'
import { hostPortText, type HostPort } from '../host-port.ts'
import { makeFolder, usualStateFolder } from '../up/state-folder.ts'
import { enforcerLog } from './run.ts'

export interface ReachFlags {
  socket?: string
  controller?: HostPort
  join?: string
  name?: string
  stateDir?: string
}

class ReachError extends PaviseError<'CONTROLLER_NOT_NAMED'> {}

type Reached = Pick<EnforcerOptions, 'name' | 'link' | 'stateFolder'>

/**
 * The controller, on this machine or on another, which this one joins where it has not yet.
 *
 * @throws ReachError, NodeError, StateFolderError
 */
export async function reachController(flags: ReachFlags): Promise<Reached> {
  const { socket, controller } = flags
  if (controller !== undefined) return joinController(controller, flags)
  if (socket === undefined)
    throw new ReachError('CONTROLLER_NOT_NAMED', 'Nothing says where the controller is.', {
      nextStep: 'Give --controller HOST:PORT for one on another machine, or --socket for one on this.',
      exitCode: ExitCode.usage,
    })
  return { name: hostname(), link: new SocketLink(socket), stateFolder: stateFolder(flags.stateDir) }
}

async function joinController(controller: HostPort, flags: ReachFlags): Promise<Reached> {
  const usual = join(usualStateFolder(process.env, process.geteuid?.() === 0), 'node')
  const folder = stateFolder(flags.stateDir ?? usual)
  const wanted = flags.name ?? hostname()
  const identity = await openIdentity({ controller, token: flags.join, name: wanted, folder })
  const { name } = identity
  if (flags.name !== undefined && flags.name !== name)
    enforcerLog('warn', `this machine has joined as ${name}: --name ${wanted} is for when it joins anew`)
  enforcerLog('info', `node ${name} of the controller at ${hostPortText(controller)}`)
  return { name, link: new NodeLink({ controller, identity, folder, log: enforcerLog }), stateFolder: folder }
}

function stateFolder(path: string): string
function stateFolder(path: string | undefined): string | undefined
function stateFolder(path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  const folder = resolve(path)
  makeFolder(folder)
  return folder
}
