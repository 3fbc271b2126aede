/** What `pavise doctor` found out about one thing that Pavise stands on. A line of `--json`. */
export interface Check {
  type: 'check'
  about: 'node' | 'kernel' | 'privileges' | 'engines' | 'rules' | 'disk' | 'clock'
  /** `limited`: Pavise works, but not all of it. `lacking`: what it is for does not work. */
  state: 'ok' | 'limited' | 'lacking'
  found: string
  /** What does not work because of it, and what to do about it; both where the state is not `ok`. */
  costs?: string
  nextStep?: string
}

type Finding = Omit<Check, 'type' | 'about' | 'state'>

export function ok(about: Check['about'], found: string): Check {
  return { type: 'check', about, state: 'ok', found }
}

export function limited(about: Check['about'], finding: Required<Finding>): Check {
  return { type: 'check', about, state: 'limited', ...finding }
}

export function lacking(about: Check['about'], finding: Required<Finding>): Check {
  return { type: 'check', about, state: 'lacking', ...finding }
}
