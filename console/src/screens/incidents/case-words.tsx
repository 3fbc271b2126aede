import type { Case } from '../../../../src/api/contract/types.ts'
import { changeCase } from '../../api/case-queries.ts'
import { useWorkloadNames } from '../../api/queries.ts'
import { ActionForm, allIn, ChoiceField, SetField, TextField, textIn } from '../../ui/forms.tsx'
import { Facts, WorkloadName } from '../../ui/parts.tsx'
import type { PartProps } from './case-screen.tsx'
import { SuspectsField, suspectsIn } from './suspects-field.tsx'
import { WorkloadField, workloadsIn } from './workload-field.tsx'

const kinds = { confidentiality: 'Confidentiality', integrity: 'Integrity', availability: 'Availability' }
const roles = { controller: 'Controller', processor: 'Processor' }
const laws = { gdpr: 'GDPR', nis2: 'NIS2', dora: 'DORA' }

const texts = [
  ['description', 'What happened'],
  ['consequences', 'What it may mean for the persons'],
  ['measures', 'What was done, and what will be'],
  ['contact', 'Whom the authority and the persons can ask'],
] as const

/** What people say about a case; the drafts are made of it. */
export function CaseWords({ breach, mayChange }: PartProps) {
  return (
    <section className="stack">
      <h2>What is said</h2>
      {mayChange ? <WordsForm breach={breach} /> : <WordsShown breach={breach} />}
    </section>
  )
}

function WordsForm({ breach }: Pick<PartProps, 'breach'>) {
  const names = useWorkloadNames()
  const send = async (data: FormData) => {
    const said = {
      title: textIn(data, 'title'),
      ...Object.fromEntries(texts.map(([name]) => [name, textIn(data, name)])),
      kinds: allIn(data, 'kinds'),
      regimes: allIn(data, 'regimes'),
      role: textIn(data, 'role'),
      workloads: workloadsIn(data, names),
      ...suspectsIn(data),
    }
    // Not all that stands in the form: somebody else may have said more meanwhile.
    const before = { ...breach, ...suspectsOf(breach) }
    const changed = Object.entries(said).filter(([name, value]) => !isSame(value, before[name as keyof Case]))
    if (changed.length === 0) throw new Error('Nothing was changed.')
    await changeCase(breach.id, { ...Object.fromEntries(changed), reason: textIn(data, 'reason') })
  }
  return (
    <ActionForm action="Save" send={send} done="It is saved, and on record.">
      <TextField label="Title" name="title" value={breach.title} most={200} isRequired />
      {texts.map(([name, label]) => (
        <TextField key={name} label={label} name={name} value={breach[name]} rows={4} most={20_000} />
      ))}
      <SetField legend="What was lost" name="kinds" choices={kinds} chosen={breach.kinds} />
      <ChoiceField label="You act as" name="role" choices={roles} chosen={breach.role} />
      <SetField legend="Laws whose clocks run" name="regimes" choices={laws} chosen={breach.regimes} />
      <WorkloadField value={breach.workloads} names={names} />
      <SuspectsField {...suspectsOf(breach)} />
      <TextField label="Why, for the record" name="reason" most={500} />
    </ActionForm>
  )
}

/** Cases of before they could be named have none. */
function suspectsOf({ addresses = [], credentials = [] }: Case) {
  return { addresses, credentials }
}

/** Lists are the same in whatever order. */
function isSame(value: unknown, before: unknown): boolean {
  if (!Array.isArray(value) || !Array.isArray(before)) return value === before
  return value.length === before.length && value.every((each) => before.includes(each))
}

function WordsShown({ breach }: Pick<PartProps, 'breach'>) {
  const { role, regimes, workloads } = breach
  const { addresses, credentials } = suspectsOf(breach)
  const isAnything = workloads.length + addresses.length + credentials.length > 0
  const said = texts.map(
    ([name, label]) =>
      [label, breach[name] === '' ? 'nothing yet' : <Lines key={name} text={breach[name]} />] as const,
  )
  return (
    <Facts
      facts={[
        ...said,
        ['What was lost', breach.kinds.join(', ')],
        ['You act as', role],
        ['Laws whose clocks run', regimes.join(', ')],
        [
          'Workloads',
          isAnything
            ? workloads.map((id) => (
                <div key={id}>
                  <WorkloadName id={id} />
                </div>
              ))
            : 'all that are watched',
        ],
        ['Addresses', addresses.join(', ')],
        ['Credentials', credentials.join(', ')],
      ]}
    />
  )
}

function Lines({ text }: { text: string }) {
  return <span className="lines">{text}</span>
}
