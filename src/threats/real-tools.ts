/** By the name of a threat: the real tool by which `test/threats` makes it. A test holds the names against those tests. */
export const realTools: Readonly<Record<string, string>> = {
  'TCP.SYN.Flood': 'hping3',
  'ICMP.Flood': 'hping3',
  'TCP.Land': 'hping3',
  'TCP.Port.Scan': 'nmap',
  'TCP.Null.Scan': 'nmap',
  'TCP.Xmas.Scan': 'nmap',
  'TCP.FIN.Scan': 'nmap',
  'HTTP.Request.Slowloris': 'slowhttptest',
  'HTTP.Brute.Force': 'hydra',
  'Login.Brute.Force': 'hydra',
  'TLS.Null.Cipher': 'sslscan',
  'HTTP2.Rapid.Reset': 'node:http2',
  'DNS.Tunneling': 'iodine, dns2tcp, dnscat2’s protocol',
  'HTTP.Tunneling': 'httptunnel',
  'DHCP.Spoofing': 'dnsmasq, udhcpc',
  'K8S.externalIPs.MitM': 'nft, as kube-proxy sets it up',
}
