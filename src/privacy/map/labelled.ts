import { matchesWildcard } from '../../lib/wildcard.ts'
import type { PersonalDataLabels } from '../../model/personal-data-labels.ts'

type Labels = Readonly<Record<string, string>>

/** What labels say of a workload. */
export interface LabelledAs {
  isMarked: boolean
  owner: string | null
  purpose: string | null
}

/** @param mapped by which labels it is said */
export function labelledAs(labels: Labels, mapped: PersonalDataLabels): LabelledAs {
  return {
    isMarked: mapped.marks.some((mark) => hasMark(labels, mark)),
    owner: firstOf(labels, mapped.owner),
    purpose: firstOf(labels, mapped.purpose),
  }
}

function firstOf(labels: Labels, names: readonly string[]): string | null {
  const name = names.find((each) => Object.hasOwn(labels, each) && labels[each] !== '')
  return name === undefined ? null : labels[name]
}

/** `name=value` with `*` and `?` in the value, or a name alone. */
function hasMark(labels: Labels, mark: string): boolean {
  const at = mark.indexOf('=')
  const name = at < 0 ? mark : mark.slice(0, at)
  if (!Object.hasOwn(labels, name)) return false
  return at < 0 || matchesWildcard(mark.slice(at + 1).toLowerCase(), labels[name].toLowerCase())
}
