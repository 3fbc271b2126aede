import type { ValueDetector } from '../detector.ts'
import { Talk } from '../prose.ts'
import { Trait } from '../traits.ts'
import { judgeSeparated } from './separated.ts'
import { judgeWhole } from './whole.ts'

/** What would make a shell (sh, cmd.exe, PowerShell) or an interpreter run a command, were the value put into a command line. */
export const commandInjection: ValueDetector = {
  traits: 0,
  judge(view, sink) {
    if (view.context === 'sql') return
    const scene = { view, sink, talk: new Talk(view.lower) }
    if ((view.traits & separatorTraits) !== 0) judgeSeparated(scene)
    judgeWhole(scene)
  },
}

const separatorTraits =
  Trait.semicolon |
  Trait.pipe |
  Trait.ampersand |
  Trait.backtick |
  Trait.dollar |
  Trait.lineBreak |
  Trait.lessThan |
  Trait.greaterThan
