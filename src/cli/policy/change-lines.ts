import type { Style } from '../terminal/style.ts'
import { printable } from '../terminal/text.ts'
import type { ChangeAnswer } from './running.ts'

type Change = ChangeAnswer['changes'][number]

const marks = { added: '+', removed: '-', changed: '~' } as const

/** What changes, as people read it: `~ NvSecurityRule clinic/nv.api.clinic`, then what of it is another. */
export function changeLines(changes: readonly Change[], style: Style): string[] {
  return changes.flatMap((change) => {
    const { kind, name, details, moreDetails } = change
    const emphasis = { added: style.good, removed: style.alarm, changed: style.warn }[change.change]
    const heading = `${marks[change.change]} ${kind} ${name}`
    const [single] = details
    if (details.length === 1 && single.path === '')
      // A mode or a setting.
      return [emphasis(printable(`${heading}: ${settingText(single.before)} → ${settingText(single.after)}`))]
    return [
      emphasis(printable(heading)),
      ...details.map(({ path, before, after }) =>
        printable(`    ${path}: ${valueText(before)} → ${valueText(after)}`),
      ),
      ...(moreDetails > 0 ? [`    … and ${moreDetails} more`] : []),
    ]
  })
}

/** `3 added, 1 removed`. */
export function countText(changes: readonly Pick<Change, 'change'>[]): string {
  const counts = (['added', 'changed', 'removed'] as const).map((kind) => {
    const count = changes.filter(({ change }) => change === kind).length
    return count === 0 ? '' : `${count} ${kind}`
  })
  return counts.filter((text) => text !== '').join(', ')
}

function settingText(value: unknown): string {
  return value === undefined ? 'default' : valueText(value)
}

function valueText(value: unknown): string {
  if (value === undefined) return 'nothing'
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value)
}
