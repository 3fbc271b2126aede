import type { Command, Option } from 'commander'
import type { StartedOption } from '../../api/routes/settings.ts'
import { formatDuration } from '../../lib/quantity.ts'

const origins: Readonly<Record<string, StartedOption['origin']>> = { cli: 'flag', env: 'environment' }

/** Each option of a command, what it is now, and who said so. Of files that hold a secret it has the path, as the option does. */
export function startedWith(command: Command): StartedOption[] {
  return command.options.map((option) => ({
    option: option.long ?? option.flags,
    description: option.description,
    value: valueText(option, command.getOptionValue(option.attributeName())),
    origin: origins[command.getOptionValueSource(option.attributeName()) ?? ''] ?? 'default',
  }))
}

/** As one would write it; a default is as the help has it. An address has neither a log-in nor a query: either may be a secret. */
function valueText({ flags, defaultValue, defaultValueDescription }: Option, value: unknown): string | null {
  if (value === undefined) return null
  if (value === defaultValue && defaultValueDescription !== undefined) return defaultValueDescription
  if (typeof value === 'number' && flags.includes('<time>')) return formatDuration(value)
  if (value instanceof Map) return Array.from(value, (entry) => entry.join('=')).join(', ')
  return [value].flat().map(shownText).join(', ')
}

function shownText(value: unknown): string {
  const text = String(value)
  if (!/^[a-z]+:\/\//i.test(text) || !URL.canParse(text)) return text
  const { protocol, host, pathname, search } = new URL(text)
  return `${protocol}//${host}${pathname}${search === '' ? '' : '?…'}`
}
