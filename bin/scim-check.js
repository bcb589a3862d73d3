#!/usr/bin/env node
import { main } from "../dist/cli/main.js";

// What stands should `main` never come back: a bug of ours must not look like a fault of the server.
process.exitCode = 4;
process.exitCode = await main(process);
