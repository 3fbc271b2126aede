import { type State, states } from './control-model.ts'

export function StateMark({ state }: { state: State }) {
  const { mark, name, level } = states[state]
  return (
    <span className={`level ${level}`}>
      <span aria-hidden="true">{mark}</span> {name}
    </span>
  )
}
