import type { ContainerDetails } from '../engine/container-table.ts'
import { EngineError } from '../engine/engine-error.ts'

/** What is asked of an answer; anything else in it is left unread, so that newer engines go on being understood. */
export interface EngineVersion {
  apiVersion: string
  minApiVersion: string
  /** Version of Podman's own API, undefined for Docker. */
  podman: string | undefined
}

/** What happened to which container. `at` is in ms since 1970. */
export interface ContainerEvent {
  container: string
  at: number
}

type Json = Readonly<Record<string, unknown>>

/** @throws EngineError `malformed` */
export function readVersion(answer: unknown): EngineVersion {
  const version = record(answer)
  const apiVersion = text(version.ApiVersion)
  if (!/^\d+\.\d+$/.test(apiVersion)) throw malformed('version')
  const engine = list(version.Components)
    .map(record)
    .find(({ Name }) => Name === 'Podman Engine')
  const podman = engine === undefined ? undefined : text(engine.Version)
  return { apiVersion, minApiVersion: text(version.MinAPIVersion), podman }
}

/** Ids of a list of containers. @throws EngineError `malformed` */
export function readIds(answer: unknown): string[] {
  if (!Array.isArray(answer)) throw malformed('list of containers')
  const ids = answer.map((entry) => text(record(entry).Id))
  if (!ids.every(isId)) throw malformed('list of containers')
  return ids
}

/** Docker's and Podman's own form, which differ in few names. @throws EngineError `malformed` */
export function readContainer(answer: unknown): ContainerDetails {
  const container = record(answer)
  const state = record(container.State)
  const config = record(container.Config)
  const id = text(container.Id)
  if (!isId(id) || typeof state.Pid !== 'number') throw malformed('description of a container')
  const pid = Number.isSafeInteger(state.Pid) && state.Pid > 0 ? state.Pid : 0
  const image = text(container.ImageName) || text(config.Image)
  return {
    id,
    name: text(container.Name).replace(/^\//, '') || id.slice(0, 12),
    image: image === '' ? null : image,
    labels: labels(config.Labels),
    pid,
    isRunning: pid > 0 && (state.Running === true || state.Paused === true),
    startedAt: time(text(state.StartedAt)),
    networkMode: text(record(container.HostConfig).NetworkMode),
    addresses: addresses(record(container.NetworkSettings)),
    pod: text(container.Pod) || undefined,
  }
}

/** One of a list of containers, as the list describes it: it does not say whether it runs. @throws EngineError `malformed` */
export function readListed(answer: unknown, id: string): ContainerDetails | undefined {
  if (!Array.isArray(answer)) throw malformed('list of containers')
  const container = answer.map(record).find(({ Id }) => Id === id)
  if (container === undefined) return undefined
  const image = text(container.Image)
  return {
    id,
    name: text(list(container.Names)[0]).replace(/^\//, '') || id.slice(0, 12),
    image: image === '' ? null : image,
    labels: labels(container.Labels),
    ...{ pid: 0, isRunning: false, startedAt: time('') },
    networkMode: text(record(container.HostConfig).NetworkMode),
    addresses: addresses(record(container.NetworkSettings)),
    pod: undefined,
  }
}

/** Name of a Podman pod. */
export function readPodName(answer: unknown): string | undefined {
  return text(record(answer).Name) || undefined
}

/** The container that an event is about; undefined for one that is about none. @throws EngineError `malformed` */
export function readEvent(line: string): ContainerEvent | undefined {
  const event = parse(line)
  const actor = record(event.Actor)
  const container = event.Type === 'network' ? text(record(actor.Attributes).container) : text(actor.ID)
  if ((event.Type !== 'container' && event.Type !== 'network') || !isId(container)) return undefined
  const seconds = typeof event.time === 'number' ? event.time * 1000 : Date.now()
  // Nanoseconds since 1970 exceed what a double holds exactly, by less than a microsecond.
  return { container, at: typeof event.timeNano === 'number' ? event.timeNano / 1e6 : seconds }
}

/** A time that is none, or Go's zero, becomes 1970: the order of starts stays what it is. */
function time(value: string): string {
  const ms = Date.parse(value)
  return new Date(Number.isFinite(ms) ? Math.max(ms, 0) : 0).toISOString()
}

/** Docker leaves the addresses of the default bridge in both places. */
function addresses(settings: Json): string[] {
  const networks = [settings, ...Object.values(record(settings.Networks)).map(record)]
  const found = networks.flatMap((network) => [text(network.IPAddress), text(network.GlobalIPv6Address)])
  return [...new Set(found.filter((address) => address !== ''))]
}

function labels(value: unknown): Record<string, string> {
  const entries = Object.entries(record(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.fromEntries(entries)
}

function parse(line: string): Json {
  try {
    return record(JSON.parse(line))
  } catch (cause) {
    throw new EngineError('malformed', 'an event is not JSON', { cause })
  }
}

/** Becomes part of a path. */
function isId(value: string): boolean {
  return /^[0-9a-f]{12,128}$/.test(value)
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function malformed(what: string): EngineError {
  return new EngineError('malformed', `its ${what} could not be read`)
}
