import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isRuleFile, type SecLangFile } from '../attacks/seclang/rule-set.ts'
import { limits } from '../attacks/seclang/limits.ts'
import { SensorError } from './sensor-error.ts'
import { readable } from './sensor-files.ts'

/**
 * Rules and the data that they name, in the order in which they are read. A folder is taken as the Core Rule Set is laid out: its
 * `crs-setup.conf` (else `crs-setup.conf.example`), its other `.conf` by name, then those of its folder `rules`. Of a file, what
 * lies beside it is data.
 *
 * @throws SensorError where one cannot be read, or a folder has no rules.
 */
export function readSecLangFiles(paths: readonly string[]): SecLangFile[] {
  const rules = paths.flatMap((path) => readable(path, () => rulesAt(path), whatToDo))
  const folders = new Set(rules.map((path) => dirname(path)))
  const data = [...folders].flatMap((folder) => namesIn(folder, /\.data$/))
  if (rules.length + data.length > limits.files)
    throw new SensorError('SENSOR_UNREADABLE', `there are more than ${limits.files} files of rules`, whatToDo)
  return [...rules, ...data].map((path) => readable(path, () => readOne(path), whatToDo))
}

const whatToDo = 'Name the folder of the rules, or a file that ends in .conf.'

function rulesAt(path: string): string[] {
  if (!statSync(path).isDirectory()) {
    if (!isRuleFile(path)) throw new Error('its name does not end in .conf')
    return [path]
  }
  const own = namesIn(path, /\.conf$/)
  const setup = own.filter((name) => basename(name) === 'crs-setup.conf')
  const example = setup.length > 0 ? [] : namesIn(path, /^crs-setup\.conf\.example$/)
  const others = own.filter((name) => basename(name) !== 'crs-setup.conf')
  const found = [...setup, ...example, ...others, ...rulesIn(join(path, 'rules'))]
  if (found.length === 0) throw new Error('there is no file in it that ends in .conf')
  return found
}

function rulesIn(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? namesIn(folder, /\.conf$/) : []
}

function namesIn(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .toSorted()
    .map((name) => join(folder, name))
}

/** A character a byte, as traffic is. */
function readOne(path: string): SecLangFile {
  if (statSync(path).size > limits.fileCharacters)
    throw new Error(`it is larger than ${limits.fileCharacters} bytes`)
  return { name: path, text: readFileSync(path, 'latin1') }
}
