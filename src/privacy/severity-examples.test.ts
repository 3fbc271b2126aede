import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { BreachKind, Ease } from '../model/case-words.ts'
import type { Category } from '../model/records.ts'
import type { BreachCase, SeverityChoices } from './case.ts'
import { severityOf } from './severity.ts'

/*
 * Of ENISA's recommendations of 2013, in our own words: the examples that it gives of contexts with their scores, and the steps of ease of
 * identification and of circumstances.
 */

function breach(
  categories: Category[],
  severity: SeverityChoices,
  kinds: BreachKind[] = ['confidentiality'],
) {
  const scope = {
    ...{ computedAt: '2026-11-20T10:00:00.000Z', workloads: [], since: '', until: '' },
    categories: categories.map((category) => ({ category, identifiers: [], values: 1 })),
    ...{ persons: 40, values: 40, recipients: [], gaps: [], violations: [], isCut: false },
  }
  return { scope, severity, kinds } as unknown as BreachCase
}

suite('severity: examples of ENISA', () => {
  test('of the context of processing', () => {
    const rows: [example: string, category: Category, adjustment: number, context: number][] = [
      ['customers of a supermarket', 'contact', 0, 1],
      ['customers of a maker of luxury goods', 'contact', 1, 2],
      ['delivery addresses of a shop of adult books', 'contact', 2, 3],
      ['names of officers under cover', 'identity', 3, 4],
      ['credentials of a music shop', 'credential', 0, 1],
      ['calls that the help desk of a provider was given', 'online', -1, 1],
      ['calls of a week', 'online', 0, 2],
      ['calls of a year', 'online', 1, 3],
      ['calls to a centre of psychological support', 'online', 2, 4],
      ['what a loyalty card of a supermarket bought in a month', 'online', 0, 2],
      ['where a transport card was in a year', 'location', 1, 3],
      ['what somebody bought in a pharmacy', 'online', 2, 4],
      ['a letter that says that somebody is a customer of a bank', 'financial', -2, 1],
      ['transactions of a day, without details', 'financial', -1, 2],
      ['balances of a month', 'financial', 0, 3],
      ['statements of a year in detail', 'financial', 1, 4],
      ['numbers of credit cards that ran out ten years ago', 'financial', -2, 1],
      ['a part of a credit card', 'financial', -1, 2],
      ['all of a credit card that a payment takes', 'financial', 1, 4],
      ['that somebody had a general blood test', 'health', -3, 1],
      ['that somebody had one in an emergency department', 'health', -2, 2],
      ['that it was for a named disease', 'health', -1, 3],
      ['what it showed', 'health', 0, 4],
      ['political opinions of a closed forum', 'special', 0, 4],
      ['orientations that members of a dating site declared', 'special', 0, 4],
    ]
    for (const [example, category, contextAdjustment, context] of rows) {
      const { context: found, score } = severityOf(breach([category], { contextAdjustment, ease: 1 }))
      assert.deepEqual([found.value, score], [context, context], example)
    }
  })

  test('of data of several classes the highest counts', () => {
    const { context } = severityOf(breach(['contact', 'online', 'financial'], { ease: 1 }))
    assert.deepEqual([context.class, context.value], ['financial', 3])
  })

  test('of the ease of identification, which takes away from the context', () => {
    const rows: [step: string, ease: Ease, score: number][] = [
      ['negligible', 0.25, 1],
      ['limited', 0.5, 2],
      ['significant', 0.75, 3],
      ['maximum', 1, 4],
    ]
    for (const [step, ease, score] of rows)
      assert.equal(severityOf(breach(['health'], { ease })).score, score, step)
  })

  test('of the circumstances, which add to it', () => {
    const rows: [example: string, choices: SeverityChoices, added: number][] = [
      ['exposed, and nothing says that anybody has it', { confidentiality: 0 }, 0],
      ['to recipients who are known', { confidentiality: 0.25 }, 0.25],
      ['to nobody knows how many recipients', { confidentiality: 0.5 }, 0.5],
      ['changed, and nothing says that it was used', { integrity: 0 }, 0],
      ['changed and maybe used, and can be put right', { integrity: 0.25 }, 0.25],
      ['changed and maybe used, and cannot', { integrity: 0.5 }, 0.5],
      ['lost, and had again without delay', { availability: 0 }, 0],
      ['lost for a time', { availability: 0.25 }, 0.25],
      ['lost for good', { availability: 0.5 }, 0.5],
      ['to nobody knows how many, with malicious intent', { confidentiality: 0.5, malicious: true }, 1],
    ]
    for (const [example, choices, added] of rows) {
      const { circumstances, score } = severityOf(breach(['contact'], { ease: 1, ...choices }))
      assert.deepEqual([circumstances.value, score], [added, 1 + added], example)
    }
  })

  test('levels begin at 2, 3 and 4', () => {
    const rows: [category: Category, ease: Ease, added: number, level: string, duty: string][] = [
      ['contact', 1, 0.5, 'low', 'document'],
      ['online', 1, 0, 'medium', 'notify'],
      ['financial', 0.75, 0.5, 'medium', 'notify'],
      ['financial', 1, 0, 'high', 'notify-and-tell'],
      ['health', 0.75, 0.5, 'high', 'notify-and-tell'],
      ['health', 1, 0, 'very high', 'notify-and-tell'],
    ]
    for (const [category, ease, confidentiality, level, duty] of rows) {
      const found = severityOf(breach([category], { ease, confidentiality }))
      assert.deepEqual([found.level, found.duty], [level, duty], `${category} ${ease} ${confidentiality}`)
    }
  })
})
