// Lines over whole numbers such as epochs or layers. A line has a value a place, or null, and a kind, which is its class; it may have low and high
// ends, drawn as a band, a tone and dashes of its own, and dots. A slider, or a pointer over the plot, chooses a place, of which name(position) is
// the name and tell(position) all that is known.
function plot({ label, axis, places, lines, isLogarithmic, width, name, tell }) {
  const margin = { left: 56, right: 12, top: 10, bottom: 34 };
  const height = Math.round(Math.min(340, Math.max(220, width * 0.5)));
  const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom };
  const usable = value => Number.isFinite(value) && (!isLogarithmic || value > 0);
  const all = lines.flatMap(line => isLogarithmic ? line.values : [...line.values, ...line.low ?? [], ...line.high ?? []]).filter(usable);
  if (all.length === 0) return html('p', { class: 'quiet' }, 'There is no value that this scale can show.');

  const [least, most] = [Math.min(...all), Math.max(...all)];
  const ticks = isLogarithmic ? logarithmicTicks(least, most) : linearTicks(least, most);
  const scaled = value => isLogarithmic ? Math.log10(Math.max(value, Number.MIN_VALUE)) : value;
  const [bottom, top] = [scaled(ticks[0]), scaled(ticks.at(-1))];
  const x = position => margin.left + (places.length < 2 ? inner.width / 2 : inner.width * (places[position] - places[0]) / (places.at(-1) - places[0]));
  // A band may reach beyond the axis.
  const y = value => margin.top + inner.height * (1 - Math.max(0, Math.min(1, (scaled(value) - bottom) / (top - bottom))));
  const point = (value, position) => `${x(position).toFixed(1)} ${y(value).toFixed(1)}`;
  // h0 makes a dot of a value that has no neighbour.
  const path = values => values.map((value, position) => !usable(value) ? ''
    : position > 0 && usable(values[position - 1]) ? `L${point(value, position)}` : `M${point(value, position)}h0`).join('');
  const dots = values => values.map((value, position) => usable(value) ? `M${point(value, position)}h0` : '').join('');

  function area({ values, low, high }) {
    const positions = places.map((_, position) => position).filter(position => usable(values[position]) && Number.isFinite(low[position]));
    if (positions.length === 0) return '';
    if (places.length === 1) return `M${x(0) - 8} ${y(high[0])}h16V${y(low[0])}h-16Z`;
    return `M${positions.map(p => point(high[p], p)).join('L')}L${positions.toReversed().map(p => point(low[p], p)).join('L')}Z`;
  }

  const cursor = svg('line', { class: 'cursor', y1: margin.top, y2: margin.top + inner.height });
  const every = Math.ceil(places.length / Math.max(2, inner.width / 45));
  const picture = svg('svg', { class: places.length === 1 ? 'single' : null, width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    ticks.map(tick => [
      svg('line', { class: 'rule', x1: margin.left, x2: width - margin.right, y1: y(tick), y2: y(tick) }),
      svg('text', { x: margin.left - 6, y: y(tick) + 4, 'text-anchor': 'end' }, tickText(tick)),
    ]),
    places.map((place, position) => position % every === 0 ? svg('text', { x: x(position), y: height - 18, 'text-anchor': 'middle' }, String(place)) : null),
    svg('text', { x: margin.left + inner.width / 2, y: height - 3, 'text-anchor': 'middle' }, axis),
    lines.filter(line => line.low).map(line => svg('path', { class: `band ${line.tone ?? ''}`, d: area(line) })),
    lines.map(line => [stroke(line, path(line.values)), line.isDotted ? svg('path', { class: `dots ${line.tone ?? ''}`, d: dots(line.values) }) : null]),
    cursor);

  const output = html('output');
  const slider = html('input', { type: 'range', min: 0, max: places.length - 1, value: places.length - 1, 'aria-label': axis[0].toUpperCase() + axis.slice(1), input: () => choose(Number(slider.value)) });
  function choose(position) {
    slider.value = position;
    slider.setAttribute('aria-valuetext', name(position));
    cursor.setAttribute('x1', x(position));
    cursor.setAttribute('x2', x(position));
    output.replaceChildren(...tell(position));
  }
  picture.addEventListener('pointermove', event => {
    const at = event.clientX - picture.getBoundingClientRect().left;
    choose(places.reduce((nearest, _, position) => Math.abs(x(position) - at) < Math.abs(x(nearest) - at) ? position : nearest, 0));
  });
  choose(places.length - 1);
  return html('figure', {}, picture, slider, output);
}

const stroke = (line, d) => svg('path', { class: `${line.kind} ${line.tone ?? ''}`, 'stroke-dasharray': line.dash ?? null, d });

// The ends of intervals of so many halves around means; null where there is none.
const ends = (means, halves, sign) => means.map((mean, position) => Number.isFinite(mean) && Number.isFinite(halves[position]) ? mean + sign * halves[position] : null);

const plotWidth = place => Math.min(736, place.clientWidth || 320);
