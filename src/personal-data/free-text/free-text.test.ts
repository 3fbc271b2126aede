import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import type { FindingSink } from '../detector.ts'
import { FreeText } from './free-text.ts'

class Collected implements FindingSink {
  readonly list: string[] = []
  readonly offsets: number[] = []
  pass(): void {}
  field(): string {
    return ''
  }
  found({ recogniser, bytes, start, end, offset }: Parameters<FindingSink['found']>[0]): void {
    this.list.push(
      `${recogniser.id === 'name' ? 'name' : 'address'} ${Buffer.from(bytes).toString('utf8', start, end)}`,
    )
    this.offsets.push(offset)
  }
}

function foundIn(text: string): string[] {
  const bytes = Buffer.from(text)
  const found = new Collected()
  const pass = new FreeText()
  pass.beginWhole(bytes, 0, bytes.length)
  pass.close(found)
  return found.list
}

const named: readonly [text: string, ...names: string[]][] = [
  ['Please call Anna Meier tomorrow.', 'Anna Meier'],
  ['We met Siobhán O’Brien-Walsh in Cork.', 'Siobhán O’Brien-Walsh'],
  ['The report by Jean-Pierre Dupont is late.', 'Jean-Pierre Dupont'],
  ['signed, Vincent van der Berg', 'Vincent van der Berg'],
  ['Prof. Dr. Müller signed it.', 'Müller'],
  ['Mr. Ford is out, Mrs Łukasik is in.', 'Ford', 'Łukasik'],
  ['Frau Schneider hat angerufen.', 'Schneider'],
  ['Mme Lefèvre est arrivée.', 'Lefèvre'],
  ['a letter from J. R. Smith', 'J. R. Smith'],
  ['Philip A. Nelson was here.', 'Philip A. Nelson'],
  ['My name is Quentavious Xyler.', 'Quentavious Xyler'],
  ['Her maiden name is McCathie', 'McCathie'],
  ['Everyone calls me Zog.', 'Zog'],
  ['She named him Joshua', 'Joshua'],
  ['Dear Katrin,\nthank you', 'Katrin'],
  ['Cher Olivier, merci', 'Olivier'],
  ['Klimek shouted at Katie.', 'Klimek', 'Katie'],
  ["Here is Katie's address.", 'Katie'],
  ['They were six: Hans, Linda, Amber and Andrew.', 'Hans', 'Linda', 'Amber', 'Andrew'],
  ['Petra: "Who are you?"', 'Petra'],
  ['I talked to my sister Joanna about it.', 'Joanna'],
  ['my name is natasha higuchi', 'natasha higuchi'],
  ['hello, this is mr. larry lombardo.', 'larry lombardo'],
  ['Will Smith acts.', 'Will Smith'],
  ['MARIA GARCIA', 'MARIA GARCIA'],
  ['g:{range:[0,1],name:"Green"},t:{name:"Tone"}'],
  ['LI:function(){return Li},JO:function(){return Jo}'],
  ['Γιώργος Παπαδόπουλος και Александр Иванов', 'Γιώργος Παπαδόπουλος', 'Александр Иванов'],
]

for (const [text, ...names] of named) {
  test(`finds the names in: ${text.replaceAll('\n', ' ')}`, () => {
    assert.deepEqual(
      foundIn(text),
      names.map((name) => `name ${name}`),
    )
  })
}

const located: readonly [text: string, ...addresses: string[]][] = [
  ['He lives at 221B Baker Street.', '221B Baker Street'],
  ['Send it to 12 Elm Ave, Apt. 4, Springfield, IL 62704 today', '12 Elm Ave, Apt. 4, Springfield, IL 62704'],
  ['at 351 West 10th Street', '351 West 10th Street'],
  ['Sie wohnt in der Hauptstraße 126, 09599 Freiberg.', 'Hauptstraße 126, 09599 Freiberg'],
  ['12 rue de la Paix, 75002 Paris', '12 rue de la Paix, 75002 Paris'],
  ['abita in Via Roma 12', 'Via Roma 12'],
  ['Adres: Ul. Lubartowska 42', 'Ul. Lubartowska 42'],
  ['P.O. Box 101, Reykjavík', 'P.O. Box 101, Reykjavík'],
  ['PSC 4926, Box 7979\nAPO AA 63682', 'PSC 4926, Box 7979\nAPO AA 63682'],
  ['39 Laugarvegur 77 Apt. 787', '39 Laugarvegur 77 Apt. 787'],
  ['My new address is 85 Trg Slobode 12', '85 Trg Slobode 12'],
  ['My zip code is 35649', '35649'],
  ['10 Downing Street, London SW1A 2AA', '10 Downing Street, London SW1A 2AA'],
]

for (const [text, ...addresses] of located) {
  test(`finds the address in: ${text.replaceAll('\n', ' ')}`, () => {
    assert.deepEqual(
      foundIn(text),
      addresses.map((address) => `address ${address}`),
    )
  })
}

const nothing: readonly string[] = [
  'The Martin Luther King Day parade and the Anna Freud Institute.',
  'Mark Complete, Grant Access, Will Call, Jasmine Framework and Austin Texas.',
  'Georgia said no. In May, August and June the Victoria Station was closed.',
  'Long.prototype and Jonas_1 and Mark@Facebook and Max(3), Peter.Parker()',
  'Then: 14, Elif: 15, Max: 20',
  'written to the Free Software Foundation, Inc.,\n51 Franklin Street, Fifth Floor, Boston, MA 02110',
  'Copyright 1994-1996, Thomas Lane and 2008 Foo Bar 2008',
  'in 3 new ways, 2 Street, 5 Rue, section 12 Drive, 15 November 1994',
  'Array String Object Dr, Mr, Cs, Or',
  'the code is 35649',
]

for (const text of nothing) {
  test(`finds no address and no whole name in: ${text.slice(0, 60).replaceAll('\n', ' ')}`, () => {
    const found = foundIn(text).filter((one) => one.includes(' ', 6) || one.startsWith('address'))
    assert.deepEqual(
      found.filter((one) => !one.endsWith('Thomas Lane')),
      [],
    )
  })
}

test('what has control characters is no text', () => {
  assert.deepEqual(foundIn('\0 Anna Meier'), [])
})

test('what was claimed is left alone, and so is what overlaps it', () => {
  const bytes = Buffer.from('Anna Meier and Peter Schmidt')
  const found = new Collected()
  const pass = new FreeText()
  pass.beginWhole(bytes, 0, bytes.length)
  pass.claimed(5, 10, found)
  pass.close(found)
  assert.deepEqual(found.list, ['name Peter Schmidt'])
})

const pieces = [...named, ...located].map(([text]) => text)

test('a text in pieces says what it says as a whole, wherever it is cut', () => {
  const texts = fc.array(
    fc.oneof(fc.constantFrom(...pieces), fc.lorem({ maxCount: 40, mode: 'sentences' })),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  const property = fc.property(texts, fc.integer({ min: 1, max: 1500 }), (parts, size) => {
    const bytes = Buffer.from(parts.join('\n\n'))
    const [whole, cut] = [new Collected(), new Collected()]
    const pass = new FreeText()
    pass.beginWhole(bytes, 0, bytes.length)
    pass.close(whole)
    pass.begin()
    for (let at = 0; at < bytes.length; at += size) {
      const piece = Uint8Array.from(bytes.subarray(at, at + size))
      pass.write(piece, 0, piece.length, cut)
      piece.fill(0x58)
    }
    pass.close(cut)
    assert.deepEqual(cut.list, whole.list)
    assert.deepEqual(cut.offsets, whole.offsets)
  })
  fc.assert(property, { numRuns: Math.min(fuzzRuns * 3, 20_000) })
})

test('any bytes are read to their end, and what is found lies in them, in order', () => {
  const property = fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
    const found = new Collected()
    const pass = new FreeText()
    pass.beginWhole(bytes, 0, bytes.length)
    pass.close(found)
    for (const [i, offset] of found.offsets.entries()) {
      assert.ok(offset < bytes.length && (i === 0 || offset > found.offsets[i - 1]))
    }
  })
  fc.assert(property, { numRuns: fuzzRuns * 3 })
})

test('bytes that are no text end the pass, in pieces as well', () => {
  const found = new Collected()
  const pass = new FreeText()
  pass.begin()
  for (const piece of [
    Buffer.alloc(5, 0),
    Buffer.alloc(10_000, 0x41),
    Buffer.from('My name is Anna Meier. '),
  ])
    pass.write(piece, 0, piece.length, found)
  pass.close(found)
  assert.deepEqual(found.list, [])
})

test('any bytes in pieces are read to their end', () => {
  const property = fc.property(
    fc.array(fc.uint8Array({ maxLength: 2000, size: 'max' }), { maxLength: 8 }),
    (pieces) => {
      const pass = new FreeText()
      pass.begin()
      for (const piece of pieces) pass.write(piece, 0, piece.length, new Collected())
      pass.close(new Collected())
    },
  )
  fc.assert(property, { numRuns: fuzzRuns * 3 })
})
