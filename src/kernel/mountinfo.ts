/** One mount as `/proc/<pid>/mountinfo` tells of it (proc_pid_mountinfo(5)). */
export interface Mount {
  id: number
  /** `MAJOR:MINOR` of the file system. */
  device: string
  /** What of the file system is mounted; `/` where all of it is. */
  root: string
  /** Where, from the root of the process. */
  point: string
  /** `overlay`, `tmpfs`, `ext4`, … */
  type: string
  /** Of the file system: for an overlay its folders. */
  options: string
}

/** Lines that are none are left out. */
export function parseMountinfo(text: string): Mount[] {
  return text.split('\n').flatMap((line) => parseLine(line) ?? [])
}

/** `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue`; any number of fields before the dash. */
function parseLine(line: string): Mount | undefined {
  const [before, after] = halves(line, ' - ')
  const [id, , device, root, point] = before.split(' ')
  const [type, , options = ''] = after.split(' ')
  if (point === undefined || type === undefined || !/^\d+$/.test(id)) return undefined
  return { id: Number(id), device, root: unescaped(root), point: unescaped(point), type, options }
}

function halves(line: string, separator: string): [string, string] {
  const at = line.indexOf(separator)
  return at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + separator.length)]
}

/** The kernel writes space, tab, newline and backslash as three octal digits. */
function unescaped(text: string): string {
  return text.includes('\\')
    ? text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    : text
}

/** The folders of an overlay, as they were given when it was mounted: those that are not absolute depend on where that was. */
export interface OverlayFolders {
  /** Uppermost first. */
  lower: string[]
  /** Where changes go; undefined where it is read-only. */
  upper: string | undefined
}

/** Undefined where the mount is no overlay. */
export function overlayFolders({ type, options }: Mount): OverlayFolders | undefined {
  if (type !== 'overlay') return undefined
  const folders: OverlayFolders = { lower: [], upper: undefined }
  for (const option of splitEscaped(unescaped(options), ',')) {
    const [name, value] = halves(option, '=')
    if (name === 'upperdir') folders.upper = withoutEscapes(value)
    else if (name === 'lowerdir' || name === 'lowerdir+' || name === 'datadir+')
      folders.lower.push(
        ...splitEscaped(value, ':')
          .filter((part) => part !== '')
          .map(withoutEscapes),
      )
  }
  return folders
}

/** Overlay's own escapes within its options: a backslash before a comma, a colon or a backslash. */
function splitEscaped(text: string, separator: string): string[] {
  const parts: string[] = []
  let start = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === separator) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  return [...parts, text.slice(start)]
}

function withoutEscapes(text: string): string {
  return text.replaceAll(/\\(.)/g, '$1')
}
