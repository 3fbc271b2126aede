import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { frameworkIds } from '../../model/framework-ids.ts'
import { type Objective, objectives } from '../assessment/objectives.ts'
import { frameworks } from './index.ts'

const all = Object.values(frameworks)

suite('frameworks', () => {
  test('each is there, and no number is there twice', () => {
    assert.deepEqual(all.map(({ id }) => id).toSorted(), [...frameworkIds].toSorted())
    for (const { id, controls } of all) {
      const ids = controls.map((control) => control.id)
      assert.equal(new Set(ids).size, ids.length, id)
    }
  })

  test('every control comes to at least one objective, none twice, and every objective is asked for', () => {
    const asked = new Set<string>()
    for (const { id, controls } of all) {
      for (const control of controls) {
        assert.ok(control.objectives.length > 0, `${id} ${control.id}`)
        assert.equal(new Set(control.objectives).size, control.objectives.length, `${id} ${control.id}`)
        for (const objective of control.objectives) asked.add(objective)
      }
    }
    assert.deepEqual([...asked].toSorted(), Object.keys(objectives).toSorted())
  })

  test('there are at least 250 links from controls to objectives', () => {
    const links = all.flatMap(({ controls }) => controls.flatMap((control) => control.objectives))
    assert.ok(links.length >= 250, `${links.length}`)
  })

  test('there are at least 250 links from a control to one that asks the same elsewhere', () => {
    const controls = all.flatMap(({ id, controls: own }) => own.map((control) => ({ of: id, ...control })))
    const pairs = controls.flatMap((a, i) =>
      controls.slice(i + 1).filter((b) => a.of !== b.of && a.objectives[0] === b.objectives[0]),
    )
    assert.ok(pairs.length >= 250, `${pairs.length}`)
  })

  test('numbers are written as their standard writes them', () => {
    const forms: Record<string, RegExp> = {
      gdpr: /^Art\. \d{1,2}(\(\d\)(\([a-f]\))?)?$/,
      iso27001: /^A\.[5-8]\.\d{1,2}$/,
      pci: /^\d{1,2}\.\d{1,2}\.\d{1,2}$/,
      hipaa: /^164\.3\d\d(\([a-e]\)(\(\d\)(\([iv]+\)(\([A-D]\))?)?)?)$/,
      nis2: /^Art\. 2\d(\(\d\)(\([a-j]\))?)?$/,
      soc2: /^(CC|A|C|P)\d\.\d$/,
      'nist-csf': /^(GV|ID|PR|DE|RS|RC)\.[A-Z]{2}-\d\d$/,
      grundschutz: /^[A-Z]+(\.\d+)+\.A\d+$/,
    }
    for (const { id, controls } of all)
      for (const control of controls) assert.match(control.id, forms[id], `${id} ${control.id}`)
  })

  test('what has a query has an age after which its proof is none', () => {
    for (const [id, objective] of Object.entries<Objective>(objectives))
      assert.equal(objective.query === undefined, objective.maxAgeDays === undefined, id)
  })
})
