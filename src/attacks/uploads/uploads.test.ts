import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ValueRole } from '../detector.ts'
import { rulesOf } from '../fixtures.ts'

const uploads: readonly (readonly [role: ValueRole, value: string, rule: string | undefined])[] = [
  ['file-name', 'shell.php', 'upload.server-program'],
  ['file-name', 'shell.PhP5', 'upload.server-program'],
  ['file-name', 'x.jspx', 'upload.server-program'],
  ['file-name', 'x.php.jpg', 'upload.disguised-name'],
  ['file-name', 'x.asp;.jpg', 'upload.disguised-name'],
  ['file-name', 'x.php\0.jpg', 'upload.disguised-name'],
  ['file-name', 'x.aspx::$DATA', 'upload.disguised-name'],
  ['file-name', 'x.php.', 'upload.disguised-name'],
  ['file-name', '.htaccess', 'upload.configuration'],
  ['file-name', '../../x.txt', 'upload.climbing-name'],
  ['file-name', 'setup.exe', 'upload.program'],
  ['file-name', 'photo.jpg', undefined],
  ['file-name', 'report.2024.final.pdf', undefined],
  ['file-name', 'jsp.txt', undefined],
  ['file-head', '\u007fELF\u0002\u0001\u0001', 'upload.executable'],
  ['file-head', 'MZ\u0090\0\u0003\0', 'upload.executable'],
  ['file-head', '\u00ca\u00fe\u00ba\u00be\0\0', 'upload.executable'],
  ['file-head', '#!/bin/sh\nid', 'upload.script'],
  ['file-head', 'GIF89a;<?php system($_GET[0]);', 'upload.server-code'],
  ['file-head', '<%@ page import="java.io.*" %>', 'upload.server-code'],
  ['file-head', '<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>', 'upload.active-image'],
  ['file-head', '\u0089PNG\r\n\u001a\n', undefined],
  ['file-head', '%PDF-1.7', undefined],
  ['file-head', 'MZ is short for Mark Zbikowski', undefined],
  ['file-head', '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0"/></svg>', undefined],
]

test('files that a server or a system would run are told by their names and first bytes', () => {
  for (const [role, value, rule] of uploads) {
    const found = rulesOf(value, 'body', { role }).filter((id) => id.startsWith('upload.'))
    assert.ok(rule === undefined ? found.length === 0 : found.includes(rule), `${value}: ${found.join(' ')}`)
  }
})
