import { Option } from 'commander'
import { usualStateFolder } from './up/state-folder.ts'

/** `--state-dir` or `PAVISE_STATE_DIR`: which Pavise of this machine is meant. */
export function stateDirOption(description = 'of the Pavise that runs'): Option {
  return new Option('--state-dir <folder>', description)
    .env('PAVISE_STATE_DIR')
    .default(usualStateFolder(process.env, process.geteuid?.() === 0))
}
