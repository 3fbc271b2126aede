import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FileRule } from '../../policy/definition.ts'
import { fileLimits } from './limits.ts'
import { type FolderView, planWatch } from './watch-plan.ts'

function viewOf(...paths: string[]): FolderView {
  const all = new Set([
    '',
    ...paths.flatMap((path) => path.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'))),
  ])
  return {
    isFolder: (path) => all.has(path),
    folders: (path) =>
      [...all]
        .filter((each) => each !== '' && each.slice(0, each.lastIndexOf('/')) === path)
        .map((each) => each.slice(each.lastIndexOf('/') + 1)),
  }
}

function planned(view: FolderView, rule: Partial<FileRule>): string[] {
  const whole: FileRule = {
    filter: '',
    behavior: 'monitor_change',
    recursive: false,
    applications: [],
    ...rule,
  }
  const { folders } = planWatch([whole], view)
  return [...folders].map(
    ([path, { opens, changes, structure }]) =>
      `${path === '' ? '/' : path}${opens ? ' opens' : ''}${changes ? ' changes' : ''}${structure ? ' structure' : ''}`,
  )
}

const view = viewOf('/etc', '/home/anna/.ssh/keys', '/home/ben')

test('the folder of a file is watched, and those on the way for what comes to be', () => {
  assert.deepEqual(planned(view, { filter: '/etc/passwd' }), ['/ structure', '/etc changes'])
  assert.deepEqual(planned(view, { filter: '/srv/data/x' }), ['/ structure'])
  assert.deepEqual(planned(view, { filter: '/etc/*', behavior: 'block_access' }), [
    '/ structure',
    '/etc opens',
  ])
})

test('a wildcard is each folder that it fits, and recursive what is below', () => {
  assert.deepEqual(planned(view, { filter: '/home/*/.ssh/*', recursive: true }), [
    '/ structure',
    '/home structure',
    '/home/anna structure',
    '/home/ben structure',
    '/home/anna/.ssh changes structure',
    '/home/anna/.ssh/keys changes structure',
  ])
})

test('more folders than are watched are told', () => {
  const many: FolderView = {
    isFolder: () => true,
    folders: () => Array.from({ length: 20 }, (_, i) => `f${i}`),
  }
  const rule: FileRule = { filter: '/*', behavior: 'monitor_change', recursive: true, applications: [] }
  const { folders, isWhole } = planWatch([rule], many)
  assert.deepEqual([folders.size, isWhole], [fileLimits.folders, false])
})
