import { z } from 'zod';
import { configSchema } from './schema.js';

/** The config's JSON Schema (draft 2020-12): every key with its type, limits and default; for editors and for messages. */
export function configJsonSchema(): z.core.JSONSchema.BaseSchema {
  return { title: 'A config of imdb-rnn', ...z.toJSONSchema(configSchema, { io: 'input' }) };
}
