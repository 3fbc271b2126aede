import type { Case } from '../../../../src/api/contract/types.ts'

const marks = { low: '▁', medium: '▃', high: '▅', 'very high': '▇' } as const

/** A level by word, mark and number; colour says it once more. */
export function LevelMark({ severity: { level, score } }: { severity: Case['severity'] }) {
  return (
    <span className={`level ${level.replace(' ', '-')}`}>
      <span aria-hidden="true">{marks[level]}</span> {level} ({score})
    </span>
  )
}
