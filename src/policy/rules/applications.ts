/** Applications that rules of NeuVector may name (its release 5.6), in its order. */
export const applicationNames: readonly string[] = [
  'HTTP',
  'SSL',
  'SSH',
  'DNS',
  'DHCP',
  'NTP',
  'TFTP',
  'Echo',
  'RTSP',
  'SIP',
  'MySQL',
  'Redis',
  'ZooKeeper',
  'Cassandra',
  'MongoDB',
  'PostgreSQL',
  'Kafka',
  'Couchbase',
  'Wordpress',
  'ActiveMQ',
  'CouchDB',
  'ElasticSearch',
  'Memcached',
  'RabbitMQ',
  'Radius',
  'VoltDB',
  'Consul',
  'Syslog',
  'etcd',
  'Spark',
  'Apache',
  'nginx',
  'Jetty',
  'Oracle',
  'MSSQL',
  'GRPC',
]

const numbers = new Map(applicationNames.map((name, i) => [name.toLowerCase(), i + 2]))

/** It is not known yet: the bytes that tell have not been seen. */
export const applicationPending = 0
/** It is none that a rule could name. */
export const applicationUnknown = 1

/** The number of an application's name, whatever its case; `applicationUnknown` where rules have no name for it. */
export function applicationNumber(name: string): number {
  return numbers.get(name.toLowerCase()) ?? applicationUnknown
}

/** Applications that inspection tells from their first bytes, gRPC from its first request; a test holds them against the protocols that there are. */
export const toldApplications: readonly string[] = ['HTTP', 'GRPC', 'SSL', 'DNS', 'PostgreSQL']

/** Those that are spoken in requests of HTTP, and are told as that. */
const spokenInHttp = [
  ...['Wordpress', 'CouchDB', 'ElasticSearch', 'Consul', 'etcd', 'Spark'],
  ...['Apache', 'nginx', 'Jetty'],
]

const told = new Set(toldApplications.map(applicationNumber))
const inHttp = new Set(spokenInHttp.map(applicationNumber))

/**
 * Numbers of the connections that a rule which allows these applications is about. One that inspection does not tell looks like one
 * that is none, or like HTTP: a connection is not cut because of what we cannot read.
 */
export function allowedApplications(names: readonly string[]): Set<number> {
  const numbers = names.map(applicationNumber).filter((number) => number !== applicationUnknown)
  const all = new Set(numbers)
  for (const number of numbers) {
    if (told.has(number)) continue
    all.add(applicationUnknown)
    if (inHttp.has(number)) all.add(applicationNumber('HTTP'))
  }
  return all
}
