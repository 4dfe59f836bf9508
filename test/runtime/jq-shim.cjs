#!/usr/bin/env node
// jq 1.7 (WebAssembly) with the few options that the runtime uses. It cannot read files, so their text is handed over.
const { readFileSync } = require('node:fs');
const jq = require('jq-wasm');

const flags = [];
let filter;
const rest = process.argv.slice(2);
while (rest.length > 0) {
  const word = rest.shift();
  if (word === '--version') {
    console.log('jq-1.7 (wasm)');
    process.exit(0);
  } else if (word === '--arg' || word === '--argjson') {
    flags.push(word, rest.shift(), rest.shift());
  } else if (word === '--rawfile') {
    const name = rest.shift();
    flags.push('--arg', name, readFileSync(rest.shift(), 'utf8'));
  } else if (word === '--slurpfile') {
    const name = rest.shift();
    const lines = readFileSync(rest.shift(), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
    flags.push('--argjson', name, `[${lines.join(',')}]`);
  } else if (/^-[nrcj]$/.test(word)) {
    flags.push(word);
  } else if (filter === undefined) {
    filter = word;
  } else {
    console.error(`the shim does not know ${word}`);
    process.exit(2);
  }
}

async function main() {
  try {
    // Version 1.0 of jq-wasm gives the text, and throws what jq says on stderr.
    const text = await jq.raw('null', filter, flags);
    process.stdout.write(text === '' ? '' : `${text}\n`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 5;
  }
}

void main();
