import type { Verb } from '../verb.js';
import { bench } from './bench.js';
import { clean } from './clean.js';
import { compare } from './compare.js';
import { data } from './data.js';
import { doctor } from './doctor.js';
import { evaluate } from './evaluate.js';
import { exportVerb } from './export.js';
import { features } from './features.js';
import { list } from './list.js';
import { model } from './model.js';
import { plan } from './plan.js';
import { report } from './report.js';
import { run } from './run.js';
import { serve } from './serve.js';
import { show } from './show.js';
import { status } from './status.js';
import { time } from './time.js';

/** Every verb, in the order of the help. */
export const verbs: readonly Verb[] = [
  list,
  show,
  model,
  plan,
  run,
  status,
  evaluate,
  report,
  compare,
  time,
  serve,
  features,
  exportVerb,
  clean,
  data,
  doctor,
  bench,
];
