// What probes measured inside the networks of cells, a line a cell: by layer at one epoch, or by epoch in one layer.
const firstProbe = 'weight_gradient_norm';
const tones = 7;
const dashes = [null, '7 3', '2 3', '9 3 2 3'];
const comparedAtFirst = 6;
const aboutProbes = 'What was measured on a fixed batch of training samples: means over the runs that have a value, and their 95 % interval as a band.';

const depthOf = (study, cell) => study.layers.names[cell.index].length;
const measuredCells = study => study.cells.filter(cell => depthOf(study, cell) > 0);
const timeOf = epoch => epoch === 0 ? 'at initialization' : `after ${count(epoch, 'epoch')}`;

// shownCells() gives those of the cells that are to be shown. The result's draw() draws, once its view is part of the page.
function profile(study, cells, shownCells) {
  const { epochs, names, probes } = study.layers;
  const depth = Math.max(...cells.map(cell => depthOf(study, cell)));
  let probe = probes.find(candidate => candidate.name === firstProbe) ?? probes[0];
  let isByLayer = depth > 1;
  let epoch = 0;
  let layer = 0;
  let scale = 'fitting';
  const settings = html('div', { class: 'controls', role: 'group', 'aria-label': 'What the plot shows' });
  const figure = html('div');

  function draw() {
    refill(settings, [
      choice('Probe', probes.map(({ name }) => [name, name]), probe.name, value => { probe = probes.find(({ name }) => name === value); draw(); }),
      depth < 2 || epochs.length < 2 ? null
        : choice('Along', [['layer', 'the layers'], ['epoch', 'the training']], isByLayer ? 'layer' : 'epoch', value => { isByLayer = value === 'layer'; draw(); }),
      isByLayer
        ? choice('When', epochs.map((time, position) => [String(position), timeOf(time)]), String(epoch), value => { epoch = Number(value); draw(); })
        : choice('Layer', Array.from({ length: depth }, (_, position) => [String(position), layerName(position)]), String(layer), value => { layer = Number(value); draw(); }),
      choice('Scale', [['fitting', 'automatic'], ['linear', 'linear'], ['logarithmic', 'logarithmic']], scale, value => { scale = value; draw(); }),
    ]);
    figure.replaceChildren(...drawn(shownCells()));
  }

  // The layer's number, with its name where all cells have the same.
  function layerName(position) {
    const all = new Set(shownCells().map(cell => names[cell.index][position] ?? ''));
    const [only] = all;
    return `layer ${position + 1}${all.size === 1 && only ? `, ${only}` : ''}`;
  }

  function drawn(cells) {
    const valueOf = (table, cell, position) => (isByLayer ? table[cell.index][epoch]?.[position] : table[cell.index][position]?.[layer]) ?? null;
    const positions = (isByLayer ? Array.from({ length: depth }) : epochs).map((_, position) => position)
      .filter(position => cells.some(cell => valueOf(probe.mean, cell, position) !== null));
    if (positions.length === 0) return [html('p', { class: 'quiet' }, cells.length === 0 ? 'Choose cells to compare.' : 'Nothing was measured there.')];

    const places = positions.map(position => isByLayer ? position + 1 : epochs[position]);
    const take = (table, cell) => positions.map(position => valueOf(table, cell, position));
    const rows = cells.map(cell => ({ cell, means: take(probe.mean, cell), halves: take(probe.half, cell) }));
    const values = rows.flatMap(row => row.means).filter(Number.isFinite);
    const isLogarithmic = scale === 'logarithmic' || scale === 'fitting' && !probe.name.endsWith('_share') && spansOrders(values);
    const isSize = isLogarithmic && values.some(value => value < 0);
    const title = isSize ? `size of ${probe.name}` : probe.name;
    const named = differing(study, cells);
    const lines = rows.map(({ means, halves }, position) => ({
      kind: 'mean',
      isDotted: true,
      ...(cells.length === 1 ? {} : look(position)),
      ...(isSize ? { values: means.map(mean => mean === null ? null : Math.abs(mean)) } : { values: means, low: ends(means, halves, -1), high: ends(means, halves, 1) }),
    }));
    const where = position => isByLayer ? layerName(positions[position]) : timeOf(places[position]);
    const other = isByLayer ? timeOf(epochs[epoch]) : layerName(layer);
    return [
      plot({
        label: `${title} by ${isByLayer ? 'layer' : 'epoch'}, ${other}; ${cells.length === 1 ? nameOf(study, cells[0]) : count(cells.length, 'cell')}`,
        axis: isByLayer ? 'layer' : 'epoch',
        places, lines, isLogarithmic,
        width: plotWidth(figure),
        name: where,
        tell: position => [
          html('span', { class: 'told' }, `${where(position)}, ${other}, ${probe.name}:`.replace(/^./, letter => letter.toUpperCase())),
          ...rows.map(({ cell, means, halves }, row) => html('span', { class: cells.length === 1 ? 'told' : 'told keyed' },
            cells.length === 1 ? null : [swatch(lines[row]), html('a', { href: address(study, cell) }, named(cell)), ': '],
            shownEstimate(probe.name, [means[position], ends(means, halves, -1)[position], ends(means, halves, 1)[position]]))),
        ],
      }),
      isLogarithmic && values.includes(0) ? html('p', { class: 'quiet' }, 'A value of 0 has no place on a logarithmic scale.') : null,
      isSize ? html('p', { class: 'quiet' }, 'Values have both signs and differ by orders of magnitude: the plot shows their sizes.') : null,
    ].filter(part => part !== null);
  }

  return { view: [settings, figure], draw };
}

const swatch = line => svg('svg', { class: 'swatch', width: 30, height: 10, 'aria-hidden': 'true' }, stroke(line, 'M2 5h26'));

// Names cells by the axes along which they differ.
function differing(study, cells) {
  const axes = study.scientific.map((_, axis) => axis).filter(axis => cells.some(cell => cell.at[axis] !== cells[0].at[axis]));
  return cell => axes.length === 0 ? nameOf(study, cell) : pairs(axes.map(axis => study.scientific[axis]), axes.map(axis => cell.values[axis])).join(', ');
}

// The profiles of several cells of a study, the deepest networks first.
function comparison(study) {
  const cells = measuredCells(study);
  const deepest = Math.max(...cells.map(cell => depthOf(study, cell)));
  const compared = new Set(cells.filter(cell => depthOf(study, cell) === deepest).slice(0, comparedAtFirst));
  const { view, draw } = profile(study, cells, () => cells.filter(cell => compared.has(cell)));
  return { view: cells.length < 2 ? view : [...view, picker(study, cells, compared, draw)], draw };
}

// Boxes to choose the cells of a comparison; changed() is called after each change.
const picker = (study, cells, compared, changed, title = 'Choose the cells to compare', verb = 'Compare') => later(title, () => sortedTable(title, [
  {
    name: 'compared',
    value: cell => compared.has(cell) ? 'yes' : 'no',
    show: cell => html('input', { type: 'checkbox', checked: compared.has(cell), 'aria-label': `${verb} ${nameOf(study, cell)}`, change: event => { compared[event.target.checked ? 'add' : 'delete'](cell); changed(); } }),
  },
  ...axisColumns(study.scientific, cell => cell.values),
], cells));

// Cells are told apart in a plot by tones and dashes.
const look = position => ({ tone: `tone-${position % tones}`, dash: dashes[position % dashes.length] });
