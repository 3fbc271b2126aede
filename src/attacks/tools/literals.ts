import { each, type TellingLiteral } from '../literals/telling.ts'
import { rules } from './rules.ts'

const agent = { rule: rules.tool, field: 'user-agent' }
const file = { rule: rules.hiddenFile, contexts: ['path'] as const }

/** Tools, what they leave behind, and what they look for. */
export const toolLiterals: readonly TellingLiteral[] = [
  ...each(
    `
    sqlmap
    nikto
    nuclei
    nessus
    openvas
    acunetix
    netsparker
    invicti
    w3af
    arachni
    wpscan
    joomscan
    droopescan
    whatweb
    dirbuster
    dirb
    gobuster
    feroxbuster
    ffuf
    wfuzz
    fuzz faster
    burpsuite
    burp collaborator
    zaproxy
    owasp zap
    owasp_zap
    nmap scripting engine
    nmap nse
    masscan
    zgrab
    zmeu
    morfeus
    havij
    commix
    xsser
    jbrofuzz
    webinspect
    appscan
    qualys
    skipfish
    vega/
    grendel-scan
    pangolin
    brutus
    hydra
    medusa
    fimap
    jaeles
    xray
    gospider
    hakrawler
    katana
    dalfox
    tplmap
    struts-pwn
    l9explore
    l9tcpid
    leakix
    projectdiscovery
    interactsh
    detectify
    censysinspect
    internetmeasurement
    cgichk
    mysqloit
    paros
    sqlninja
    bsqlbf
    absinthe
    golismero
    metasploit
    meterpreter
    webshag
    n-stealth
    nsauditor
    whisker
    datacha0s
    core-project/1.0
    libwww-perl/5
    toata dragostea
    hello, peppa
    mozi.m
    gaisbot
    the mole
    prog.customcrawler
    cobalt strike
    report runner
    `,
    agent,
  ),
  ...each(
    `
    python-requests/
    python-urllib
    go-http-client/
    libwww-perl
    java/1.
    winhttp.winhttprequest
    lwp::simple
    `,
    { rule: rules.library, field: 'user-agent' },
  ),
  ...each(
    `
    acunetix-wvs-test-for-some-inexistent-file
    acunetix_wvs_security_test
    /appscan_fingerprint
    by_wvs
    /w00tw00t.at.isc
    nessus_is_probing_you
    /nikto-test-
    netsparker(0x
    ns:netsparker
    x-scanner: netsparker
    arachni_text
    `,
    { rule: rules.probe, contexts: ['query', 'header', 'cookie', 'path'] },
  ),
  ...each(
    `
    __schema{
    __schema {
    __type(name
    introspectionquery
    `,
    { rule: rules.introspection },
  ),
  ...each(
    `
    .burpcollaborator.net
    .oastify.com
    .oast.pro
    .oast.live
    .oast.site
    .oast.online
    .oast.fun
    .oast.me
    .interact.sh
    .interactsh.com
    .dnslog.cn
    .ceye.io
    .requestbin.net
    .bxss.me
    bxss.me/
    .xss.ht
    .r87.me
    .dnsbin.zhack.ca
    .eyes.sh
    .callback.red
    .dig.pm
    .tu4.org
    `,
    { rule: rules.callback },
  ),
  ...each(
    `
    /.git/
    /.svn/
    /.hg/
    /.bzr/
    /cvs/entries
    /.env
    /.aws/
    /.ssh/
    /.ds_store
    /.htpasswd
    /.htaccess
    /.bash_history
    /.mysql_history
    /.npmrc
    /.dockerenv
    /.docker/
    /.kube/
    /.vscode/sftp.json
    /.idea/workspace.xml
    /.idea/datasources.xml
    /.ftpconfig
    /.netrc
    /.pgpass
    /.travis.yml
    /.gitlab-ci.yml
    /.gitconfig
    /.git-credentials
    /wp-config.php.
    /wp-config.bak
    /wp-config.php~
    /config.php.bak
    /config.php~
    /web.config
    /id_rsa
    /etc/passwd
    /proc/self
    /phpinfo.php
    /info.php
    /test.php.bak
    /database.yml
    /secrets.yml
    /credentials.json
    /sftp-config.json
    /server-status
    /server-info
    /docker-compose.yml
    /elmah.axd
    /trace.axd
    /web-inf/
    /laravel.log
    /storage/logs/
    `,
    file,
  ),
  ...each(
    `
    /phpmyadmin/setup
    /scripts/setup.php
    /pma/scripts/
    /adminer.php
    /manager/html
    /host-manager/html
    /jmx-console
    /web-console/invoker
    /invoker/jmxinvokerservlet
    /invoker/ejbinvokerservlet
    /actuator/env
    /actuator/heapdump
    /actuator/jolokia
    /actuator/threaddump
    /actuator/configprops
    /actuator/gateway/routes
    /jolokia/exec
    /jolokia/list
    /solr/admin/
    /_cat/indices
    /_cluster/settings
    /druid/index.html
    /druid/indexer
    /telescope/requests
    /debug/default/view
    /debug/pprof
    /_profiler/phpinfo
    /app_dev.php/_profiler
    /boaform/admin
    /hnap1
    /cgi-bin/luci/;stok=
    /hudson/script
    /jenkins/script
    /script/console
    /vendor/phpunit/
    /lib/phpunit/
    /eval-stdin.php
    /_ignition/
    /wp-admin/install.php
    /wp-admin/setup-config.php
    /cgi-bin/test-cgi
    /cgi-bin/printenv
    /cgi-bin/php
    /_vti_bin/
    /_vti_pvt/
    /sdk/weblanguage
    /evox/about
    /nmaplowercheck
    /nice%20ports
    /nice ports,/
    `,
    { rule: rules.console, contexts: ['path'] },
  ),
  ...each(
    `
    .sql
    .sql.gz
    .bak
    .old
    .swp
    .sqlite
    .mdb
    .tar.gz
    .php~
    .save
    .orig
    `,
    { rule: rules.backup, contexts: ['path'], finishes: true },
  ),
  ...each(
    `
    /c99.php
    /c100.php
    /r57.php
    /wso.php
    /b374k
    /weevely
    /alfa.php
    /alfacgiapi
    /shell.php
    /webshell.
    /cmd.php
    /cmd.jsp
    /cmd.asp
    /cmdasp.asp
    /jspspy
    /aspxspy
    /behinder
    /godzilla.
    /antsword
    /p0wny
    /indoxploit
    /mini.php
    /up.php?
    /1.php?cmd
    /x.php?cmd
    /simattacker
    /regeorg
    /tunnel.jsp
    /tunnel.php
    /tunnel.aspx
    `,
    { rule: rules.shellName, contexts: ['path'] },
  ),
  ...each(
    `
    @eval(base64_decode(
    @ini_set("display_errors"
    @ini_set('display_errors'
    @set_time_limit(0)
    echo "->|"
    echo("->|")
    response.write("->|")
    assert(base64_decode(
    eval(gzinflate(
    eval(str_rot13(
    eval(gzuncompress(
    gzinflate(base64_decode
    weevely_
    `,
    { rule: rules.shellCode },
  ),
  ...each(
    `
    uid=0(root) gid=
    uid=33(www-data)
    gid=33(www-data)
    root:x:0:0:
    daemon:x:1:1:
    root:*:0:0:
    volume serial number is
    [boot loader]
    ; for 16-bit app support
    microsoft windows [version
    -----begin rsa private key
    -----begin openssh private key
    `,
    { rule: rules.output },
  ),
]
