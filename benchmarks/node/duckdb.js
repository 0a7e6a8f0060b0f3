// DuckDB as a contender over an archive: duckdb.js <work> <width>. Floor/Program.cs says what a contender does; the
// environment says where the archive is.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const require = createRequire(new URL('../../tests/DuckDB/package.json', import.meta.url));
const { DuckDBInstance } = require('@duckdb/node-api');

const archive = process.env.CHATKIT_BENCHMARK_ARCHIVE;
const work = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), 'duckdb-'));
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const count = async sql => Number((await connection.runAndReadAll(sql)).getRowsJson()[0][0]);

// Of a search: the items whose text has the word, in whatever case. What does not have it at all is not parsed.
const find = files => count(`
    select count(*)
    from (
        select unnest(items) as item
        from read_json('${files}', format = 'newline_delimited', columns = {items: 'JSON[]'})
        where items::varchar ilike '%chargeback%')
    where array_to_string(list_filter(item ->> '$.content[*].text', lambda text: text is not null), ' ') ilike '%chargeback%'`);
const compress = () => connection.run(`
    copy (select * from read_json_objects('${archive}/threads-*.jsonl', format = 'newline_delimited'))
    to '${folder}/threads.json.gz' (format json, compression gzip)`);

const works = {
    find: () => find(`${archive}/threads-*.jsonl`),
    'find-gzip': () => find(`${folder}/threads.json.gz`),
    optimize: async () => { await compress(); return 1; },
};

if (work === 'find-gzip') {
    await connection.run(`
        copy (select items from read_json('${archive}/threads-*.jsonl', format = 'newline_delimited', columns = {items: 'JSON[]'}))
        to '${folder}/threads.json.gz' (format json, compression gzip)`);
}
for await (const line of createInterface({ input: process.stdin })) {
    const start = process.hrtime.bigint();
    const got = await works[work]();
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    console.log(`${seconds} ${got} ${process.resourceUsage().maxRSS / 1024}`);
}
rmSync(folder, { recursive: true });
