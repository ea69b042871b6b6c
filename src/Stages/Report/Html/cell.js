// One cell: what was found, its runs and their curves.
function cellView(study, cell) {
  const names = Object.keys(study.curves);
  const marked = new Set();
  let name = names.includes('validation_accuracy') ? 'validation_accuracy' : names[0];
  let isLogarithmic = false;
  const figure = html('div');

  function draw() {
    const lines = cell.members.filter(run => run.isChosen || marked.has(run)).map(run =>
      ({ name: `run ${run.id}`, values: study.curves[name][run.index], isMarked: marked.has(run) }));
    figure.replaceChildren(plot(`${name} by epoch, ${nameOf(study, cell)}`, name, study.epochs, lines, bandOf(study, name, cell), isLogarithmic,
      Math.min(736, figure.clientWidth || 320)));
  }

  const metrics = sortedTable('Metrics of the cell', [
    { name: 'metric', value: row => unit(row.name) },
    { name: 'mean', isNumber: true, value: row => inUnit(row.name, row.estimate[0]), show: row => shown(row.name, row.estimate[0]) },
    { name: 'low', isNumber: true, value: row => inUnit(row.name, row.estimate[1]), show: row => shown(row.name, row.estimate[1]) },
    { name: 'high', isNumber: true, value: row => inUnit(row.name, row.estimate[2]), show: row => shown(row.name, row.estimate[2]) },
  ], study.metrics.map((metric, position) => ({ name: metric, estimate: cell.metrics[position] })));

  const runs = sortedTable('Runs of the cell', [
    { name: 'run', value: run => run.id },
    ...(names.length === 0 ? [] : [{
      name: 'marked',
      value: run => marked.has(run) ? 1 : 0,
      show: run => {
        const box = html('input', { type: 'checkbox', 'aria-label': `Mark run ${run.id} in the plot`, change: () => { marked[box.checked ? 'add' : 'delete'](run); draw(); } });
        box.checked = marked.has(run);
        return box;
      },
    }]),
    ...axisColumns(study.nuisance, run => run.values.slice(study.scientific.length)),
    ...(study.nuisance.length === 0 ? [] : [{ name: 'chosen', value: run => run.isChosen ? 'chosen' : '' }]),
    { name: 'seed', isNumber: true, value: run => run.seed },
    { name: 'outcome', value: outcome },
    ...metricColumns(study, (run, metric) => run.metrics[metric], (run, metric, metricName) => shown(metricName, run.metrics[metric])),
  ], cell.members);

  const view = [
    html('p', {}, html('a', { href: address(study) }, `All cells of ${study.title}`)),
    html('h1', {}, nameOf(study, cell)),
    html('p', {}, `${count(cell.runs, 'run')}, ${cell.diverged} diverged`,
      study.nuisance.length === 0 ? '' : `, at the values that validation chose: ${pairs(study.nuisance, cell.chosenValues).join(', ')}`, '.'),
    html('h2', {}, 'Curves'),
    ...(names.length === 0 ? [html('p', { class: 'quiet' }, 'No run has a curve.')] : [
      html('div', { class: 'controls' },
        choice('Curve', names.map(curve => [curve, unit(curve)]), name, value => { name = value; draw(); }),
        check('Logarithmic', isLogarithmic, value => { isLogarithmic = value; draw(); })),
      figure,
      html('p', { class: 'quiet' }, 'The strong line is the mean over the seeds, the band its 95 % interval, thin lines are single runs. Mark runs in the table below to bring them out.'),
    ]),
    html('h2', {}, 'Runs'), runs,
    html('h2', {}, 'Metrics'), html('p', { class: 'quiet' }, 'Mean over the seeds and its 95 % interval.'), metrics,
  ];
  return { view, ready: names.length === 0 ? () => {} : draw };
}

// The mean over the seeds at the chosen values and its 95 % interval; of one run alone there is no interval.
function bandOf(study, name, cell) {
  const { mean, half } = study.bands.find(band => band.cell === cell.index && band.curve === name) ?? { mean: [], half: [] };
  const end = sign => mean.map((value, position) => value === null || half[position] === null ? null : value + sign * half[position]);
  return { mean, low: end(-1), high: end(1) };
}
