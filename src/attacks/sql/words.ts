/** What words mean to databases: MySQL, PostgreSQL, SQL Server, Oracle, SQLite. From their manuals' lists of keywords and functions. */

/** What an expression does with a word behind an operand. */
export const connectives = new Set(['and', 'or', 'xor'])

/** Words that compare; what stands before and behind them is what is compared. */
export const comparisonWords = new Set([
  ...['like', 'rlike', 'regexp', 'glob', 'match', 'ilike', 'similar', 'sounds', 'in', 'is', 'between', 'not'],
  ...['escape', 'notnull', 'isnull'],
])

/** What may stand between a word that compares and what it compares with. */
export const comparisonFillers = new Set([
  ...['like', 'in', 'between', 'regexp', 'rlike', 'ilike', 'glob', 'from', 'not', 'to', 'matched'],
])

/** Operators that compare. */
export const comparisonOperators = new Set([
  ...['=', '<', '>', '<>', '!=', '<=', '>=', '==', '<=>', '===', '!==', '~*', '!~', '!<', '!>', '@>', '<@'],
])

/** Words that stand between operands and compute. */
export const arithmeticWords = new Set(['div', 'mod', 'collate', 'at', 'rem', 'binary'])

/** Words before an operand that leave it one. */
export const prefixWords = new Set([
  ...[
    'not',
    'binary',
    'distinct',
    'distinctrow',
    'all',
    'any',
    'some',
    'exists',
    'prior',
    'interval',
    'unique',
  ],
  ...[
    'sql_no_cache',
    'sql_calc_found_rows',
    'high_priority',
    'straight_join',
    'sql_small_result',
    'array',
    'row',
  ],
  ...[
    'to',
    'as',
    'date',
    'time',
    'timestamp',
    'lateral',
    'only',
    'symmetric',
    'quick',
    'ignore',
    'low_priority',
  ],
])

/** Words before an operand that are one: whole functions without parentheses, and constants. */
export const constantWords = new Set(['null', 'true', 'false', 'default', 'unknown'])

export const computedWords = new Set([
  ...[
    'current_user',
    'session_user',
    'system_user',
    'current_timestamp',
    'current_date',
    'current_time',
    'user',
  ],
  ...[
    'sysdate',
    'systimestamp',
    'rownum',
    'localtimestamp',
    'localtime',
    'current_database',
    'current_schema',
  ],
])

/** Words that begin a part of a query behind a whole operand; an operand follows. */
export const clauseWords = new Set([
  ...[
    'from',
    'where',
    'having',
    'on',
    'using',
    'join',
    'limit',
    'offset',
    'into',
    'set',
    'values',
    'returning',
  ],
  ...['group', 'order', 'left', 'right', 'inner', 'outer', 'cross', 'natural', 'full', 'procedure', 'window'],
  ...[
    'start',
    'connect',
    'fetch',
    'for',
    'partition',
    'over',
    'lock',
    'with',
    'qualify',
    'when',
    'then',
    'else',
  ],
  ...['rows', 'range', 'apply', 'pivot'],
])

/** Words that join the results of two queries. */
export const setWords = new Set(['union', 'except', 'intersect', 'minus'])

/** Of the clauses those in which a condition stands. */
export const conditionClauses = new Set(['where', 'having', 'on', 'when'])

/** Behind a clause word, and part of it. */
export const clauseFillers = new Set([
  ...[
    'by',
    'outer',
    'join',
    'all',
    'distinct',
    'select',
    'outfile',
    'dumpfile',
    'table',
    'update',
    'share',
    'in',
  ],
  ...[
    'siblings',
    'with',
    'first',
    'next',
    'inner',
    'mode',
    'temporary',
    'xml',
    'path',
    'json',
    'auto',
    'raw',
  ],
])

/** Words behind an operand after which an operand stands still. */
export const trailingWords = new Set([
  ...['asc', 'desc', 'rollup', 'rows', 'row', 'only', 'nulls', 'first', 'last', 'temporary', 'nologging'],
  ...['separator', 'second', 'minute', 'hour', 'day', 'month', 'year', 'ties', 'percent', 'nolock', 'nowait'],
])

/** A verb that begins a statement. */
export interface StatementVerb {
  /** One of these follows at once; where there are none, anything does. */
  readonly next: readonly string[]
  /** One of these comes later; where there are none, nothing need. */
  readonly later: readonly string[]
  /** Also a word that begins many a sentence: what follows has to show that it is a statement. */
  readonly isCommon: boolean
}

/** Verb, `: next`, `… later`; with a `?` it is a common word. */
const verbLines = `
select
with … select
values
insert: into ignore overwrite or delayed low_priority all first … values select set
replace: into … values select set
update … set
delete: from top low_priority quick
merge: into … using
drop: table database schema view user index function procedure trigger role login column sequence materialized tablespace type extension assembly owned
truncate: table
create: table database schema view user index function procedure trigger role or login temporary temp unique type extension assembly aggregate language alias
alter: table database user login role session system server view schema
rename: table user
grant … to
revoke … from
waitfor: delay time
backup: database log table
restore: database log table
copy … from to
load: data xml … infile
attach: database
detach: database
explain: select plan analyze
analyze: table
bulk: insert
dbcc: checkdb addextendedproc help useroptions
show: tables databases columns grants variables schemas create processlist
shutdown?
exec?
execute?
call?
declare?
begin?
if?
while?
set?
handler?
pragma?
vacuum?
do?
prepare?
deallocate?
use?
describe?
print?
raiserror?
kill?
commit?
rollback?
reconfigure?
`

export const statementVerbs = new Map<string, StatementVerb>()
for (const line of verbLines.trim().split('\n')) {
  const [before, later = ''] = line.split('…')
  const [verb, next = ''] = before.split(':')
  const name = verb.trim().replace('?', '')
  statementVerbs.set(name, { next: words(next), later: words(later), isCommon: verb.includes('?') })
}

function words(text: string): string[] {
  return text.trim() === '' ? [] : text.trim().split(' ')
}

/** What a function that an attacker calls does. */
export type CallKind = 'time' | 'error' | 'file' | 'command' | 'inform' | 'build'

const callLists: Record<CallKind, string> = {
  time: `sleep benchmark pg_sleep pg_sleep_for pg_sleep_until dbms_lock.sleep dbms_session.sleep dbms_pipe.receive_message
    user_lock.sleep randomblob regexp_substring generate_series waitfor get_lock sleep_for master_pos_wait zeroblob`,
  error: `extractvalue updatexml exp ctxsys.drithsx.sn utl_inaddr.get_host_address utl_inaddr.get_host_name
    dbms_utility.sqlid_to_sqlhash xmltype geometrycollection multipoint polygon multipolygon linestring multilinestring
    name_const json_keys gtid_subset gtid_subtract ordsys.ord_dicom.getmappingxpath dbms_xmlgen.getxml fn_trace_gettabledelta
    xmlparse st_latfromgeohash st_longfromgeohash st_pointfromgeohash query_to_xml database_to_xml row_to_json raise_error`,
  file: `load_file pg_read_file pg_read_binary_file pg_ls_dir lo_import lo_export lo_from_bytea lo_get xp_dirtree
    xp_fileexist xp_subdirs utl_file.fopen bfilename load_extension readfile writefile openrowset opendatasource openquery
    pg_file_write pg_stat_file dbms_xslprocessor.clob2file fn_xe_file_target_read_file fn_get_audit_file`,
  command: `xp_cmdshell sp_oacreate sp_oamethod sp_executesql sp_execute_external_script sys_eval sys_exec sys_get
    dbms_java.runjava dbms_scheduler.create_job utl_http.request httpuritype dblink dblink_connect dblink_exec
    dbms_ldap.init utl_tcp.open_connection utl_smtp.open_connection xp_regread xp_regwrite sp_addlogin sp_addsrvrolemember
    sp_makewebtask sp_configure xp_servicecontrol xp_availablemedia xp_enumgroups xp_loginconfig xp_terminate_process
    sp_start_job sp_add_job sp_password xp_regdeletekey xp_regenumvalues`,
  inform: `version user database schema current_user session_user system_user current_database current_schema
    db_name host_name user_name suser_name suser_sname is_srvrolemember has_dbaccess object_name object_id col_name
    current_setting sqlite_version inet_server_addr sys_context userenv connection_id last_insert_id found_rows
    serverproperty col_length schema_name pg_catalog.current_user sys.database_name banner isnull crypt_key is_member`,
  build: `char chr nchar concat concat_ws group_concat string_agg array_agg ascii ord hex unhex substr substring mid left
    right length len char_length datalength bin conv cast convert elt make_set field find_in_set if iif ifnull nullif nvl
    nvl2 decode coalesce count floor rand round row md5 sha1 sha password encode to_char to_number lower upper ucase lcase
    replace reverse repeat space lpad rpad trim ltrim rtrim instr position strcmp locate bit_length octet_length min max avg
    sum abs greatest least quote unicode rawtohex utl_raw.cast_to_raw utl_raw.cast_to_varchar2 xmlelement xmlagg stuff
    soundex sysdate now json_extract listagg wm_concat typeof glob likelihood from_base64 to_base64 compress uncompress
    aes_decrypt aes_encrypt des_decrypt random pi power sqrt sign mod ceil ceiling pow crc32 inet_ntoa inet_aton
    date_format str_to_date datediff dateadd getdate unix_timestamp total changes printf nextval setval var_pop
    char_to_num to_hex hextoraw translate regexp_replace regexp_substr regexp_like sys.fn_varbintohexstr
    fn_varbintohexstr bitand isnumeric parsename quotename checksum hashbytes newid exists format overlay`,
}

/** What a function is to an attacker; undefined for one that is no database's own. */
export const callKinds = new Map<string, CallKind>()
for (const [kind, names] of Object.entries(callLists) as [CallKind, string][])
  for (const name of names.split(/\s+/)) if (!callKinds.has(name)) callKinds.set(name, kind)

/** Tables that tell about the database itself. */
export const catalogueNames = new Set([
  ...[
    'information_schema',
    'pg_catalog',
    'sysobjects',
    'syscolumns',
    'sysdatabases',
    'sqlite_master',
    'dual',
  ],
  ...[
    'all_tables',
    'all_users',
    'user_tables',
    'all_tab_columns',
    'pg_user',
    'pg_shadow',
    'pg_tables',
    'sysusers',
  ],
  ...[
    'user_tab_columns',
    'pg_database',
    'pg_class',
    'msysaccessobjects',
    'dba_users',
    'dba_tables',
    'syslogins',
  ],
  ...[
    'sqlite_schema',
    'sqlite_temp_master',
    'rdb$database',
    'rdb$fields',
    'rdb$types',
    'rdb$relations',
    'pg_stat_activity',
  ],
  ...[
    'sysibm',
    'syscat',
    'domain',
    'v$version',
    'msysobjects',
    'sysmaster',
    'systables',
    'pg_roles',
    'pg_authid',
  ],
])

/** Words that mean something where an operand or what follows one is read; any other is a name there. */
export const fragmentWords: ReadonlySet<string> = new Set([
  ...'select case waitfor begin top as end'.split(' '),
  ...arithmeticWords,
  ...clauseFillers,
  ...clauseWords,
  ...comparisonFillers,
  ...comparisonWords,
  ...computedWords,
  ...conditionClauses,
  ...connectives,
  ...constantWords,
  ...prefixWords,
  ...setWords,
  ...trailingWords,
])
