import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

/**
 * Loaded into a service before its own code (`--require`): at SIGUSR2 it begins to note where the time goes, at the next it
 * writes that to the file and ends. Until then it costs nothing.
 */
const file = process.env.BENCH_PROFILE_FILE;
const session = new Session();
let isRunning = false;

function toggle(): void {
  if (isRunning) {
    session.post('Profiler.stop', (_error, { profile }) => {
      if (file !== undefined) writeFileSync(`${file}.${process.pid}`, JSON.stringify(profile));
      session.disconnect();
    });
  } else {
    session.connect();
    session.post('Profiler.enable');
    session.post('Profiler.start');
  }
  isRunning = !isRunning;
}

if (file !== undefined) process.on('SIGUSR2', toggle);
