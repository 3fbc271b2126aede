import { each, type TellingLiteral } from '../literals/telling.ts'
import { rules } from './rules.ts'

const gadget = { rule: rules.gadget, inProse: rules.mention }

/** Classes, tags and beginnings that serialised objects of attackers have. Facts: the gadget chains of ysoserial, marshalsec, ysoserial.net and PHPGGC. */
export const deserializationLiterals: readonly TellingLiteral[] = [
  ...each(
    `
    com.sun.rowset.jdbcrowsetimpl
    com.sun.org.apache.xalan.internal.xsltc.trax.templatesimpl
    org.apache.xalan.xsltc.trax.templatesimpl
    com.sun.org.apache.bcel
    org.apache.commons.collections.functors
    org.apache.commons.collections4.functors
    org.apache.commons.collections.map.lazymap
    org.apache.commons.collections.keyvalue.tiedmapentry
    commons.collections.transformer
    invokertransformer
    chainedtransformer
    instantiatetransformer
    org.apache.commons.beanutils.beancomparator
    org.codehaus.groovy.runtime.convertedclosure
    org.codehaus.groovy.runtime.methodclosure
    org.springframework.beans.factory.config.propertypathfactorybean
    org.springframework.aop.support
    org.springframework.core.serializabletypewrapper
    org.hibernate.property.access
    org.hibernate.jmx.statisticsservice
    com.mchange.v2.c3p0
    com.rometools.rome.feed.impl
    com.sun.syndication.feed.impl
    org.mozilla.javascript.nativejavaobject
    org.python.core.pyfunction
    javax.management.badattributevalueexpexception
    javax.swing.uidefaults
    sun.reflect.annotation.annotationinvocationhandler
    java.rmi.server.unicastremoteobject
    sun.rmi.server.unicastref
    java.beans.xmldecoder
    java.beans.eventhandler
    javax.imageio.imageio$containsfilter
    com.sun.jndi.ldap.ldapattribute
    com.sun.jndi.rmi.registry
    org.apache.ibatis.datasource.jndi
    org.apache.xbean.naming.context
    org.apache.tomcat.dbcp
    org.apache.naming.factory.beanfactory
    ch.qos.logback.core.db
    com.zaxxer.hikari.hikariconfig
    org.apache.shiro.jndi
    com.caucho.naming
    oracle.jdbc.connector
    com.alibaba.fastjson.jsonobject","bcel
    com.ibatis.sqlmap.engine.transaction.jta
    com.newrelic.agent.deps.ch.qos.logback
    br.com.anteros.dbcp
    ysoserial.
    system.windows.data.objectdataprovider
    objectdataprovider
    system.windows.markup.xamlreader
    system.workflow.componentmodel
    system.activities.presentation.workflowdesigner
    system.configuration.install.assemblyinstaller
    microsoft.visualstudio.text.formatting.textformattingrunproperties
    textformattingrunproperties
    typeconfusedelegate
    windowsidentity, mscorlib
    system.security.principal.windowsidentity
    system.data.dataset, system.data
    system.collections.generic.sortedset\`1[[system.string
    system.diagnostics.process, system
    system.management.automation.psobject
    system.resources.resxresourcereader
    system.web.security.rolepprincipal
    monolog\\handler
    guzzlehttp\\cookie\\filecookiejar
    guzzlehttp\\psr7\\fnstream
    symfony\\component\\cache
    illuminate\\broadcasting\\pendingbroadcast
    illuminate\\validation\\generator
    swift_bytestream
    zend_log
    phpggc
    `,
    gadget,
  ),
  ...each(
    `
    _$$nd_func$$_
    _$$nd_cc$$_
    `,
    { rule: rules.node },
  ),
  ...each(
    `
    !!python/
    tag:yaml.org,2002:python/
    !!javax.
    !!java.
    !!com.sun.
    !!org.springframework
    !!sun.
    !!ruby/
    !ruby/object
    !ruby/hash
    !ruby/struct
    !!js/function
    !!php/object
    `,
    { rule: rules.yaml, inProse: rules.mention },
  ),
  ...each(
    `
    "$type":"system.
    "$type": "system.
    "$type":"microsoft.
    "@type":"com.sun.
    "@type":"java.
    "@type":"javax.
    "@type":"org.apache.
    "@type":"org.springframework
    "@type":"lcom.sun
    "@type": "com.sun.
    "@type": "java.
    "@type": "javax.
    "@type": "org.apache.
    "@class":"com.sun.
    "@class":"java.
    ["com.sun.
    ["javax.naming
    ["ch.qos.logback
    <java.util.priorityqueue
    <java.beans.
    <dynamic-proxy>
    <java version=
    <void class="java.
    <object class="java.
    <object class='java.
    <linked-hash-set>
    <javax.imageio.
    <jdk.nashorn.
    <sorted-set>
    <tree-map>
    <java.util.concurrent.atomic
    `,
    { rule: rules.typeName, inProse: rules.mention },
  ),
  ['cos\nsystem\n', { rule: rules.python }],
  ['cposix\nsystem\n', { rule: rules.python }],
  ['cnt\nsystem\n', { rule: rules.python }],
  ['csubprocess\n', { rule: rules.python }],
  ['c__builtin__\n', { rule: rules.python }],
  ['cbuiltins\n', { rule: rules.python }],
  ...each(
    `
    __proto__[
    __proto__.
    "__proto__"
    '__proto__'
    [__proto__]
    constructor.prototype
    constructor[prototype]
    ["constructor"]["prototype"]
    "constructor":{"prototype"
    `,
    { rule: rules.prototype, inProse: rules.mention },
  ),
]
