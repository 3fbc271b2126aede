import { each, type TellingLiteral } from '../literals/telling.ts'
import { rules } from './rules.ts'

/** What stands in attacks on template engines and expression languages, and hardly elsewhere. */
export const expressionLiterals: readonly TellingLiteral[] = [
  ...each(
    `
    __class__
    __mro__
    __subclasses__
    __globals__
    __builtins__
    __init__.
    __base__
    __bases__
    |attr(
    | attr(
    constructor.constructor(
    range.constructor
    .constructor("return
    .constructor('return
    _self.env
    registerundefinedfiltercallback
    get_flashed_messages.
    url_for.__
    lipsum.
    cycler.__
    joiner.__
    self.__dict__
    request.application
    config.items()
    config.from_object
    settings.secret_key
    app.request.server
    |filter('system')
    |filter("system")
    |map('system')
    |map("system")
    |sort('system')
    |reduce('system')
    ['id']|filter
    freemarker.template
    ?new()
    objectconstructor
    jythonruntime
    $class.inspect
    $class.type
    {$smarty.
    {php}
    {literal}<script
    self::getstreamvariable
    smarty_internal
    velocity.tools
    handler.settings
    {{this.constructor
    lookup string.sub "constructor"
    $on.constructor
    $eval.constructor
    tojsonstring.constructor
    tostring().constructor
    `,
    { rule: rules.internals, inProse: rules.mention },
  ),
  ...each(
    `
    <#assign
    <#list
    <#include
    [#assign
    #set($
    #set ($
    #foreach($
    #include("
    #evaluate(
    {% import
    {%import
    {% include
    {% set
    {% for
    {% if
    {%if
    {% debug
    {% raw
    {% load
    {% extends
    {% system
    {{#with
    `,
    { rule: rules.statement, inProse: rules.mention, contexts: ['query', 'header', 'cookie', 'path'] },
  ),
  ...each(
    `
    #_memberaccess
    _memberaccess[
    #context[
    #application[
    #parameters.
    @java.lang.
    @ognl.
    ognl.ognlcontext
    @org.apache.
    new java.lang.
    new java.io.
    new java.net.
    new javax.script
    t(java.lang
    t (java.lang
    t(org.springframework
    t(java.net
    t(javax.
    java.lang.class
    java.lang.system
    java.lang.string(
    .getclass().forname
    .class.forname(
    .getclass().getclassloader
    .class.getmethod
    getdeclaredconstructor
    getdeclaredmethod
    xwork.methodaccessor
    xwork2.
    allowstaticmethodaccess
    excludedclasses
    excludedpackagenames
    com.opensymphony
    struts.valuestack
    redirect:\${
    redirect:%{
    redirectaction:
    action:%{
    pagecontext.
    applicationscope
    facescontext
    \${session
    \${requestscope
    __\${
    javax.naming.initialcontext
    javax.el.elprocessor
    scriptenginefactory
    springframework.context.support
    filesystemxmlapplicationcontext
    classpathxmlapplicationcontext
    org.apache.commons.ognl
    org.springframework.util.streamutils
    `,
    { rule: rules.language, inProse: rules.mention },
  ),
  ...each(
    `
    \${script:
    \${url:utf
    \${dns:address
    \${base64decoder:
    \${const:
    `,
    { rule: rules.interpolation, inProse: rules.mention },
  ),
  ...each(
    `
    () { :;}
    () { :; }
    () {:;}
    () { _; }
    () { ignored;}
    () { test;}
    () { 42;}
    () { foo;}
    (){:;}
    (){ :;}
    () { (a)=>
    `,
    { rule: rules.shellshock, inProse: rules.mention },
  ),
]
