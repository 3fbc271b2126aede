import { LinkedValues, SubjectSketch } from '../../src/personal-data/counting/subject-sketch.ts'

/** The sketch, as a text, of persons who are each known by a number: by their e-mail addresses. */
export function sketchOfPersons(persons: Iterable<number>): string {
  const sketch = new SubjectSketch()
  const record = new LinkedValues()
  for (const person of persons) {
    record.clear()
    record.add('email', 5, Math.imul(person + 1, 0x9e3779b1) >>> 0, person)
    sketch.add(record)
  }
  return sketch.text()
}
