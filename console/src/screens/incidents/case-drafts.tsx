import type { Draft } from '../../../../src/api/contract/types.ts'
import { useDraft } from '../../api/case-queries.ts'
import { Select } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/parts.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { PartsNav } from '../../ui/parts-nav.tsx'
import { queryText, useUrlState } from '../../url-state.ts'
import { draftFiles, draftNames, languageNames } from './case-model.ts'
import type { PartProps } from './case-screen.tsx'

/** What the law asks to be said, as far as it is known; what is missing stands out. */
export function CaseDrafts({ breach: { id } }: PartProps) {
  const [{ draft: named = '', language: asked = '' }, change] = useUrlState()
  const kind = Object.hasOwn(draftNames, named) ? named : 'authority'
  const language = Object.hasOwn(languageNames, asked) ? asked : 'en'
  const draft = useDraft(id, kind, language)
  const choose = (chosen: string) => change({ language: chosen === 'en' ? '' : chosen })
  return (
    <section className="stack">
      <h2>Drafts</h2>
      <PartsNav
        label="Drafts"
        parts={draftNames}
        chosen={kind}
        href={(each) => `/incidents/${id}${queryText({ part: 'drafts', draft: each, language: asked })}`}
      />
      <div className="filters">
        <Select label="Language" value={language} choices={languageNames} choose={choose} />
        <a href={`/api/v1/cases/${encodeURIComponent(id)}/stix`} download={`${id}.stix.json`}>
          For a CSIRT (STIX 2.1)
        </a>
      </div>
      {draft.error ? <ProblemNote error={draft.error} again={() => void draft.refetch()} /> : null}
      {draft.data ? <DraftShown draft={draft.data} language={language} /> : null}
    </section>
  )
}

function DraftShown({ draft, language }: { draft: Draft; language: string }) {
  const { title, notice, items, missing } = draft
  return (
    <article className="note draft" lang={language}>
      <h3>{title}</h3>
      <p>
        {missing.length === 0 ? '✓ ' : '▲ '}
        {notice}
      </p>
      <DraftActions draft={draft} language={language} />
      {items.map(({ law, label, text }) => (
        <section key={label}>
          <h4>{label}</h4>
          <small>{law}</small>
          <p className="lines">{text === '' ? <span lang="en">▲ to be filled in</span> : text}</p>
        </section>
      ))}
    </article>
  )
}

/** That a draft was taken away is in the audit log. */
function DraftActions({ draft, language }: { draft: Draft; language: string }) {
  const path = `/api/v1/cases/${encodeURIComponent(draft.case)}/drafts/${encodeURIComponent(draft.kind)}/file`
  return (
    <div className="actions" lang="en">
      <CopyButton label="Copy" text={draft.markdown} />
      {draftFiles
        .filter(({ kind }) => kind === undefined || kind === draft.kind)
        .map(({ format, name }) => (
          <a key={format} href={`${path}${queryText({ format, language })}`} download>
            {name}
          </a>
        ))}
    </div>
  )
}
