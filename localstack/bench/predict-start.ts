// Measures one start of the predict function in a process of its own, from importing its code to the first answer.
// Its environment is the deployed function's. Prints one JSON line.
import { readFileSync } from 'node:fs';
import { startHandler } from './deployed-handler.ts';

const [directory = '', exampleFile = ''] = process.argv.slice(2);
const body = readFileSync(exampleFile, 'utf8');
const started = performance.now();
const call = await startHandler(directory);
const initMs = performance.now() - started;
await call('/predict', body);
const firstAnswerMs = performance.now() - started;
console.log(JSON.stringify({ initMs, firstAnswerMs }));
process.exit(0);
