/**
 * Commands by what they do, of Unix, cmd.exe and PowerShell; lower case, without path, suffix and version. Facts: POSIX.1-2024 chapter 3,
 * GNU coreutils, Microsoft's command reference, and what GTFOBins and LOLBAS say can be had from which program.
 */
const byPurpose = {
  whoAndWhere:
    'whoami uname hostname ifconfig ipconfig netstat systeminfo tasklist lsb_release arch hostnamectl getent lastlog finger dmidecode lscpu lsblk ' +
    'dpkg rpm printenv groups logname tty users uptime nproc lsof vmstat iostat qwinsta quser wmic driverquery gpresult nbtstat getmac msinfo32 ver pwd',
  files:
    'cat tac ls dir rm cp mv chmod chown chgrp touch mkdir rmdir ln tee dd shred truncate xxd hexdump od strings rev nl base64 base32 md5sum sha1sum sha256sum ' +
    'tar gzip gunzip zip unzip zcat bzip2 xz cpio del erase copy xcopy robocopy icacls attrib cacls takeown mklink findstr stat realpath readlink basename dirname mktemp mkfifo mknod cmp chattr lsattr egrep fgrep',
  network:
    'wget curl nc ncat netcat socat telnet ftp tftp scp sftp ssh sshpass rsync ping ping6 fping nslookup dig traceroute tracert nmap masscan arp route ip iptables nft tcpdump ' +
    'lynx links w3m axel aria2c fetch lwp-request httpie certutil bitsadmin ngrok chisel rlogin openssl hping3 pathping smbclient rpcclient showmount proxychains whois',
  interpreters:
    'sh bash dash zsh ksh csh tcsh ash busybox pwsh powershell powershell_ise cmd python pypy perl ruby php node nodejs lua luajit tclsh awk gawk mawk nawk sed gcc cc tcc java javac jshell ' +
    'cscript wscript mshta rundll32 regsvr32 msiexec installutil regasm msbuild cmstp osascript irb ghci erl groovy scala expect xargs nohup setsid env',
  system:
    'sleep kill killall pkill ps shutdown reboot halt poweroff init systemctl service crontab mount umount su sudo doas passwd useradd usermod userdel adduser groupadd visudo chpasswd insmod modprobe sysctl ' +
    'docker kubectl crictl runc nsenter unshare chroot strace gdb ltrace net net1 netsh sc schtasks reg regedit taskkill vssadmin bcdedit wevtutil apt apt-get yum dnf apk pip npm gem ' +
    'mysql mysqldump psql sqlite3 mongo redis-cli sqlplus sqlcmd ldapsearch echo printf eval exec export unset source alias declare timeout',
  powershell:
    'invoke-expression iex invoke-webrequest iwr invoke-restmethod irm invoke-command start-process get-content gc get-childitem gci get-process new-object start-bitstransfer set-executionpolicy get-wmiobject get-ciminstance ' +
    'set-content out-file get-service stop-service add-type invoke-mimikatz test-netconnection resolve-dnsname get-computerinfo start-sleep',
}

/** Those that are words of languages, of forms or of data too: `x;type` says nothing, `x;type c:\boot.ini` does. */
const homonyms =
  'id type sort find time date set who w at which more less history host last locate test head tail cut top split join read exit grep ' +
  'ip arch groups users route service source export links fetch init users kill sleep mount echo eval exec env stat expect alias mongo node java ' +
  'php python ruby perl lua cmd dir ver net sc reg copy del touch cat strings rev expect timeout declare scala groovy tee arp gem dig finger ' +
  'uptime passwd true false docker mysql zip tar ps su cc gc ftp ls rm pwd cp mv nc npm pip apt apt-get yum dnf apk dpkg rpm service systemctl openssl kubectl'

/** Those that attackers send alone, to see whether anything runs. */
const probes =
  'id ls dir ps pwd env whoami uname ifconfig ipconfig netstat hostname systeminfo tasklist cat who nslookup reboot shutdown printenv set'

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '))

export const homonymCommands = set(homonyms)
export const probeCommands = set(probes)

/** All of them. */
export const knownCommands: ReadonlySet<string> = new Set([
  ...Object.values(byPurpose).flatMap((names) => names.split(' ')),
  ...homonymCommands,
  ...probeCommands,
])

/** What programs are built and started with: settings and build files are full of them. */
export const developmentTools = set(
  'node nodejs npm python pypy php ruby java javac perl pip gem docker kubectl gcc cc echo export set cp mv rm mkdir cd exec env touch sed cat tar',
)

/** What reads commands from a pipe. */
export const shells = set(
  'sh bash dash zsh ksh csh tcsh ash busybox pwsh powershell cmd python perl ruby php node',
)
