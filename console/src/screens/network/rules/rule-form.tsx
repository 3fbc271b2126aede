import { useState } from 'react'
import { change } from '../../../api/client.ts'
import { renewPolicy, useGroupNames, usePolicy } from '../../../api/policy-queries.ts'
import { categories } from '../../../text.ts'
import { ReasonForm } from '../../../ui/reason-form.tsx'
import { Checks, Select, TextInput } from '../../../ui/fields.tsx'
import type { ChangeResult } from '../../../../../src/api/contract/types.ts'
import { Drawer } from '../../../ui/parts.tsx'
import { type UrlState, useUrlState } from '../../../url-state.ts'
import { hoursChoices, hoursOf } from '../simulate/hours.ts'
import { TrialResult } from '../simulate/trial-result.tsx'
import {
  dataChoices,
  emptyRule,
  fieldsOf,
  listOf,
  type RuleFields,
  ruleOf,
  tlsChoices,
} from './rule-model.ts'

const applications = ['HTTP', 'SSL', 'SSH', 'DNS', 'PostgreSQL', 'MySQL', 'Redis', 'MongoDB', 'Kafka', 'GRPC']

interface RuleFormProps {
  /** Of the rule that is changed; null for a new one. */
  id: string | null
  /** What it says now. */
  base?: RuleFields
  close: () => void
}

/** A rule that is written, tried on what was seen, and applied. What is tried stands in the address. */
export function RuleForm({ id, base = emptyRule, close }: RuleFormProps) {
  const [state, changeUrl] = useUrlState()
  const [fields, setFields] = useState(() => fieldsOf(state, base))
  const [hours, setHours] = useState(state.hours ?? '24')
  const { data: policy } = usePolicy()
  const set = (changed: Partial<RuleFields>) => setFields({ ...fields, ...changed })
  const edit = (rule: RuleFields) =>
    id === null ? { add: [ruleOf(rule)] } : { replace: [{ id, ...ruleOf(rule) }] }
  const isNamed = fields.from.trim() !== '' && fields.to.trim() !== ''
  const apply = async (reason: string) => {
    const body = { ...edit(fields), base: policy?.version, reason }
    const { version } = await change<ChangeResult>('POST', '/api/v1/policy/rules', body)
    await renewPolicy()
    return `Version ${version} holds. History takes it back.`
  }
  return (
    <Drawer title={id === null ? 'New rule' : `Change ${id}`} close={close}>
      <RuleInputs fields={fields} set={set} />
      <div className="buttons">
        <Select label="Try on" value={hours} choices={hoursChoices} choose={setHours} />
        <button type="button" disabled={!isNamed} onClick={() => changeUrl({ ...fields, hours, try: 'yes' })}>
          Try it
        </button>
      </div>
      {state.try === 'yes' ? <Tried state={state} base={base} edit={edit} /> : null}
      <h3>Apply</h3>
      <p>
        It holds at once. What it denies is blocked between groups in Protect, and only reported as long as
        one of both is in Discover or Monitor.
      </p>
      <ReasonForm action="Apply the rule" send={apply} isDisabled={!isNamed} />
    </Drawer>
  )
}

interface TriedProps {
  state: UrlState
  base: RuleFields
  edit: (rule: RuleFields) => object
}

/** What the rule of the address would have blocked; what was typed since is another. */
function Tried({ state, base, edit }: TriedProps) {
  const tried = fieldsOf(state, base)
  return <TrialResult trial={{ hours: hoursOf(state.hours), rules: edit(tried) }} isOfRule />
}

interface RuleInputsProps {
  fields: RuleFields
  set: (changed: Partial<RuleFields>) => void
}

function RuleInputs({ fields, set }: RuleInputsProps) {
  const groups = useGroupNames()
  const { from, to, action, ports, priority, tls, data } = fields
  return (
    <div className="rule-inputs">
      <TextInput
        label="From group"
        value={from}
        set={(value) => set({ from: value })}
        suggestions={groups}
        isRequired
      />
      <TextInput
        label="To group"
        value={to}
        set={(value) => set({ to: value })}
        suggestions={groups}
        isRequired
      />
      <Select
        label="It is"
        value={action}
        choices={{ allow: 'allowed', deny: 'denied' }}
        choose={(value) => set({ action: value as RuleFields['action'] })}
      />
      <TextInput
        label="Applications"
        value={fields.applications}
        set={(value) => set({ applications: value })}
        placeholder="any; or HTTP, SSL"
        suggestions={applications}
      />
      <TextInput
        label="Ports"
        value={ports}
        set={(value) => set({ ports: value })}
        placeholder="any; or tcp/443, udp/53"
      />
      {action === 'allow' ? (
        <>
          <Select
            label="Encryption"
            value={tls}
            choices={tlsChoices}
            choose={(value) => set({ tls: value as RuleFields['tls'] })}
          />
          <Select
            label="Personal data"
            value={data}
            choices={dataChoices}
            choose={(value) => set({ data: value as RuleFields['data'] })}
          />
          {data === '' ? null : (
            <Checks
              legend="Categories"
              choices={categories}
              chosen={listOf(fields.categories)}
              choose={(chosen) => set({ categories: chosen.join(', ') })}
            />
          )}
        </>
      ) : null}
      <TextInput
        label="Priority, 0 to 100: higher is asked first"
        value={priority}
        set={(value) => set({ priority: value })}
      />
    </div>
  )
}
