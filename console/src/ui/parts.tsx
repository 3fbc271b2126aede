import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { Party } from '../../../src/api/contract/types.ts'
import { ApiProblem } from '../api/client.ts'
import { useWorkloadNames } from '../api/queries.ts'
import { queryText } from '../url-state.ts'
import {
  ageText,
  byCategory,
  isDelicate,
  shortNumber,
  timeText,
  type Transport,
  transports,
} from '../text.ts'

/** A heading, what can be done, and how old what is shown is. */
export function ScreenHead({
  title,
  updatedAt,
  children,
}: {
  title: string
  updatedAt?: number
  children?: ReactNode
}) {
  useEffect(() => {
    document.title = `${title} · Pavise`
  }, [title])
  return (
    <div className="head">
      <h1>{title}</h1>
      {updatedAt === undefined || updatedAt === 0 ? null : <Age of={updatedAt} />}
      {children}
    </div>
  )
}

/** Counts on by itself: what is not renewed is seen to grow old. */
export function Age({ of }: { of: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return <span className="age">as of {ageText(now - of)} ago</span>
}

export function Ago({ time }: { time: string }) {
  return (
    <time dateTime={time} title={timeText(time)}>
      {ageText(Date.now() - Date.parse(time))} ago
    </time>
  )
}

/** What went wrong, and what to do about it. */
export function ProblemNote({ error, again }: { error: Error; again?: () => void }) {
  const nextStep = error instanceof ApiProblem ? error.nextStep : undefined
  return (
    <div className="note problem" role="alert">
      <p>
        <strong>{error.message}</strong>
      </p>
      {nextStep === undefined ? null : <p>{nextStep}</p>}
      {again === undefined ? null : (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  )
}

/** Why there is nothing. */
export function Empty({ children }: { children: ReactNode }) {
  return <div className="note">{children}</div>
}

export function CategoryChip({ category, count }: { category: string; count?: number }) {
  const mark = isDelicate(category) ? '▲ ' : ''
  return (
    <span className={isDelicate(category) ? 'chip delicate' : 'chip'}>
      {mark}
      {category}
      {count === undefined ? '' : ` ${shortNumber(count)}`}
    </span>
  )
}

/** What is carried, a chip for each category. @param none what is said where there is none */
export function CategoryChips({
  carried,
  none,
}: {
  carried: Parameters<typeof byCategory>[0]
  none: string
}) {
  if (carried.length === 0) return <span className="faint">{none}</span>
  return byCategory(carried).map(({ category, count }) => (
    <CategoryChip key={category} category={category} count={count} />
  ))
}

export function TransportMark({ transport }: { transport: Transport }) {
  const { mark, name } = transports[transport]
  return (
    <span className={`transport ${transport}`}>
      <span aria-hidden="true">{mark}</span> {name}
    </span>
  )
}

/** More about one thing, beside the list that it is from. Escape closes it, and the focus goes back to where it was. */
export function Drawer({
  title,
  close,
  children,
}: {
  title: string
  close: () => void
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const id = useId()
  // Before it is taken out of the page: the browser gives the focus back only then.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // Not its first button: the key that opened it would press that when it comes up again.
    heading.current?.focus()
    return () => element?.close()
  }, [])
  return (
    <dialog ref={dialog} className="drawer" aria-labelledby={id} onCancel={close}>
      <div className="head">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" onClick={close}>
          Close
        </button>
      </div>
      {children}
    </dialog>
  )
}

/** The name of a workload, which leads to all about it; its id where it is not known any more. */
export function WorkloadName({ id, name }: { id: string; name?: string }) {
  const known = useWorkloadNames().get(id)
  return (
    <Link href={workloadPath(id)} title={id}>
      {name ?? known ?? id}
    </Link>
  )
}

/** One end of a data flow; a workload leads to all about it. */
export function PartyName({ party: { kind, id, name } }: { party: Party }) {
  return kind === 'workload' ? <WorkloadName id={id} name={name} /> : name
}

interface Listed {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<unknown>
}

/** Brings the next page of a listing, where there is one. */
export function MoreButton({ listing, label }: { listing: Listed; label: string }) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = listing
  if (!hasNextPage) return null
  return (
    <button type="button" className="more" onClick={() => void fetchNextPage()} disabled={isFetchingNextPage}>
      {isFetchingNextPage ? 'Looking …' : label}
    </button>
  )
}

/** Names and what they have; what is not there is left out. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

/** Address of the page that has all about a workload. */
export function workloadPath(id: string): string {
  return `/workload${queryText({ id })}`
}
