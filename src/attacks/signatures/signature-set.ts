import { isAscii } from '../../lib/ascii.ts'
import { LiteralSet } from '../literals/literal-set.ts'
import type { MessageBuffers } from './buffers.ts'
import { signatureLimits } from './limits.ts'
import { SignatureMatcher } from './match.ts'
import { readSignature } from './rule-reader.ts'
import type { Application, BufferName, ContentTest, Signature } from './signature.ts'
import { readRuleTexts, SignatureError } from './syntax/rule-text.ts'

/** A file of rules, a character a byte. */
export interface SignatureFile {
  name: string
  text: string
}

export interface SignatureProblem {
  file: string
  /** From 1. */
  line: number
  /** Why the rule is left out. */
  message: string
}

/** Rules of users, as they are asked. */
export class SignatureSet {
  readonly count: number
  /** Rules that are left out, and why. */
  readonly problems: readonly SignatureProblem[]
  /** Rules that nothing but a pattern, or what must not be, tells: each of them is asked of each message. */
  readonly alwaysAsked: number
  readonly #found = new Map<BufferName, LiteralSet<Signature>[]>()
  readonly #always: Readonly<Record<Application, Signature[]>> = { http: [], dns: [], tls: [] }
  readonly #matcher = new SignatureMatcher()

  constructor(signatures: readonly Signature[], problems: readonly SignatureProblem[]) {
    this.count = signatures.length
    this.problems = problems
    const byBuffer = new Map<BufferName, Entry[]>()
    for (const signature of signatures) {
      const best = literalOf(signature)
      if (best === undefined) this.#always[signature.application].push(signature)
      else entriesOf(byBuffer, best.buffer).push([best.text, signature])
    }
    this.alwaysAsked = Object.values(this.#always).reduce((sum, { length }) => sum + length, 0)
    for (const [buffer, entries] of byBuffer) this.#found.set(buffer, setsOf(entries))
  }

  /** Rules that were given up on a message. */
  get gaveUp(): number {
    return this.#matcher.gaveUp
  }

  /** Calls `visit` with each rule that matches. */
  match(message: MessageBuffers, port: number, visit: (signature: Signature) => void): void {
    const asked = new Set<Signature>(this.#always[message.application])
    for (const [buffer, sets] of this.#found) {
      const text = message.get(buffer)
      if (text === undefined) continue
      for (const set of sets) set.find(text, (signature) => asked.add(signature))
    }
    for (const signature of asked)
      if ((signature.ports?.(port) ?? true) && this.#matcher.matches(signature, message)) visit(signature)
  }
}

/** Reads rules; what of them cannot be done is a problem with file and line. */
export function readSignatureSet(files: readonly SignatureFile[]): SignatureSet {
  const signatures: Signature[] = []
  const problems: SignatureProblem[] = []
  for (const { name: file, text } of files) {
    const refuse = (line: number, message: string) => void problems.push({ file, line, message })
    for (const rule of readRuleTexts(text, refuse)) {
      if (signatures.length >= signatureLimits.rules) {
        refuse(rule.line, `there are more than ${signatureLimits.rules} rules`)
        break
      }
      try {
        signatures.push(readSignature(rule))
      } catch (error) {
        if (!(error instanceof SignatureError)) throw error
        refuse(rule.line, error.message)
      }
    }
  }
  return new SignatureSet(signatures, problems)
}

/** The longest part of a content that has to be there, of ASCII: by it the rule is found. Transformed buffers are no place to look. */
function literalOf({ buffers }: Signature): { buffer: BufferName; text: string } | undefined {
  const literals = buffers
    .filter(({ transforms }) => transforms.length === 0)
    .flatMap(({ buffer, tests }) =>
      tests
        .filter((test): test is ContentTest => test.kind === 'content' && !test.isNegated)
        .map(({ text }) => ({ buffer, text: asciiPart(text).slice(0, signatureLimits.literalCharacters) })),
    )
    .filter(({ text }) => text.length > 1)
  return literals.toSorted((a, b) => b.text.length - a.text.length)[0]
}

function asciiPart(text: string): string {
  let best = ''
  let run = ''
  for (const character of text.toLowerCase()) {
    run = isAscii(character) ? run + character : ''
    if (run.length > best.length) best = run
  }
  return best
}

type Entry = [literal: string, signature: Signature]

function entriesOf(byBuffer: Map<BufferName, Entry[]>, buffer: BufferName): Entry[] {
  const known = byBuffer.get(buffer)
  if (known !== undefined) return known
  const made: Entry[] = []
  byBuffer.set(buffer, made)
  return made
}

/** As many tables as their states need. */
function setsOf(entries: readonly Entry[]): LiteralSet<Signature>[] {
  const sets: LiteralSet<Signature>[] = []
  let some: Entry[] = []
  let states = 0
  for (const entry of entries) {
    if (states + entry[0].length > signatureLimits.literalStates) {
      sets.push(new LiteralSet(some))
      some = []
      states = 0
    }
    some.push(entry)
    states += entry[0].length
  }
  return [...sets, new LiteralSet(some)]
}
