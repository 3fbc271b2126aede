/** Where a content lies that was found in another. */
export interface Nesting {
  /** In how many contents. */
  depth: number
  /** Field of the content around it, which a text is judged by. */
  field: string
  /** The same from the outermost content on, and how the content was encoded: `$.payload base64`. */
  path: string
}

/** Name of a field from the outermost content on. */
export function pathFrom(nesting: Nesting | undefined, field: string): string {
  if (nesting === undefined) return field
  return field === '' || field === nesting.field ? nesting.path : `${nesting.path} ${field}`.trimStart()
}
