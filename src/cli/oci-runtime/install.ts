import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { startsFolderIn } from '../../enforcer/held-starts.ts'
import { ExitCode, PaviseError } from '../../lib/errors.ts'
import { isExecutable, programPath } from '../../lib/program-path.ts'
import { wrapperMark, wrapperScript } from '../../runtimes/starts/wrapper-script.ts'
import { enforcerFolderIn } from '../up/state-folder.ts'

export interface InstallFlags {
  path: string
  runtime: string
  onFailure: 'open' | 'closed'
  stateDir: string
}

type Code = 'RUNTIME_NOT_FOUND' | 'NOT_OURS' | 'NOT_WRITABLE'

class OciRuntimeError extends PaviseError<Code> {}

/** A little longer than the enforcer takes at most. */
const timeoutSeconds = 3

/** Writes the runtime. @returns its path @throws OciRuntimeError */
export function installWrapper({ path, runtime, onFailure, stateDir }: InstallFlags): string {
  const own = resolve(path)
  requireOurs(own)
  const program = programAt(runtime)
  if (program === undefined || program === own)
    throw new OciRuntimeError('RUNTIME_NOT_FOUND', `${runtime} is no program on this machine.`, {
      nextStep: 'name the runtime that your engine uses, for instance --runtime /usr/sbin/runc',
      exitCode: ExitCode.usage,
    })
  const folder = startsFolderIn(enforcerFolderIn(stateDir))
  write(own, wrapperScript({ runtime: program, folder, onFailure, timeoutSeconds }))
  return own
}

/** @returns whether it was there @throws OciRuntimeError */
export function removeWrapper(path: string): boolean {
  const own = resolve(path)
  requireOurs(own)
  const isThere = existsSync(own)
  rmSync(own, { force: true })
  return isThere
}

/** How engines are told of a runtime, for people. */
export function engineLines(path: string): string {
  return `Docker      /etc/docker/daemon.json:
              {"runtimes": {"pavise": {"path": "${path}"}}, "default-runtime": "pavise"}
Podman      /etc/containers/containers.conf:
              [engine]
              runtime = "${path}"
containerd  /etc/containerd/config.toml, for Kubernetes:
              [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
              BinaryName = "${path}"
`
}

function requireOurs(path: string): void {
  if (!existsSync(path) || readFileSync(path, 'utf8').includes(wrapperMark)) return
  throw new OciRuntimeError('NOT_OURS', `${path} is there, and Pavise did not write it.`, {
    nextStep: 'name another file with --path',
    exitCode: ExitCode.usage,
  })
}

/** In one step: an engine may run it at any moment. */
function write(path: string, text: string): void {
  const made = `${path}.${process.pid}`
  try {
    writeFileSync(made, text)
    chmodSync(made, 0o755)
    renameSync(made, path)
  } catch (cause) {
    throw new OciRuntimeError('NOT_WRITABLE', `${path} cannot be written: ${(cause as Error).message}`, {
      cause,
      nextStep: 'run it as root, or name another file with --path',
      exitCode: ExitCode.unreachable,
    })
  }
}

function programAt(name: string): string | undefined {
  if (isAbsolute(name)) return isExecutable(name) ? name : undefined
  return programPath(name)
}
