import { useState } from 'react'
import type { Trial } from '../../../../src/api/contract/types.ts'
import { change } from '../../api/client.ts'
import { ActionForm, TextField } from '../../ui/forms.tsx'
import { CategoryChip, Empty } from '../../ui/parts.tsx'

const mostCharacters = 20_000

/** A text to try: what would be found in it, masked as it would be, and why. */
export function TrialPart() {
  const [result, setResult] = useState<Trial | null>(null)
  const send = async (data: FormData) => {
    setResult(null)
    setResult(await change<Trial>('POST', '/api/v1/detectors/trial', { text: data.get('text') }))
  }
  return (
    <section className="stack">
      <h2>Try a text</h2>
      <p>
        What would be found in it if it crossed a connection: plain text, JSON, XML, CSV, SQL and others. It
        is looked at by the Pavise that runs here; nothing of it is kept or logged. The first one takes some
        seconds.
      </p>
      <ActionForm action="Look at it" send={send}>
        <TextField label="Text" name="text" rows={8} most={mostCharacters} isRequired />
      </ActionForm>
      <div role="status">{result === null ? null : <Found result={result} />}</div>
    </section>
  )
}

function Found({ result: { format, findings, isCut } }: { result: Trial }) {
  if (findings.length === 0)
    return <Empty>No personal data would be found in it. It was read as {format}.</Empty>
  return (
    <>
      <h3>
        {findings.length}
        {isCut ? ' and more' : ''} would be found; it was read as {format}
      </h3>
      <ol className="found">
        {findings.map(({ identifier, name, category, confidence, line, column, field, masked, why }, i) => (
          <li key={`${i} ${identifier}`} className="note">
            <p>
              <strong>{name}</strong> <CategoryChip category={category} /> <code>{masked}</code>
            </p>
            <p className="faint">
              {identifier}, line {line}, column {column}
              {field === '' ? '' : `, in the field ${field}`}; confidence {confidence.toFixed(2)}
            </p>
            <dl className="facts">
              {why.map(({ about, says }) => (
                <div key={`${about} ${says}`}>
                  <dt>{about}</dt>
                  <dd>{says}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </>
  )
}
