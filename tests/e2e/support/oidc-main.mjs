// Starts the provider of oidc.mjs, prints its port and runs until its standard input is closed.

import { startProvider } from './oidc.mjs';

// The library prints recommendations, but the port must be the only line on standard output.
console.log = console.info = console.warn = console.error;
const { issuer } = await startProvider({ port: Number(process.argv[2] ?? 0) });
process.stdout.write(`${new URL(issuer).port}\n`);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
