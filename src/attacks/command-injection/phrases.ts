import { each, outsideOfBodies, type TellingLiteral } from '../literals/telling.ts'
import { rules } from './rules.ts'

/** What is told without a place where a command begins. */
export const phraseLiterals: readonly TellingLiteral[] = [
  ...each(
    `
    cmd /c
    cmd /k
    %comspec%
    -encodedcommand
    invoke-expression
    .downloadstring(
    .downloadfile(
    net.webclient
    wscript.shell
    `,
    { rule: rules.windows },
  ),
  ...each(
    `
    \${ifs
    $ifs
    \${path:
    \${home:
    \${pwd:
    \${#ifs
    $'\\x
    $'\\0
    $'\\1
    `,
    { rule: rules.variable },
  ),
  ...each(
    `
    /dev/tcp/
    /dev/udp/
    bash -i >
    sh -i >
    bash -i>&
    nc -e
    nc -c
    ncat -e
    nc -lvp
    exec:/bin/
    exec:"/bin
    exec:'/bin
    0>&1
    `,
    { rule: rules.reverseShell, edge: true },
  ),
  ...each(
    `
    sh -c 
    sh+-c+
    sh -c"
    sh -c'
    /bin/sh
    /bin/bash
    base64 -d
    base64 --decode
    `,
    { rule: rules.toShell, edge: true, contexts: outsideOfBodies },
  ),
  ...each(
    `
    cmd.exe
    %systemroot%
    %windir%
    powershell -
    powershell.exe
    invoke-webrequest
    `,
    { rule: rules.windows, contexts: outsideOfBodies },
  ),
  ...each(
    `
    <!--#exec
    <esi:include
    <esi:inline
    <esi:debug
    <!--#include
    <!--#echo
    <!--#printenv
    <!--#config
    <!--#set
    <!--#fsize
    <!--#flastmod
    <!--#if
    `,
    { rule: rules.serverSideInclude },
  ),
  [':(){ :|:', { rule: rules.disguised }],
  [':(){:|:', { rule: rules.disguised }],
]
