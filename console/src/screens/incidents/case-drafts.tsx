import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { Draft } from '../../../../src/api/contract/types.ts'
import { useDraft } from '../../api/case-queries.ts'
import { Empty, ProblemNote } from '../../ui/parts.tsx'
import { queryText, useUrlState } from '../../url-state.ts'
import { draftNames } from './case-model.ts'
import type { PartProps } from './case-screen.tsx'

/** What the law asks to be said, as far as it is known; what is missing stands out. */
export function CaseDrafts({ breach: { id } }: PartProps) {
  const [{ draft: named = '' }] = useUrlState()
  const kind = Object.hasOwn(draftNames, named) ? named : 'authority'
  const draft = useDraft(id, kind)
  return (
    <section className="stack">
      <h2>Drafts</h2>
      <nav aria-label="Drafts" className="parts">
        {Object.entries(draftNames).map(([each, name]) => (
          <Link
            key={each}
            href={`/incidents/${id}${queryText({ part: 'drafts', draft: each })}`}
            aria-current={each === kind ? 'page' : undefined}
          >
            {name}
          </Link>
        ))}
      </nav>
      {draft.error ? <ProblemNote error={draft.error} again={() => void draft.refetch()} /> : null}
      {draft.data ? <DraftShown draft={draft.data} /> : null}
    </section>
  )
}

function DraftShown({ draft }: { draft: Draft }) {
  const { title, items, missing } = draft
  return (
    <article className="note draft">
      <h3>{title}</h3>
      <p className="faint">
        Made of what was observed and entered: nothing in it is made up. Check it before it is sent.
      </p>
      {missing.length === 0 ? null : (
        <Empty>
          <strong>▲ Still to be said:</strong> {missing.join(', ')}.
        </Empty>
      )}
      <DraftActions draft={draft} />
      {items.map(({ law, label, text }) => (
        <section key={label}>
          <h4>{label}</h4>
          <small>{law}</small>
          <p className="lines">{text === '' ? '▲ to be filled in' : text}</p>
        </section>
      ))}
    </article>
  )
}

function DraftActions({ draft }: { draft: Draft }) {
  const [isCopied, setCopied] = useState(false)
  const file = `${draft.case}-${draft.kind}`
  const copy = async () => {
    await navigator.clipboard.writeText(draft.markdown)
    setCopied(true)
  }
  return (
    <div className="actions">
      <button type="button" onClick={() => void copy()}>
        Copy
      </button>
      <FileLink name={`${file}.md`} type="text/markdown" content={draft.markdown} />
      <FileLink name={`${file}.json`} type="application/json" content={JSON.stringify(draft, null, 2)} />
      <span role="status">{isCopied ? '✓ copied' : ''}</span>
    </div>
  )
}

/** What is in the page already, as a file. */
function FileLink({ name, type, content }: { name: string; type: string; content: string }) {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [type, content])
  return (
    <a href={url} download={name}>
      {name}
    </a>
  )
}
