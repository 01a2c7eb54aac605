// Turns a terminal's screen into an SVG picture: tmux capture-pane -p -e | node scripts/terminal-picture.mjs > out.svg
// Understands the colours and attributes that imdb-rnn prints (SGR codes); everything else is text.
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';

const palette = ['#1c1e26', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#d7dae0'];
const [characterWidth, lineHeight, padding, titleHeight] = [8.43, 19, 18, 34];

const styleCode = new RegExp(`(${String.fromCharCode(27)}\\[[0-9;]*m)`);

/** One line as runs of equal style: [{ content, style }]. */
function runsOf(line) {
  const runs = [];
  let style = {};
  for (const part of line.split(styleCode)) {
    const codes = styleCode.exec(part) && part.slice(2, -1);
    if (!codes && codes !== '') {
      if (part) runs.push({ content: part, style });
      continue;
    }
    for (const code of codes.split(';').map(Number)) {
      if (code === 0) style = {};
      else if (code === 1) style = { ...style, bold: true };
      else if (code === 2) style = { ...style, dim: true };
      else if (code === 22) style = { ...style, bold: false, dim: false };
      else if (code === 39) style = { ...style, color: undefined };
      else if (code >= 30 && code <= 37) style = { ...style, color: palette[code - 30] };
      else if (code >= 90 && code <= 97) style = { ...style, color: palette[code - 90] };
    }
  }
  return runs;
}

function escapeXml(content) {
  return content.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character]);
}

function span({ content, style }, column) {
  const attributes = [
    `x="${(padding + column * characterWidth).toFixed(1)}"`,
    style.color && `fill="${style.color}"`,
    style.bold && 'font-weight="bold"',
    style.dim && 'opacity="0.6"',
  ];
  return `<tspan ${attributes.filter(Boolean).join(' ')}>${escapeXml(content)}</tspan>`;
}

const lines = (await text(process.stdin)).trimEnd().split('\n');
const plainLength = (line) => [...stripVTControlCharacters(line)].length;
const width = Math.ceil(2 * padding + Math.max(...lines.map(plainLength)) * characterWidth);
const height = titleHeight + lines.length * lineHeight + padding;
const rows = lines.map((line, row) => {
  let column = 0;
  const spans = runsOf(line).map((run) => {
    const drawn = span(run, column);
    column += [...run.content].length;
    return drawn;
  });
  return `<text y="${titleHeight + (row + 0.8) * lineHeight}" xml:space="preserve">${spans.join('')}</text>`;
});
const lights = ['#ff5f56', '#ffbd2e', '#27c93f'].map(
  (fill, i) => `<circle cx="${20 + 20 * i}" cy="17" r="6" fill="${fill}"/>`,
);
console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<rect width="100%" height="100%" rx="8" fill="#1c1e26"/>
${lights.join('')}
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#d7dae0">
${rows.join('\n')}
</g>
</svg>`);
