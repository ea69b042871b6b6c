// Writes numbers: accuracies in percent, others with three significant digits, or as many more as stand before the point, below 10,000 and of whole numbers below a million.
const nothing = '—';
const isShare = name => name.endsWith('_accuracy');
const count = (number, thing) => `${number.toLocaleString('en')} ${thing}${number === 1 ? '' : 's'}`;

function digits(value) {
  const size = Math.abs(value);
  return size < 1e4 || size < 1e6 && Number.isInteger(size) ? Math.max(3, String(Math.trunc(size)).length) : 3;
}

function shown(name, value) {
  if (value === null || value === undefined) return nothing;
  return isShare(name) ? (100 * value).toFixed(1) : String(Number(value.toPrecision(digits(value))));
}

function shownEstimate(name, [mean, low, high]) {
  if (low === null || mean === null) return shown(name, mean);
  // The numbers have four digits.
  const isEven = low === high || mean < high && Math.abs(high - mean - (mean - low)) <= 0.05 * (high - low) + 2e-3 * Math.abs(high);
  return isEven ? `${shown(name, mean)} ± ${shown(name, (high - low) / 2)}` : `${shown(name, mean)} (${shown(name, low)} to ${shown(name, high)})`;
}

// A value in the unit that its reader sees: what tables sort and filter by.
const inUnit = (name, value) => value === null || value === undefined ? null : isShare(name) ? 100 * value : value;
const unit = name => isShare(name) ? `${name}, %` : name;

// The cells and runs of a study as objects that know their values; metrics that are made of others stand last.
function wholeStudy(data) {
  const order = data.metrics.map((_, metric) => metric).sort((x, y) => data.metrics[x].includes('(') - data.metrics[y].includes('('));
  const values = (axes, at) => at.map((position, axis) => axes[axis].values[position]);
  const width = data.scientific.length;
  const cells = data.cells.map((cell, index) => ({
    ...cell, index,
    values: values(data.scientific, cell.at),
    chosenValues: values(data.nuisance, cell.chosen),
    metrics: order.map(metric => cell.metrics[metric] ?? [null, null, null]),
    members: [],
  }));
  const byPlace = new Map(cells.map(cell => [cell.at.join(), cell]));
  const runs = data.runs.id.map((id, index) => {
    const at = data.runs.at[index];
    const cell = byPlace.get(at.slice(0, width).join());
    const run = {
      id, index, cell,
      seed: data.runs.seed[index],
      diverged: data.runs.diverged[index],
      step: data.runs.step[index],
      values: values([...data.scientific, ...data.nuisance], at),
      metrics: order.map(metric => data.runs.metrics[metric][index]),
      isChosen: cell !== undefined && at.slice(width).join() === cell.chosen.join(),
    };
    cell?.members.push(run);
    return run;
  });
  return { ...data, metrics: order.map(metric => data.metrics[metric]), colours: order.map(metric => data.colours[metric]), cells, runs, byPlace };
}

const pairs = (axes, values) => axes.map((axis, position) => `${axis.key}=${values[position]}`);
const nameOf = (study, cell) => pairs(study.scientific, cell.values).join(', ') || 'the only cell';
const address = (study, cell) => `#/${encodeURIComponent(study.name)}${cell ? `/${cell.index}` : ''}`;
const outcome = run => run.diverged ? `diverged at step ${run.step ?? nothing}` : 'completed';

const mostInTip = 8;

function describe(study, cell) {
  return [
    ...pairs(study.scientific, cell.values),
    ...study.metrics.slice(0, mostInTip).map((name, metric) => `${unit(name)}: ${shownEstimate(name, cell.metrics[metric])}`),
    `${count(cell.runs, 'run')}, ${cell.diverged} diverged`,
    ...pairs(study.nuisance, cell.chosenValues).map(pair => `chosen: ${pair}`),
  ].join('\n');
}
