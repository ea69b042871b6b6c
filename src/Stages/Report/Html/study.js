// A study: its question, claims, cells and runs, what was measured inside its networks, and its data.
function studyView(study) {
  const learning = curves(study);
  const inside = measuredCells(study).length === 0 ? null : comparison(study);
  const view = [
    html('h1', {}, study.title),
    study.question ? html('p', {}, study.question) : null,
    study.source ? html('p', { class: 'quiet' }, `From: ${study.source}`) : null,
    html('p', { class: 'quiet' }, study.summary),
    ...(study.claims.length === 0 ? [] : [html('h2', {}, 'Claims'), claims(study)]),
    ...(study.scientific.length === 0 || study.metrics.length === 0 ? [] : [html('h2', {}, 'Grid'), grid(study)]),
    ...(learning ? [html('h2', {}, 'Learning curves'), ...learning.view] : []),
    ...(inside ? [html('h2', {}, 'Inside the networks'), html('p', { class: 'quiet' }, aboutProbes), ...inside.view] : []),
    html('h2', {}, 'Cells'), cells(study),
    ...(study.data.length === 0 ? [] : [html('h2', {}, 'Data'), html('p', { class: 'quiet' }, aboutSamples), ...samples(study)]),
    later('All runs', () => runs(study)),
    later('Held fixed', () => html('dl', {}, Object.entries(study.fixed).map(([key, value]) => [html('dt', {}, key), html('dd', {}, value)]))),
  ].filter(part => part !== null);
  return { view, ready: () => { learning?.draw(); inside?.draw(); } };
}

// What is folded away is made when it is first unfolded.
function later(title, make) {
  const made = html('details', { toggle: () => { if (made.open && made.children.length === 1) made.append(make()); } }, html('summary', {}, title));
  return made;
}

const claims = study => sortedTable('Claims', [
  { name: 'verdict', class: 'verdict', value: claim => claim.verdict, show: claim => html('span', { class: { holds: 'good', refuted: 'bad' }[claim.verdict] ?? null }, claim.verdict) },
  { name: 'claim', class: 'words', value: claim => claim.note ? `${claim.says} (${claim.note})` : claim.says },
  { name: 'metric', class: 'words', value: claim => claim.metric },
  { name: 'compared', class: 'words', value: claim => claim.compared },
  { name: 'effect', isNumber: true, value: claim => claim.effect, show: claim => effect(claim) },
  ...(study.claims.every(claim => claim.size === null) ? [] : [{ name: 'effect_size', isNumber: true, value: claim => claim.size, show: claim => plain(claim.size) }]),
  { name: 'adjusted_p', isNumber: true, value: claim => claim.p, show: claim => claim.shown_p },
  { name: 'basis', class: 'words', value: claim => claim.basis },
  { name: 'source', class: 'words', value: claim => claim.source },
], study.claims);

const plain = value => value === null ? nothing : String(Number(value.toPrecision(3)));
const effect = claim => {
  if (claim.effect === null) return claim.signs ?? nothing;
  const value = (claim.ratio ? '× ' : '') + plain(claim.effect);
  if (claim.low !== null) return `${value} (${plain(claim.low)} to ${claim.high === null ? '∞' : plain(claim.high)})`;
  return claim.signs ? `${value} (${claim.signs})` : value;
};

const cells = study => sortedTable('Cells', [
  { name: 'cell', value: cell => cell.index + 1, show: cell => html('a', { href: address(study, cell), 'aria-label': `Cell ${cell.index + 1}: ${nameOf(study, cell)}` }, String(cell.index + 1)) },
  ...axisColumns(study.scientific, cell => cell.values),
  ...metricColumns(study, (cell, metric) => cell.metrics[metric][0], (cell, metric, name) => shownEstimate(name, cell.metrics[metric])),
  ...axisColumns(study.nuisance, cell => cell.chosenValues).map(column => ({ ...column, name: `chosen_${column.name}` })),
  { name: 'runs', isNumber: true, value: cell => cell.runs },
  { name: 'diverged', isNumber: true, value: cell => cell.diverged },
], study.cells);

const runs = study => sortedTable('All runs', [
  { name: 'run', value: run => run.id, show: run => run.cell ? html('a', { href: address(study, run.cell) }, run.id) : run.id },
  ...axisColumns([...study.scientific, ...study.nuisance], run => run.values),
  { name: 'seed', isNumber: true, value: run => run.seed },
  { name: 'outcome', value: outcome },
  ...metricColumns(study, (run, metric) => run.metrics[metric], (run, metric, name) => shown(name, run.metrics[metric])),
], study.runs);
