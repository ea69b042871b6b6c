// The learning curves of several cells of a study, a line a cell; null where there are not two to compare.
const firstCurve = 'validation_accuracy';
const aboutCurves = 'Means over the seeds and their 95 % intervals as bands, at the values chosen for each cell.';

function curves(study) {
  const names = [...new Set(study.bands.map(band => band.curve))].sort();
  const drawable = new Set(study.bands.map(band => band.cell));
  const cells = study.cells.filter(cell => drawable.has(cell.index));
  if (cells.length < 2) return null;

  const accuracy = study.metrics.indexOf('test_accuracy');
  const rank = cell => accuracy < 0 ? 0 : -(cell.metrics[accuracy][0] ?? -1);
  const compared = new Set(cells.toSorted((x, y) => rank(x) - rank(y)).slice(0, comparedAtFirst));
  let name = names.includes(firstCurve) ? firstCurve : names[0];
  let isLogarithmic = false;
  const figure = html('div');
  const settings = html('div', { class: 'controls', role: 'group', 'aria-label': 'Which curves the plot shows' },
    choice('Curve', names.map(curve => [curve, unit(curve)]), name, value => { name = value; draw(); }),
    check('Logarithmic', isLogarithmic, value => { isLogarithmic = value; draw(); }));

  function draw() {
    const rows = cells.filter(cell => compared.has(cell)).map(cell => {
      const { mean, half } = study.bands.find(band => band.cell === cell.index && band.curve === name) ?? { mean: [], half: [] };
      return { cell, mean, half };
    });
    if (rows.length === 0) {
      figure.replaceChildren(html('p', { class: 'quiet' }, 'Choose cells to compare.'));
      return;
    }
    const inUnits = values => values.map(value => inUnit(name, value));
    const named = differing(study, rows.map(({ cell }) => cell));
    const lines = rows.map(({ mean, half }, position) => ({
      kind: 'mean', ...look(position), values: inUnits(mean), low: inUnits(ends(mean, half, -1)), high: inUnits(ends(mean, half, 1)),
    }));
    figure.replaceChildren(plot({
      label: `${name} by epoch; ${count(rows.length, 'cell')}`,
      axis: 'epoch',
      places: study.epochs,
      lines, isLogarithmic,
      width: plotWidth(figure),
      name: position => `epoch ${study.epochs[position]}`,
      tell: position => [
        html('span', { class: 'told' }, `Epoch ${study.epochs[position]}, ${unit(name)}:`),
        ...rows.map(({ cell, mean, half }, row) => html('span', { class: 'told keyed' },
          swatch(lines[row]), html('a', { href: address(study, cell) }, named(cell)), ': ',
          shownEstimate(name, [mean[position] ?? null, ends(mean, half, -1)[position] ?? null, ends(mean, half, 1)[position] ?? null]))),
      ],
    }));
  }

  return { view: [settings, figure, html('p', { class: 'quiet' }, aboutCurves + thinned(study)), picker(study, cells, compared, draw, 'Choose the cells whose curves are drawn', 'Draw the curve of')], draw };
}

// That not every epoch is drawn, a sentence; empty where every one is.
const thinned = study => study.epochs.at(-1) > study.epochs.length
  ? ` Of ${count(study.epochs.at(-1), 'epoch')} ${study.epochs.length} are drawn, evenly spread: what goes up and down between them doesn’t show.` : '';
