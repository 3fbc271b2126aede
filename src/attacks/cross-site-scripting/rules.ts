import type { AttackRule, Strictness } from '../attack.ts'

function rule(name: string, points: number, level: Strictness, what: string): AttackRule {
  return { class: 'cross-site-scripting', id: `xss.${name}`, points, level, what }
}

export const rules = {
  scriptElement: rule('script-element', 5, 1, 'a script element that does something'),
  bareScriptElement: rule('bare-script-element', 5, 2, 'a script element without a script'),
  eventHandler: rule('event-handler', 5, 1, 'an element with an event handler'),
  ownHandler: rule('plain-event-handler', 3, 1, 'an event handler that calls nothing telling'),
  attributeBreakout: rule(
    'attribute-breakout',
    5,
    1,
    'text that ends an attribute and begins an event handler',
  ),
  scriptAddress: rule('script-address', 5, 1, 'an address whose scheme runs a script'),
  activeElement: rule('active-element', 5, 1, 'an element that loads, embeds or redirects'),
  embeddedElement: rule('embedded-element', 3, 1, 'an element that embeds something, in a text with markup'),
  loadingElement: rule(
    'loading-element',
    5,
    1,
    'markup that loads, links or submits, where no markup belongs',
  ),
  documentElement: rule('markup', 5, 3, 'an element of HTML'),
  probe: rule('probe', 5, 1, 'an element by which testers tell whether markup gets through'),
  strippedElement: rule(
    'stripped-script-element',
    5,
    1,
    'a script element whose angle brackets were taken out',
  ),
  tagBreakout: rule('tag-breakout', 5, 1, 'text that ends an attribute, does something and ends the tag'),
  quoteAndTagEnd: rule('tag-end', 3, 2, 'text that ends an attribute and its tag'),
  frameDocument: rule('frame-document', 5, 1, 'a frame with a document of its own'),
  activeStyle: rule('active-style', 5, 1, 'a style that runs a script'),
  style: rule('style', 3, 1, 'an element with a style, where no markup belongs'),
  rawTextBreakout: rule(
    'raw-text-breakout',
    5,
    1,
    'the end of an element in which a browser reads no markup',
  ),
  pageEnd: rule('page-end', 5, 1, 'the end of a page'),
  conditionalComment: rule('conditional-comment', 5, 1, 'a comment or instruction that browsers run'),
  script: rule('script', 5, 1, 'JavaScript that acts in a page'),
  stringBreakout: rule('string-breakout', 5, 1, 'JavaScript that ends a string and goes on'),
  likelyScript: rule('likely-script', 3, 1, 'what is likely JavaScript that acts in a page'),
  maybeScript: rule('maybe-script', 5, 3, 'words of JavaScript that attackers use'),
  assignment: rule('assignment', 5, 1, 'a statement of JavaScript in place of a value'),
  symbols: rule('symbols-script', 5, 1, 'JavaScript written in brackets and signs'),
  utf7: rule('utf-7', 5, 1, 'markup in UTF-7'),
} as const
