// Writes the declarations of the kernels' operands, in AssemblyScript and in C, from the one table of them,
// src/backends/wasm/kernel-operands.ts; with --check it only says whether they are as they should be.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readOperandTable } from './native-kernels/operand-table.mjs';

const folder = new URL('../src/backends/wasm/', import.meta.url);
const note = '// Written by scripts/kernel-structs.mjs from kernel-operands.ts, where changes belong.';

/** @param {string} kernel */
const structName = (kernel) => `${kernel[0].toUpperCase()}${kernel.slice(1)}Operands`;

const words = { address: 'usize', integer: 'i32', float: 'f32' };

/** @param {Awaited<ReturnType<typeof readOperandTable>>} table */
function inAssemblyScript(table) {
  const classes = Object.entries(table).map(([kernel, operands]) => {
    const fields = Object.entries(operands).map(([name, type]) => `  ${name}: ${words[type]};`);
    return `// @ts-ignore: decorator\n@unmanaged\nexport class ${structName(kernel)} {\n${fields.join('\n')}\n}`;
  });
  return `${note}\n\n${classes.join('\n\n')}\n`;
}

/** @param {Awaited<ReturnType<typeof readOperandTable>>} table */
function inC(table) {
  const structs = Object.entries(table).map(([kernel, operands]) => {
    const fields = Object.entries(operands).map(([name, type]) => `  ${type} ${name};`);
    return `typedef struct {\n${fields.join('\n')}\n} ${structName(kernel)};`;
  });
  return `${note}\n#pragma once\n#include "base.h"\n\n${structs.join('\n\n')}\n`;
}

const table = await readOperandTable();
const files = { 'kernels/operands.ts': inAssemblyScript(table), 'native/operands.h': inC(table) };
for (const [name, content] of Object.entries(files)) {
  const file = new URL(name, folder);
  if (!process.argv.includes('--check')) writeFileSync(file, content);
  else if (readFileSync(file, 'utf8') !== content) {
    console.error(
      `${fileURLToPath(file)} is not what the table of operands says. Run: node scripts/kernel-structs.mjs`,
    );
    process.exitCode = 1;
  }
}
