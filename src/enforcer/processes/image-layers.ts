import { lstatSync } from 'node:fs'
import type { FileStatus } from '../../kernel/file-status.ts'
import { overlayFolders, type Mount } from '../../kernel/mountinfo.ts'
import type { ProgramOrigin } from '../../model/records.ts'
import { processLimits } from './limits.ts'

/** Where the files of a container's image are: plain data. */
export type ImageLayers =
  | { kind: 'overlay'; mount: number; device: string; lower: string[]; upper: string | undefined }
  /** All in one folder: what changed since the container began is not the image's. `since` in whole seconds since 1970. */
  | { kind: 'plain'; mount: number; device: string; since: number }

/**
 * @param root the mount that is the container's root
 * @param node mounts of the node, for an overlay whose folders are relative to where its engine stood
 * @param startedAt ms since 1970
 */
export function imageLayers(root: Mount, node: readonly Mount[], startedAt: number): ImageLayers {
  const { id: mount, device } = root
  const folders = overlayFolders(root)
  const base = folders === undefined ? undefined : overlayBase(root, node)
  const absolute = (folder: string) => (folder.startsWith('/') ? folder : `${base}/${folder}`)
  const all = folders === undefined ? [] : [...folders.lower, folders.upper ?? '/']
  const isKnown = all.length > 0 && (base !== undefined || all.every((folder) => folder.startsWith('/')))
  if (folders === undefined || !isKnown || folders.lower.length > processLimits.layers)
    return { kind: 'plain', mount, device, since: Math.floor(startedAt / 1000) }
  const upper = folders.upper === undefined ? undefined : absolute(folders.upper)
  return { kind: 'overlay', mount, device, lower: folders.lower.map(absolute), upper }
}

/**
 * Docker mounts a long list of layers from within `<data root>/overlay2`, so that its folders are relative to that: it is two above
 * where the node has the same file system mounted (`<data root>/overlay2/<id>/merged`).
 */
function overlayBase({ device }: Mount, node: readonly Mount[]): string | undefined {
  const point = node.find((mount) => mount.device === device && mount.point.endsWith('/merged'))?.point
  return point?.split('/').slice(0, -2).join('/')
}

/**
 * Where the file that `status` is of came from. Never opens it. A file of the upper layer is not as the image brought it, nor is one
 * that no lower layer has: paths that change while we look lead to one of both.
 * @param path from the container's root, all links followed
 */
export function originOf(image: ImageLayers, path: string, status: FileStatus): ProgramOrigin {
  if (path.startsWith('/memfd:')) return 'memory'
  const isOnRoot = status.mountId === image.mount || status.device === image.device
  if (!isOnRoot || !path.startsWith('/')) return 'added'
  if (image.kind === 'plain') return status.changedSeconds > image.since ? 'added' : 'image'
  const isBelow = image.lower.some((layer) => exists(layer + path))
  if (image.upper !== undefined && exists(image.upper + path)) return isBelow ? 'changed' : 'added'
  return isBelow ? 'image' : 'added'
}

/** A whiteout exists as well: it is what is left of a file of the image that was replaced while we looked. */
function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}
