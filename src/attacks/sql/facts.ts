import type { CallKind } from './words.ts'

/** What a fragment does, as bits. */
export const SqlFact = {
  /** AND, OR, XOR behind what was there. */
  connective: 1 << 0,
  /** A condition on constants only: it holds, or does not, whatever is stored. */
  constantCondition: 1 << 1,
  /** A condition on what a function or a subquery yields. */
  computedCondition: 1 << 2,
  /** A condition on a column. */
  columnCondition: 1 << 3,
  /** AND or OR with nothing but a constant behind it. */
  bareConstant: 1 << 4,
  /** AND or OR with nothing but a string behind it. */
  bareString: 1 << 5,
  bareCall: 1 << 6,
  union: 1 << 7,
  /** SELECT in parentheses. */
  subquery: 1 << 8,
  /** A statement behind a semicolon. */
  stacked: 1 << 9,
  /** A statement from the first word on. */
  statement: 1 << 10,
  /** ORDER BY or GROUP BY with a number. */
  orderByNumber: 1 << 12,
  clause: 1 << 13,
  outfile: 1 << 14,
  /** PROCEDURE ANALYSE and the like. */
  procedure: 1 << 15,
  timeCall: 1 << 16,
  errorCall: 1 << 17,
  fileCall: 1 << 18,
  commandCall: 1 << 19,
  informCall: 1 << 20,
  buildCall: 1 << 21,
  catalogue: 1 << 22,
  /** A parenthesis that was open around the value was closed. */
  closesContext: 1 << 24,
  /** A comment cuts off what follows. */
  truncated: 1 << 25,
  operator: 1 << 27,
  concatenation: 1 << 29,
  /** A condition on constants as an argument, a case or a group. */
  constantArgument: 1 << 30,
} as const

/** What calling a function does. */
export const callFacts: Record<CallKind, number> = {
  time: SqlFact.timeCall,
  error: SqlFact.errorCall,
  file: SqlFact.fileCall,
  command: SqlFact.commandCall,
  inform: SqlFact.informCall,
  build: SqlFact.buildCall,
}
