// A table whose columns sort and whose rows can be filtered. A column has a name, the value of a row (number, text or null) and may have
// its own way to show it, the number that a filter compares where that is rounded, and a key where a filter knows it by another name.
const rowsAtOnce = 100;
const fewRows = 5;

function sortedTable(caption, columns, rows) {
  let sorted = null;
  let isDescending = false;
  let limit = rowsAtOnce;
  const body = html('tbody');
  const status = html('p', { role: 'status', class: 'quiet' });
  const more = html('button', { type: 'button', click: () => { limit += 10 * rowsAtOnce; draw(); } }, 'Show more rows');
  const filter = html('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', input: () => { limit = rowsAtOnce; draw(); } });
  const heads = columns.map(column => html('th', { scope: 'col', class: column.isNumber ? 'number' : null },
    html('button', { type: 'button', click: () => sortBy(column) }, column.name)));

  function sortBy(column) {
    isDescending = sorted === column && !isDescending;
    sorted = column;
    columns.forEach((other, position) => {
      if (other === column) heads[position].setAttribute('aria-sort', isDescending ? 'descending' : 'ascending');
      else heads[position].removeAttribute('aria-sort');
    });
    draw();
  }

  function draw() {
    const tests = filter.value.toLowerCase().split(/\s+/).filter(word => word).map(word => testOf(word, columns));
    const found = rows.filter(row => tests.every(test => test(row)));
    if (sorted) found.sort((x, y) => compare(sorted.value(x), sorted.value(y), isDescending ? -1 : 1));
    body.replaceChildren(...found.slice(0, limit).map(row => html('tr', {}, columns.map(column =>
      html('td', { class: column.isNumber ? 'number' : column.class ?? null }, column.show ? column.show(row) : String(column.value(row) ?? nothing))))));
    status.textContent = `${found.length.toLocaleString('en')} of ${count(rows.length, 'row')}`
      + (found.length > limit ? `, the first ${limit.toLocaleString('en')} shown` : '');
    more.hidden = found.length <= limit;
  }

  draw();
  return html('section', { 'aria-label': caption },
    rows.length <= fewRows ? null : [html('div', { class: 'controls' }, labelled(`Filter by words, or by column such as ${example(columns, rows)}`, filter)), status],
    html('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': `${caption}, scrollable` },
      html('table', {}, html('caption', {}, caption), html('thead', {}, html('tr', {}, heads)), body)),
    more);
}

// What is missing stands last in either direction.
function compare(x, y, sign) {
  if (x === null || y === null) return (x === null) - (y === null);
  return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en', { numeric: true }));
}

// name>number and the like compare a column as it is shown; any other word is looked for in the whole row.
function testOf(word, columns) {
  const [, name, relation, text] = word.match(/^(.+?)(<=|>=|<|>|=)(.+)$/) ?? [];
  const column = columns.find(candidate => keyOf(candidate).toLowerCase() === name);
  const number = Number(text);
  if (column && relation === '=' && Number.isNaN(number)) return row => String(column.value(row)).toLowerCase() === text;
  if (column && !Number.isNaN(number)) {
    const meets = { '<': x => x < number, '>': x => x > number, '<=': x => x <= number, '>=': x => x >= number, '=': x => x === number }[relation];
    const compared = column.compared ?? column.value;
    return row => compared(row) !== null && meets(Number(compared(row)));
  }
  return row => columns.some(candidate => `${keyOf(candidate)}=${candidate.value(row)}`.toLowerCase().includes(word));
}

const keyOf = column => column.key ?? column.name;

function example(columns, rows) {
  const column = columns.find(candidate => rows.some(row => typeof candidate.value(row) === 'number' && candidate.isNumber)) ?? columns[0];
  const value = rows.map(row => column.value(row)).find(found => found !== null);
  return `${keyOf(column)}${typeof value === 'number' ? `>${Number(value.toPrecision(2))}` : `=${value}`}`;
}

const metricColumns = (study, valueOf, show) => study.metrics.map((name, metric) => ({
  name: unit(name),
  key: name,
  isNumber: true,
  value: row => inUnit(name, valueOf(row, metric)),
  compared: row => { const value = valueOf(row, metric); return value === null || value === undefined ? null : Number(shown(name, value)); },
  show: row => show(row, metric, name),
}));

const axisColumns = (axes, valuesOf) => axes.map((axis, position) => ({
  name: axis.key,
  value: row => {
    const text = valuesOf(row)[position];
    return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  },
}));
