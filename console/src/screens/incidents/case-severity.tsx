import { changeCase } from '../../api/case-queries.ts'
import { ActionForm, ChoiceField, TextField, textIn } from '../../ui/forms.tsx'
import { Table } from '../../ui/table.tsx'
import type { PartProps } from './case-screen.tsx'
import { choicesFor, chosenText, severityChange } from './severity-choices.ts'
import { LevelMark } from './severity-mark.tsx'

const columns = ['Part', 'Value', 'Why', 'Chosen or suggested']

/** ENISA's severity: each part with its reason, and the choices that change it. */
export function CaseSeverity({ breach, mayChange }: PartProps) {
  const { severity } = breach
  const { context, ease, circumstances, flags, dutyText } = severity
  const parts = [
    { name: 'Data processing context', sign: '', ...context },
    { name: 'Ease of identification', sign: '× ', ...ease },
    { name: 'Circumstances of the breach', sign: '+ ', ...circumstances },
  ]
  return (
    <section className="stack">
      <h2>Severity (ENISA 2013)</h2>
      <p className="answer">
        <LevelMark severity={severity} />: {dutyText}.
      </p>
      <Table
        caption="How the score comes about"
        columns={columns}
        rows={[
          ...parts.map(({ name, sign, value, why, isSuggested }) => ({
            key: name,
            cells: [name, `${sign}${value}`, why, isSuggested ? 'suggested' : '✎ chosen'],
          })),
          {
            key: 'score',
            cells: [
              'Score',
              `= ${severity.score}`,
              'below 2 low, below 3 medium, below 4 high, else very high',
              '',
            ],
          },
        ]}
      />
      {flags.length === 0 ? null : <p>▲ Besides: {flags.join('; ')}.</p>}
      {mayChange ? <Choices breach={breach} /> : null}
      {mayChange && (breach.exception !== undefined || severity.duty === 'notify-and-tell') ? (
        <ExceptionForm breach={breach} />
      ) : null}
    </section>
  )
}

function Choices({ breach }: Pick<PartProps, 'breach'>) {
  const fields = choicesFor(breach)
  const send = async (data: FormData) => {
    const severity = severityChange(breach, new Map(fields.map(({ name }) => [name, textIn(data, name)])))
    if (Object.keys(severity).length === 0) throw new Error('Nothing is chosen otherwise than before.')
    await changeCase(breach.id, { severity, reason: textIn(data, 'reason') })
  }
  return (
    <>
      <h3>Choose otherwise</h3>
      <ActionForm action="Save what is chosen" send={send} done="It is saved, and on record.">
        {fields.map(({ name, label, choices }) => (
          <ChoiceField
            key={`${name} ${chosenText(breach, name)}`}
            label={label}
            name={name}
            choices={choices}
            chosen={chosenText(breach, name)}
          />
        ))}
        <TextField label="Why, for the record" name="reason" most={500} isRequired />
      </ActionForm>
    </>
  )
}

const exceptions = {
  '': 'None: each of them is told',
  unintelligible: '(a) The data is unintelligible to whoever has it',
  remedied: '(b) What was done afterwards makes a high risk unlikely',
  disproportionate: '(c) It would be a disproportionate effort: told in public',
}

/** Why persons are not told each of them. */
function ExceptionForm({ breach }: Pick<PartProps, 'breach'>) {
  const chosen = breach.exception?.kind ?? ''
  const send = async (data: FormData) => {
    const exception = textIn(data, 'exception')
    if (exception === chosen) throw new Error('Nothing is chosen otherwise than before.')
    const given = exception === '' ? null : exception
    await changeCase(breach.id, { exception: given, reason: textIn(data, 'reason') })
  }
  return (
    <>
      <h3>Telling the persons</h3>
      <ActionForm action="Save the exception" send={send} done="It is saved, and on record.">
        <ChoiceField
          key={chosen}
          label="Exception of Article 34(3)"
          name="exception"
          choices={exceptions}
          chosen={chosen}
        />
        <TextField label="Why it holds, for the record" name="reason" most={500} isRequired />
      </ActionForm>
    </>
  )
}
