/** Loaded before the launcher when the package is built: keeps what V8 has compiled by the end of the run. */
'use strict';
const { writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { arch, platform, version } = require('node:process');
const vm = require('node:vm');

vm.Script = class extends vm.Script {
  constructor(text, options) {
    super(text, options);
    const place = join(dirname(options.filename), `program-${platform}-${arch}-${version}.cache`);
    process.on('exit', () => writeFileSync(place, this.createCachedData()));
  }
};
