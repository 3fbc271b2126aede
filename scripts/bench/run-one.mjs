// Runs one bench: its module is the first argument. A file and not `--eval`, whose options threads would inherit that cannot have them.
await (await import(process.argv[2])).run()
