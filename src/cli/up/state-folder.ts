import { chmodSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { PaviseError } from '../../lib/errors.ts'

/** The files of one Pavise on this machine. */
export interface StateFolder {
  path: string
  store: string
  hashKey: string
  /** What signs evidence, and what its contents are encrypted with. */
  evidence: { signingKey: string; bodyKeys: string }
  /** Recorded packets, and the key that opens them. */
  captures: { folder: string; key: string }
  /** The certificate that Pavise makes for itself. */
  tls: { certificate: string; key: string }
  socket: string
  /** By which nodes of other machines know the controller. */
  nodes: string
  /** On which the API answers the command line. */
  apiSocket: string
  /** The enforcer's own, for the policy that it goes on with. */
  enforcer: string
  /** Removes what is of use only while Pavise runs. */
  clean: () => void
}

class StateFolderError extends PaviseError<'STATE_FOLDER_UNUSABLE'> {}

/** `/var/lib/pavise` for root, else by the XDG base directory specification: `$XDG_STATE_HOME/pavise`. */
export function usualStateFolder(environment: NodeJS.ProcessEnv, isRoot: boolean): string {
  if (isRoot) return '/var/lib/pavise'
  const { XDG_STATE_HOME: xdg } = environment
  // The specification: a path that is not absolute is to be ignored.
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(homedir(), '.local', 'state')
  return join(base, 'pavise')
}

/** Where the API of the Pavise on that state folder answers the command line. */
export function apiSocketIn(stateDir: string): string {
  return join(resolve(stateDir), 'run', 'api.sock')
}

/** The enforcer's own. */
export function enforcerFolderIn(stateDir: string): string {
  return join(resolve(stateDir), 'enforcer')
}

/** Where `pavise sensors add` keeps files. */
export function keptSensorsIn(stateDir: string): string {
  return join(resolve(stateDir), 'sensors')
}

/** Paths of all sensors: those that were added, and those named. */
export function sensorPaths(stateDir: string, named: readonly string[] = []): string[] {
  const kept = keptSensorsIn(stateDir)
  return existsSync(kept) ? [kept, ...named] : [...named]
}

/**
 * Makes the folder, its owner's only. One that is there keeps its mode, for it may be anyone's; but where all may
 * write, all could put their own files under our names.
 *
 * @throws StateFolderError
 */
export function openStateFolder(path: string): StateFolder {
  const folder = resolve(path)
  const run = join(folder, 'run')
  try {
    makeFolder(folder)
    if ((statSync(folder).mode & 0o002) !== 0) throw new Error('everyone may write to it')
    makeFolder(run)
    chmodSync(run, 0o700)
  } catch (error) {
    throw new StateFolderError('STATE_FOLDER_UNUSABLE', `${folder}: ${(error as Error).message}`, {
      cause: error,
      nextStep: 'Choose another folder with --state-dir, one that only this user may write to.',
    })
  }
  return {
    path: folder,
    store: join(folder, 'pavise.db'),
    hashKey: join(folder, 'hash.key'),
    evidence: { signingKey: join(folder, 'evidence.key'), bodyKeys: join(folder, 'evidence-bodies.keys') },
    captures: { folder: join(folder, 'captures'), key: join(folder, 'captures.key') },
    tls: { certificate: join(folder, 'certificate.pem'), key: join(folder, 'certificate.key') },
    socket: join(run, 'controller.sock'),
    nodes: join(folder, 'nodes'),
    apiSocket: apiSocketIn(folder),
    enforcer: enforcerFolderIn(folder),
    clean: () => rmSync(run, { recursive: true, force: true }),
  }
}

/**
 * A folder with those above it, each its owner's only. Not `mkdirSync` with `recursive`: Node 24 never returns from
 * that where a file system refuses with ENOENT in a folder that is there, as /proc does.
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return
  if (!existsSync(dirname(path))) makeFolder(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}
