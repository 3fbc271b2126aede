/**
 * A Debian package that something needs.
 *
 * @typedef {object} DebianPackage
 * @property {string} name
 * @property {string} sign the program or file that shows it is there, whoever installed it; `*` stands for a version
 * @property {string} without what does not work where it is missing
 */

/** @type {DebianPackage} */
const postgresql = {
  name: 'postgresql',
  sign: '/usr/lib/postgresql/*/bin/postgres',
  without: 'the database of the demonstration clinic',
}
/** @type {DebianPackage} */
const openssl = { name: 'openssl', sign: 'openssl', without: 'TLS in the demonstration clinic' }
/** @type {DebianPackage} */
const docker = { name: 'docker.io', sign: 'dockerd', without: 'Docker' }

/** @typedef {'start' | 'demo' | 'demo-docker' | 'tests'} Purpose */

/** @type {Record<Purpose, DebianPackage[]>} */
export const packages = {
  start: [
    { name: 'iproute2', sign: 'ip', without: 'network namespaces by name' },
    { name: 'nftables', sign: 'nft', without: 'blocking' },
  ],
  demo: [postgresql, openssl],
  'demo-docker': [docker],
  tests: [
    postgresql,
    openssl,
    docker,
    { name: 'iproute2', sign: 'ip', without: 'tests in network namespaces' },
    { name: 'nftables', sign: 'nft', without: 'tests of blocking' },
    { name: 'iptables', sign: 'iptables', without: 'tests with dockerd' },
    { name: 'containerd', sign: 'containerd', without: 'tests with containerd' },
    { name: 'runc', sign: 'runc', without: 'tests with containerd' },
    { name: 'podman', sign: 'podman', without: 'tests with Podman' },
    { name: 'crun', sign: 'crun', without: 'tests with Podman' },
    { name: 'conmon', sign: 'conmon', without: 'tests with Podman' },
    { name: 'containernetworking-plugins', sign: '/usr/lib/cni/bridge', without: 'networks of Podman' },
    { name: 'netavark', sign: '/usr/lib/podman/netavark', without: 'networks of Podman' },
    { name: 'aardvark-dns', sign: '/usr/lib/podman/aardvark-dns', without: 'names in networks of Podman' },
    // A dynamic busybox would do for us, but not in an image that holds nothing else.
    { name: 'busybox-static', sign: '/usr/share/doc/busybox-static', without: 'tests in containers' },
    { name: 'tshark', sign: 'tshark', without: 'comparisons with Wireshark' },
    { name: 'tcpdump', sign: 'tcpdump', without: 'tests that record packets' },
  ],
}
