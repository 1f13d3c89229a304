const { join } = require('node:path');

/** Jest's own resolution, but for our own code `p-retry` is retry-at-once.ts; packages keep theirs. */
module.exports = (request, options) =>
  request === 'p-retry' && !options.basedir.includes('node_modules')
    ? join(__dirname, 'retry-at-once.ts')
    : options.defaultResolver(request, options);
