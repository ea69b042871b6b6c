// Curves by epoch: single runs, their mean and its 95 % interval as a band. A slider, or a pointer over the plot, tells the values at an epoch.
function plot(label, name, epochs, lines, band, isLogarithmic, width) {
  const margin = { left: 52, right: 12, top: 10, bottom: 34 };
  const height = Math.round(Math.min(340, Math.max(220, width * 0.5)));
  const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom };
  const factor = isShare(name) ? 100 : 1;
  const usable = value => value !== null && value !== undefined && (!isLogarithmic || value > 0);
  const all = [...lines.flatMap(line => line.values), ...band.low, ...band.high].filter(usable).map(value => value * factor);
  if (all.length === 0) return html('p', { class: 'quiet' }, 'No run finished an epoch with a value that this scale can show.');

  const scaled = value => isLogarithmic ? Math.log10(value) : value;
  const ticks = isLogarithmic ? logarithmicTicks(Math.min(...all), Math.max(...all)) : linearTicks(Math.min(...all), Math.max(...all));
  const [bottom, top] = [scaled(ticks[0]), scaled(ticks.at(-1))];
  const x = position => margin.left + (epochs.length < 2 ? inner.width / 2 : inner.width * (epochs[position] - epochs[0]) / (epochs.at(-1) - epochs[0]));
  const y = value => margin.top + inner.height * (1 - (scaled(value * factor) - bottom) / (top - bottom));
  const path = values => values.map((value, position) => usable(value)
    ? `${position > 0 && usable(values[position - 1]) ? 'L' : 'M'}${x(position).toFixed(1)} ${y(value).toFixed(1)}` : '').join('');
  const area = positions => positions.length === 0 ? ''
    : `M${positions.map(p => `${x(p).toFixed(1)} ${y(band.high[p]).toFixed(1)}`).join('L')}L${positions.toReversed().map(p => `${x(p).toFixed(1)} ${y(band.low[p]).toFixed(1)}`).join('L')}Z`;

  const cursor = svg('line', { class: 'cursor', y1: margin.top, y2: margin.top + inner.height });
  const shownEpochs = epochs.map((_, position) => position).filter((_, position) => position % Math.ceil(epochs.length / Math.max(2, inner.width / 45)) === 0);
  const picture = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    ticks.map(tick => [
      svg('line', { class: 'rule', x1: margin.left, x2: width - margin.right, y1: y(tick / factor), y2: y(tick / factor) }),
      svg('text', { x: margin.left - 6, y: y(tick / factor) + 4, 'text-anchor': 'end' }, String(Number(tick.toPrecision(3)))),
    ]),
    shownEpochs.map(position => svg('text', { x: x(position), y: height - 18, 'text-anchor': 'middle' }, String(epochs[position]))),
    svg('text', { x: margin.left + inner.width / 2, y: height - 3, 'text-anchor': 'middle' }, 'epoch'),
    svg('path', { class: 'band', d: area(epochs.map((_, p) => p).filter(p => usable(band.low[p]) && usable(band.high[p]))) }),
    lines.map(line => svg('path', { class: `run${line.isMarked ? ' marked' : ''}`, d: path(line.values) })),
    svg('path', { class: 'mean', d: path(band.mean) }),
    cursor);

  const output = html('output');
  const slider = html('input', { type: 'range', min: 0, max: epochs.length - 1, value: epochs.length - 1, 'aria-label': 'Epoch', input: () => tell(Number(slider.value)) });
  function tell(position) {
    slider.value = position;
    slider.setAttribute('aria-valuetext', `epoch ${epochs[position]}`);
    cursor.setAttribute('x1', x(position));
    cursor.setAttribute('x2', x(position));
    const ends = usable(band.low[position]) ? ` (${shown(name, band.low[position])} to ${shown(name, band.high[position])})` : '';
    output.textContent = `Epoch ${epochs[position]}, ${unit(name)}: mean ${shown(name, band.mean[position])}${ends}`
      + lines.filter(line => line.isMarked).map(line => `; ${line.name}: ${shown(name, line.values[position])}`).join('');
  }
  picture.addEventListener('pointermove', event => {
    const at = event.clientX - picture.getBoundingClientRect().left;
    tell(epochs.reduce((nearest, _, position) => Math.abs(x(position) - at) < Math.abs(x(nearest) - at) ? position : nearest, 0));
  });
  tell(epochs.length - 1);
  return html('figure', {}, picture, slider, output);
}

function linearTicks(low, high) {
  const span = high > low ? high - low : Math.abs(high) || 1;
  const size = 10 ** Math.floor(Math.log10(span / 4));
  const step = [1, 2, 5, 10].map(multiple => multiple * size).find(candidate => span / candidate <= 5);
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  return Array.from({ length: last - first + 1 }, (_, position) => (first + position) * step);
}

function logarithmicTicks(low, high) {
  const first = Math.floor(Math.log10(low));
  const last = Math.max(first + 1, Math.ceil(Math.log10(high)));
  const every = Math.ceil((last - first) / 6);
  return Array.from({ length: Math.ceil((last - first) / every) + 1 }, (_, position) => 10 ** (first + position * every));
}
