/**
 * A Debian package that something needs.
 *
 * @typedef {object} DebianPackage
 * @property {string} name
 * @property {string} sign the program or file that shows it is there, whoever installed it; `*` stands for a version
 * @property {string} without what does not work where it is missing
 *
 * @typedef {'demo' | 'demo-docker' | 'tests'} Purpose
 */

/** @type {DebianPackage} */
const iproute2 = { name: 'iproute2', sign: 'ip', without: 'network namespaces with a cable between them' }
/** @type {DebianPackage} */
const postgresql = {
  name: 'postgresql',
  sign: '/usr/lib/postgresql/*/bin/postgres',
  without: 'a real PostgreSQL server',
}
/** @type {DebianPackage} */
const openssl = { name: 'openssl', sign: 'openssl', without: 'certificates that are made on the spot' }
/** @type {DebianPackage} */
const docker = { name: 'docker.io', sign: 'dockerd', without: 'Docker' }
/** The engines' own records: a program of the same name may be of a package that is not enough. */
const installed = (/** @type {string} */ name) => `/var/lib/dpkg/info/${name}.list`

/** What runs needs none: Pavise stands on Node alone. @type {Record<Purpose, DebianPackage[]>} */
export const packages = {
  demo: [iproute2, postgresql, openssl],
  'demo-docker': [docker],
  tests: [
    iproute2,
    postgresql,
    openssl,
    docker,
    { name: 'containerd', sign: 'containerd', without: 'tests with containerd' },
    { name: 'runc', sign: 'runc', without: 'tests with containerd and Podman' },
    { name: 'podman', sign: 'podman', without: 'tests with Podman' },
    { name: 'conmon', sign: 'conmon', without: 'tests with Podman' },
    { name: 'containernetworking-plugins', sign: '/usr/lib/cni/bridge', without: 'networks of Podman' },
    // One that is not static would do for us, but not in an image that holds nothing else.
    { name: 'busybox-static', sign: installed('busybox-static'), without: 'tests in containers' },
    { name: 'nftables', sign: 'nft', without: 'the look at rules of nf_tables from outside' },
    { name: 'chromium', sign: 'chromium', without: 'tests of the console in a browser' },
    { name: 'nmap', sign: 'nmap', without: 'real scans, to be seen' },
    { name: 'hping3', sign: 'hping3', without: 'real floods, to be seen' },
    { name: 'curl', sign: 'curl', without: 'a client of HTTP/2 that is not ours' },
    { name: 'nghttp2-proxy', sign: 'nghttpx', without: 'connections that go over from HTTP/1 to HTTP/2' },
    { name: 'hydra', sign: 'hydra', without: 'real guessing of passwords, to be seen' },
    { name: 'slowhttptest', sign: 'slowhttptest', without: 'real slow requests, to be seen' },
    { name: 'sslscan', sign: 'sslscan', without: 'a real look for weak TLS, to be seen' },
    { name: 'dns2tcp', sign: 'dns2tcpc', without: 'a real tunnel in DNS, to be seen' },
    { name: 'httptunnel', sign: 'htc', without: 'a real tunnel in HTTP, to be seen' },
    { name: 'dnsmasq-base', sign: 'dnsmasq', without: 'real servers of DHCP, to be seen' },
    { name: 'iodine', sign: 'iodined', without: 'a real tunnel in DNS, to be seen' },
    {
      name: 'modsecurity-crs',
      sign: '/usr/share/modsecurity-crs/rules/REQUEST-901-INITIALIZATION.conf',
      without: 'the OWASP Core Rule Set',
    },
    { name: 'tshark', sign: 'tshark', without: 'the look at recorded packets from outside' },
    { name: 'wireshark-common', sign: 'capinfos', without: 'the comparison with capinfos' },
  ],
}
