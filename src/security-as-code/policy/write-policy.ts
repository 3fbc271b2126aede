import { stringify } from 'yaml'
import type { PolicyObject } from './schemas.ts'

/**
 * Objects as YAML, a document each. Texts are in quotes: readers of YAML 1.1 take a bare `=`, `yes` or `1_000` for something else.
 */
export function writePolicy(objects: readonly PolicyObject[]): string {
  const options = {
    version: '1.2',
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  } as const
  return objects.map((object) => stringify(object, options)).join('---\n')
}
