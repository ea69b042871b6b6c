// One cell: what was found, its runs and their curves, and what was measured inside its networks.
function cellView(study, cell) {
  const names = Object.keys(study.curves);
  const marked = new Set();
  let name = names.includes('validation_accuracy') ? 'validation_accuracy' : names[0];
  let isLogarithmic = false;
  const figure = html('div');

  function draw() {
    const runs = cell.members.filter(run => run.isChosen || marked.has(run));
    const valuesOf = run => study.curves[name][run.index];
    const { mean, half } = study.bands.find(band => band.cell === cell.index && band.curve === name) ?? { mean: [], half: [] };
    const inUnits = values => values.map(value => inUnit(name, value));
    const [low, high] = [ends(mean, half, -1), ends(mean, half, 1)];
    figure.replaceChildren(plot({
      label: `${name} by epoch, ${nameOf(study, cell)}`,
      axis: 'epoch',
      places: study.epochs,
      lines: [
        ...runs.map(run => ({ kind: marked.has(run) ? 'run marked' : 'run', values: inUnits(valuesOf(run)) })),
        { kind: 'mean', values: inUnits(mean), low: inUnits(low), high: inUnits(high) },
      ],
      isLogarithmic,
      width: plotWidth(figure),
      name: position => `epoch ${study.epochs[position]}`,
      tell: position => [
        `Epoch ${study.epochs[position]}, ${unit(name)}: mean ${shown(name, mean[position])}`,
        Number.isFinite(low[position]) ? ` (${shown(name, low[position])} to ${shown(name, high[position])})` : '',
        ...runs.filter(run => marked.has(run)).map(run => `; run ${run.id}: ${shown(name, valuesOf(run)[position])}`),
      ],
    }));
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

  const inside = depthOf(study, cell) === 0 ? null : profile(study, [cell], () => [cell]);
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
      html('p', { class: 'quiet' }, 'The strong line is the mean over the seeds, the band its 95 % interval, thin lines are single runs. train_loss and train_accuracy are means over an epoch’s batches, each measured right before its update. Mark runs in the table below to bring them out.' + thinned(study)),
    ]),
    ...(inside ? [html('h2', {}, 'Inside the network'), ...inside.view, html('p', { class: 'quiet' }, aboutProbes)] : []),
    html('h2', {}, 'Runs'), runs,
    html('h2', {}, 'Metrics'), html('p', { class: 'quiet' }, 'Mean over the seeds and its 95 % interval, that of test_accuracy over seeds and test rows.'), metrics,
  ];
  const ready = () => {
    if (names.length > 0) draw();
    inside?.draw();
  };
  return { view, ready };
}
