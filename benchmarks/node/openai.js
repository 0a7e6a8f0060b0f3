// npm's openai client as a contender: openai.js <work> <width>. Floor/Program.cs says what a contender does; the environment says where.
import { createInterface } from 'node:readline';
import OpenAI from 'openai';

const [work, width] = [process.argv[2], Number(process.argv[3])];
const threads = new OpenAI().beta.chatkit.threads;

// Calls with 0 to count - 1, so many at a time as the width says.
async function each(count, call) {
    let next = 0;
    await Promise.all(Array.from({ length: width }, async () => {
        while (next < count) await call(next++);
    }));
}

const id = i => `cthr_${String(i + 1).padStart(8, '0')}`;

const works = {
    'by-id': async count => {
        const got = new Array(count);
        await each(count, async i => { got[i] = await threads.retrieve(id(i)); });
        return got.filter(thread => thread.id).length;
    },
    list: async () => {
        const got = [];
        for await (const thread of threads.list({ limit: 100, order: 'desc' })) got.push(thread);
        return got.length;
    },
    items: async count => {
        const got = Array.from({ length: count }, () => []);
        await each(count, async i => {
            for await (const item of threads.listItems(id(i), { limit: 100, order: 'asc' })) got[i].push(item);
        });
        return got.flat().length;
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const start = process.hrtime.bigint();
    const got = await works[work](Number(line));
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    console.log(`${seconds} ${got} ${process.resourceUsage().maxRSS / 1024}`);
}
