import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { Session } from '../../../../src/api/contract/types.ts'
import { useGroupNames } from '../../api/policy-queries.ts'
import { useWorkloadNames } from '../../api/queries.ts'
import { networkViews } from '../../screens/network/network-views.ts'
import { screensFor } from '../../screens/screens.ts'
import { queryText } from '../../url-state.ts'
import { workloadPath } from '../parts.tsx'
import { type Entry, findEntries, shownEntries } from './palette-model.ts'

export interface PaletteProps {
  session: Session
  /** What one can do from everywhere, by name. */
  actions: Readonly<Record<string, () => void>>
  close: () => void
}

/** To anything by its name: type, choose with the arrows, go with Enter; Escape leaves. */
export default function Palette({ session, actions, close }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog ref={dialog} className="palette" aria-label="Go to" onCancel={close}>
      <Chooser entries={useEntries(session, actions)} close={close} />
    </dialog>
  )
}

function Chooser({ entries, close }: { entries: readonly Entry[]; close: () => void }) {
  const id = useId()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const found = findEntries(entries, typed)
  const shown = found.slice(0, shownEntries)
  const at = Math.min(chosen, shown.length - 1)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const go = (entry: Entry | undefined) => {
    if (!entry) return
    close()
    entry.run()
  }
  const press = (event: KeyboardEvent) => {
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1 }[event.key]
    if (next === undefined && event.key !== 'Enter') return
    event.preventDefault()
    if (next === undefined) go(shown[at])
    else setChosen(Math.max(0, Math.min(shown.length - 1, next)))
  }
  return (
    <>
      <input
        role="combobox"
        aria-label="Go to a screen, a workload, a group, or do something"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown.length > 0 ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        placeholder="screen, workload, group, action"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setChosen(0)
        }}
        onKeyDown={press}
        autoFocus
      />
      <p role="status" className="quiet">
        {found.length} found
      </p>
      <div role="listbox" id={`${id}-list`} aria-label="What was found" ref={list}>
        {shown.map((entry, i) => (
          <Option
            key={`${entry.kind} ${entry.name}`}
            id={`${id}-${i}`}
            entry={entry}
            isChosen={i === at}
            go={go}
          />
        ))}
      </div>
      {found.length === 0 ? <p>Nothing of that name.</p> : null}
      {found.length > shown.length ? (
        <p className="faint">{found.length - shown.length} more: type on.</p>
      ) : null}
    </>
  )
}

interface OptionProps {
  id: string
  entry: Entry
  isChosen: boolean
  go: (entry: Entry) => void
}

function Option({ id, entry, isChosen, go }: OptionProps) {
  return (
    <div role="option" id={id} aria-selected={isChosen} onClick={() => go(entry)}>
      <span>{entry.name}</span>
      <span className="faint">{entry.kind}</span>
    </div>
  )
}

function useEntries(session: Session, actions: PaletteProps['actions']): Entry[] {
  const [, navigate] = useLocation()
  const workloads = useWorkloadNames()
  const groups = useGroupNames()
  const mayRead = session.permissions.includes('policy:read')
  const to = (kind: string, name: string, path: string): Entry => ({ kind, name, run: () => navigate(path) })
  const network = (query: Record<string, string>) => `/network${queryText(query)}`
  const views = Object.entries(networkViews).filter(([view]) => view !== '' && mayRead)
  return [
    ...screensFor(session)
      .filter(({ isInBar, path }) => isInBar || path === '/account')
      .map(({ name, path }) => to('screen', name, path)),
    ...views.map(([view, name]) => to('screen', `Network: ${name}`, network({ view }))),
    ...Object.entries(actions).map(([name, run]) => ({ kind: 'action', name, run })),
    ...(session.permissions.includes('policy:write') ? writeActions(to, network) : []),
    ...Array.from(workloads, ([id, name]) => to('workload', name, workloadPath(id))),
    ...groups.map((group) => to('group', group, network({ view: 'groups', group }))),
  ]
}

function writeActions(
  to: (kind: string, name: string, path: string) => Entry,
  network: (query: Record<string, string>) => string,
): Entry[] {
  return [
    to('action', 'New rule', network({ view: 'rules', rule: 'new' })),
    to('action', 'Cut a workload off', network({ view: 'quarantine' })),
    to('action', 'Try the policy that holds', network({ view: 'simulate' })),
  ]
}
