import type { MessagePort } from 'node:worker_threads'
import type { Ancestor } from '../../kernel/process-status.ts'
import type { ProcessRecord, ProgramOrigin } from '../../model/records.ts'
import type { FileVerdict } from '../../policy/files/file-rules.ts'
import type { ProcessVerdict } from '../../policy/processes/process-verdict.ts'
import type { Profile } from '../../policy/processes/profile.ts'
import type { Suspicion } from '../../policy/processes/suspicion.ts'
import type { ImageLayers } from './image-layers.ts'
import type { UserTable } from './users.ts'

/** A container as the gate needs it. */
export interface GuardedContainer {
  workload: string
  /** Its first process, as the node counts. */
  pid: number
  /** Its engine's id of it, as control groups name it; undefined where there is none. */
  container: string | undefined
  /** Ids of the mounts in it, and of those whose file system only it has. */
  mounts: readonly number[]
  ownMounts: readonly number[]
  /** Devices of file systems that are its own: whoever reaches them from elsewhere is in it as well. */
  devices: readonly string[]
  image: ImageLayers
  users: UserTable
  profile: Profile
}

/** What the main thread tells the gate. */
export type GateOrder =
  | { kind: 'guard'; container: GuardedContainer }
  | { kind: 'profile'; workload: string; profile: Profile }
  /** Folders that files are held back in, each by its own path with those under which rules know it. */
  | { kind: 'folders'; workload: string; folders: ReadonlyMap<string, readonly string[]> }
  | { kind: 'forget'; workload: string }
  | { kind: 'stop' }

/** Who did something. Arguments are as they were given: whoever passes them on masks them. */
export interface Actor {
  pid: number
  name: string
  path: string
  arguments: string[]
  /** As the container counts users. */
  uid: number
  userName: string | undefined
  ancestors: Ancestor[]
}

/** A program that was to run, as the gate saw it. */
export interface ProgramObservation extends Actor {
  workload: string
  event: ProcessRecord['event']
  /** Ms since 1970. */
  at: number
  origin: ProgramOrigin
  verdict: ProcessVerdict
  suspicion: Suspicion | undefined
  /** It ran already, and was ended. */
  isKilled?: boolean
  /** How many starts it stands for: further ones of the same program were let through without being looked at. */
  count: number
}

/** A file that somebody opened, or was kept from opening. */
export interface OpenObservation {
  workload: string
  /** Ms since 1970. */
  at: number
  path: string
  verdict: FileVerdict
  process: Actor
  count: number
}

export type GateReport =
  | { kind: 'observed'; observations: ProgramObservation[] }
  | { kind: 'opened'; observations: OpenObservation[] }
  /** Something was let through because it could not be decided. */
  | { kind: 'undecided'; detail: string }
  /** The gate cannot go on. */
  | { kind: 'failed'; detail: string }
  | { kind: 'stopped' }

export interface GateData {
  port: MessagePort
  wakeupFd: number
  /** Descriptors of the gates of programs and of files. */
  programs: number
  files: number
  /** When it last turned, and whether it is at work: two 32-bit integers, shared. */
  pulse: SharedArrayBuffer
}
