import type { AttackSink, ValueDetector } from '../detector.ts'
import { rules } from './rules.ts'

/** What servers run by its name. */
const serverEndings = new Set(
  'php php2 php3 php4 php5 php6 php7 php8 pht phtml phtm phps phar pgif shtml stm jsp jspx jspf jspa jsw jsv jhtml asp aspx asa asax ascx ashx asmx cer cdx cshtml vbhtml cfm cfml cfc cgi pl pm rb erb war ear jar ejs do action'.split(
    ' ',
  ),
)

/** What systems run. */
const programEndings = new Set(
  'exe dll scr com bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta msi msc cpl lnk elf so sh bash ksh run bin deb rpm apk app dmg pkg command jnlp reg scf inf'.split(
    ' ',
  ),
)

const configurations = new Set([
  '.htaccess',
  '.user.ini',
  'web.config',
  'php.ini',
  '.htpasswd',
  'crossdomain.xml',
  '.bashrc',
  'authorized_keys',
  'crontab',
])

/** Names and first bytes of files that are sent. */
export const executableUploads: ValueDetector = {
  traits: 0,
  roles: ['file-name', 'file-head'],
  judge({ lower, text, role }, sink) {
    if (role === 'file-name') judgeName(lower, sink)
    else if (role === 'file-head') judgeHead(text, lower, sink)
  },
}

function judgeName(lower: string, sink: AttackSink): void {
  const name = lower.slice(Math.max(lower.lastIndexOf('/'), lower.lastIndexOf('\\')) + 1)
  if (lower.includes('../') || lower.includes('..\\') || lower.startsWith('/')) sink.report(rules.climbing)
  if (configurations.has(name)) sink.report(rules.configuration)
  const clean = withoutTail(name)
  const endings = clean.split('.', 8).slice(1)
  const last = endings.at(-1) ?? ''
  if (serverEndings.has(last))
    sink.report(clean.length === name.length ? rules.serverProgram : rules.disguised)
  else if (endings.some(isRunByServer)) sink.report(rules.disguised)
  else if (programEndings.has(last)) sink.report(rules.program)
}

function isRunByServer(ending: string): boolean {
  const end = endOfEnding(ending)
  const word = ending.slice(0, end)
  return (
    serverEndings.has(word) &&
    (end < ending.length ||
      word.startsWith('php') ||
      word.startsWith('asp') ||
      word.startsWith('jsp') ||
      word === 'phtml' ||
      word === 'pht')
  )
}

/** `shell.asp;.jpg`, `shell.php%00.jpg`, `shell.php\0.jpg`: where servers stop reading. */
function endOfEnding(ending: string): number {
  for (let i = 0; i < ending.length; i++) if (';%:\0\n\r /'.includes(ending[i])) return i
  return ending.length
}

/** Dots, blanks and streams at the end, which Windows takes off (`shell.asp.`, `shell.asp::$data`). */
function withoutTail(name: string): string {
  let end = name.indexOf('::$data')
  if (end < 0) end = name.length
  while (end > 0 && '. \0/'.includes(name[end - 1])) end--
  return name.slice(0, end)
}

/** First bytes of programs: ELF, PE, Mach-O, class files of Java, and `#!` of scripts. */
const executables = [
  '\u007fELF',
  '\u00ca\u00fe\u00ba\u00be',
  '\u00fe\u00ed\u00fa\u00ce',
  '\u00fe\u00ed\u00fa\u00cf',
  '\u00ce\u00fa\u00ed\u00fe',
  '\u00cf\u00fa\u00ed\u00fe',
]

const code = [
  '<?php',
  '<?=',
  '<% ',
  '<%@',
  '<%=',
  '<%!',
  '<jsp:',
  '<script runat="server"',
  '<script language="php"',
  "<script runat='server'",
  'eval(request',
  'eval($_',
  'system($_',
  'assert($_',
  '@eval(',
]

function judgeHead(text: string, lower: string, sink: AttackSink): void {
  if (executables.some((magic) => text.startsWith(magic)) || isWindowsProgram(text, lower))
    sink.report(rules.executable)
  if (lower.startsWith('#!/') || lower.startsWith('#! /')) sink.report(rules.script)
  if (code.some((part) => lower.includes(part))) sink.report(rules.code)
  if (
    lower.includes('<svg') &&
    (lower.includes('<script') || lower.includes('javascript:') || lower.includes('onload='))
  )
    sink.report(rules.activeImage)
}

/** `MZ` begins words too; what follows it in a program is a header with few letters, or a stub that says that it is one. */
function isWindowsProgram(text: string, lower: string): boolean {
  return text.startsWith('MZ') && (text.includes('\0') || lower.includes('this program'))
}
