import type { ReactNode } from 'react'
import { timeText } from '../../text.ts'
import { Drawer, Facts } from '../../ui/parts.tsx'
import type { Why } from './event-why.ts'

interface Props {
  title: string
  why: Why
  item: unknown
  close: () => void
  /** What can be done about it. */
  children?: ReactNode
  /** What belongs to it. */
  after?: ReactNode
}

/** Why there is an event, and below that all that is known of it, field by field, as the API has it. */
export function EventDrawer({ title, why, item, close, children, after }: Props) {
  return (
    <Drawer title={title} close={close}>
      {children}
      <Facts facts={why} />
      {after}
      <details>
        <summary>All that is known of it</summary>
        <Facts facts={factsOf(item)} />
      </details>
    </Drawer>
  )
}

function factsOf(value: unknown, path = ''): (readonly [string, ReactNode])[] {
  if (typeof value !== 'object' || value === null) return [[path, leaf(value)]]
  if (Array.isArray(value)) return [[path, value.map((item) => textOf(item)).join(', ')]]
  return Object.entries(value).flatMap(([name, inner]) =>
    factsOf(inner, path === '' ? name : `${path} ${name}`),
  )
}

function leaf(value: unknown): ReactNode {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const text = textOf(value)
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? timeText(text) : text
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
