import { each, outsideOfBodies, type TellingLiteral } from '../literals/telling.ts'
import { rules } from './rules.ts'

const code = { rule: rules.code, inProse: rules.codeWords, shortInBody: true }
const tag = { rule: rules.phpTag, inProse: rules.codeWords }

/** Calls that run commands or code, or show that code runs, in PHP, Java, Python, Ruby, Perl, Node and .NET; and the tags that programs begin with. */
export const codeLiterals: readonly TellingLiteral[] = [
  ...each(
    `
    shell_exec(
    passthru(
    proc_open(
    pcntl_exec(
    phpinfo(
    base64_decode(
    str_rot13(
    gzinflate(
    create_function(
    call_user_func(
    call_user_func_array(
    file_put_contents(
    file_get_contents(
    move_uploaded_file(
    show_source(
    highlight_file(
    readfile(
    var_dump(
    print_r(
    preg_replace(
    array_map(
    ini_set(
    die(md5(
    print(md5(
    echo(md5(
    echo md5(
    getruntime(
    .getruntime
    processbuilder(
    runtime.exec(
    java.lang.runtime
    java.lang.processbuilder
    scriptenginemanager
    defineclass(
    urlclassloader
    os.system(
    os.popen(
    subprocess.
    __import__(
    pty.spawn(
    exec(compile(
    __builtins__
    commands.getoutput(
    platform.popen(
    getattr(__
    child_process
    .mainmodule
    process.binding(
    execsync(
    spawnsync(
    process.kill(
    io.popen(
    kernel.exec(
    kernel.open(
    open3.
    io.read(
    file.open(
    file.read(
    dir.entries(
    process.start(
    system.diagnostics.process
    server.createobject(
    response.write(
    xp_cmdshell
    request.getparameter(
    eval(request
    execute(request
    eval($_
    assert($_
    system($_
    exec($_
    $_get[
    $_post[
    $_request[
    $_server[
    $globals[
    `,
    code,
  ),
  ...each(
    `
    <?php
    <php>
    <?=
    <%=
    <%@
    <%!
    <jsp:
    <script language="php"
    <script language='php'
    <script language=php
    [php]
    <cfexecute
    <%eval
    <%execute
    <%response
    <%request
    `,
    tag,
  ),
  ['<? ', tag],
  ['<?\n', tag],
  ...each(
    `
    system(
    exec(
    popen(
    assert(
    eval(
    include(
    require(
    include_once(
    require_once(
    print(
    sleep(
    fopen(
    spawn(
    execfile(
    unserialize(
    compile(
    `,
    { rule: rules.code, inProse: rules.codeWords, edge: true, isCallWithText: true },
  ),
  ['sleep(', { rule: rules.code, inProse: rules.codeWords, begins: true }],
  ...each(
    `
    process.env
    process.exit(
    process.cwd(
    require('fs')
    require("fs")
    require('os')
    require("os")
    `,
    { ...code, contexts: outsideOfBodies },
  ),
]
