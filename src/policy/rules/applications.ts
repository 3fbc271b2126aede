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
