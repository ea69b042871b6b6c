// The cells of a study as a table of two of its axes; the others are held at one value, or each combination has a table of its own.
const each = '';
const none = '';
const mostTables = 4;

function grid(study) {
  const axes = study.scientific;
  let [down, across = -1] = axes.map((_, axis) => axis).sort((x, y) => axes[y].values.length - axes[x].values.length);
  let metric = Math.max(0, study.metrics.indexOf('test_accuracy'));
  const others = () => axes.map((_, axis) => axis).filter(axis => axis !== down && axis !== across);
  const held = axes.map(() => each);
  if (others().reduce((product, axis) => product * axes[axis].values.length, 1) > mostTables)
    held.fill('0');
  const settings = html('div', { class: 'controls', role: 'group', 'aria-label': 'What the tables show' });
  const tables = html('div', { 'aria-live': 'polite' });

  function draw() {
    const places = axes.map((axis, position) => [String(position), axis.key]);
    refill(settings, [
      choice('Metric', study.metrics.map((name, position) => [String(position), name]), String(metric), value => { metric = Number(value); draw(); }),
      choice('Rows', places, String(down), value => { if (Number(value) === across) across = down; down = Number(value); draw(); }),
      axes.length < 2 ? null : choice('Columns', [...places, [none, 'none']], across < 0 ? none : String(across), value => {
        if (value !== none && Number(value) === down) down = across < 0 ? (down + 1) % axes.length : across;
        across = value === none ? -1 : Number(value);
        draw();
      }),
      across < 0 ? null : html('button', { type: 'button', click: () => { [down, across] = [across, down]; draw(); } }, 'Swap rows and columns'),
      ...others().map(axis => choice(axes[axis].key, [[each, 'each, a table for each'], ...axes[axis].values.map((value, position) => [String(position), value])],
        held[axis], value => { held[axis] = value; draw(); })),
    ]);
    const whole = combinations(study.cells).length;
    const chosen = combinations(study.cells.filter(cell => others().every(axis => held[axis] === each || cell.at[axis] === Number(held[axis]))));
    const names = others().map(axis => axes[axis].key).join(', ');
    tables.replaceChildren(
      ...(chosen.length < whole ? [html('p', { class: 'quiet' }, `A part of the grid: ${chosen.length} of ${whole} combinations of ${names}. Choose others above.`)] : []),
      ...chosen.map(oneTable));
  }

  // Each combination of the other axes' values that some of the cells has: positions by axis.
  const combinations = cells => [...new Map(cells.map(cell => [others().map(axis => cell.at[axis]).join(), cell.at])).values()];

  function oneTable(combination) {
    const cells = study.cells.filter(cell => others().every(axis => cell.at[axis] === combination[axis]));
    const present = axis => axes[axis].values.map((value, position) => [value, position]).filter(([, position]) => cells.some(cell => cell.at[axis] === position));
    const columns = across < 0 ? [[unit(study.metrics[metric]), null]] : present(across);
    const means = cells.filter(hasMean).map(meanOf);
    const range = study.colours[metric] ?? [Math.min(...means), Math.max(...means), 0];
    const title = others().map(axis => `${axes[axis].key}=${axes[axis].values[combination[axis]]}`).join(', ');
    const caption = `${unit(study.metrics[metric])}${title ? `, at ${title}` : ''}: mean ± half of the 95 % interval, or its ends; ${colours(range, means)}`;
    return html('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': `${title || 'Cells'}, scrollable` },
      html('table', { class: 'grid' }, html('caption', {}, caption),
        html('thead', {}, html('tr', {},
          html('th', { scope: 'col' }, axes[down].key + (across < 0 ? '' : ` ↓ ${axes[across].key} →`)),
          columns.map(([value]) => html('th', { scope: 'col', class: 'number' }, value)))),
        html('tbody', {}, present(down).map(([value, row]) => html('tr', {}, html('th', { scope: 'row' }, value),
          columns.map(([, column]) => box(study.byPlace.get(placed(combination, row, column)), range)))))));
  }

  const placed = (combination, row, column) => combination.map((position, axis) => axis === down ? row : axis === across ? column : position).join();
  const meanOf = cell => cell.metrics[metric][0];
  const hasMean = cell => meanOf(cell) !== null && cell.diverged < cell.runs;

  function colours([low, high, goodness], means) {
    const [end, isBeyond] = goodness < 0 ? [`above ${shown(study.metrics[metric], high)}`, mean => mean > high] : [`below ${shown(study.metrics[metric], low)}`, mean => mean < low];
    return `the stronger the colour, the ${goodness === 0 ? 'larger' : 'better'}${means.some(isBeyond) ? `, none ${end}` : ''}`;
  }

  function box(cell, [low, high, goodness]) {
    if (!cell) return html('td', {}, html('span', { class: 'quiet' }, nothing));
    const text = cell.diverged === cell.runs ? 'diverged' : shownEstimate(study.metrics[metric], cell.metrics[metric]);
    const made = html('td', {}, withTip(html('a', { href: address(study, cell) }, text), describe(study, cell)));
    if (hasMean(cell) && high > low) {
      const place = Math.min(1, Math.max(0, (meanOf(cell) - low) / (high - low)));
      made.style.setProperty('--share', goodness < 0 ? 1 - place : place);
    }
    return made;
  }

  draw();
  return html('section', { 'aria-label': 'Grid of cells' }, settings, tables);
}
