console.log('start', process.version, process.cwd());
