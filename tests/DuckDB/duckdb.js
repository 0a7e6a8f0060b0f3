// Stands in for the duckdb command where there is none, on the same DuckDB: node duckdb.js -bail -f FILE.
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [bail, f, file, ...rest] = process.argv.slice(2);
if (bail !== '-bail' || f !== '-f' || !file || rest.length) throw new Error(`Other arguments than these are not known: ${process.argv.slice(2).join(' ')}`);

const connection = await (await DuckDBInstance.create(':memory:')).connect();
try {
    const statements = await connection.extractStatements(readFileSync(file, 'utf8'));
    for (let i = 0; i < statements.count; i++) await (await statements.prepare(i)).run();
} catch (error) {
    console.error(error.message);
    process.exitCode = 1;
}
