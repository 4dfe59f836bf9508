/** Loaded before a program that is measured: tells its peak of memory (KB) and its time on the processor (µs) when it ends. */
'use strict';
const { readFileSync, writeFileSync } = require('node:fs');

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(
    process.env.BENCH_WEIGHT_FILE,
    JSON.stringify({ peak: peak(), cpu: user + system }),
  );
});

/** Linux hands the starter's peak on to the started in what `resourceUsage` tells, but not in /proc. */
function peak() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}
