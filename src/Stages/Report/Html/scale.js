// Where the marks of an axis stand, and what they say.
function linearTicks(least, most) {
  // Equal values get some room around them.
  const room = most > least ? 0 : Math.abs(most) / 2 || 0.5;
  const [low, high] = [least - room, most + room];
  const span = high - low;
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

function tickText(tick) {
  const text = String(Number(tick.toPrecision(3)));
  return text.length <= 6 ? text : Number(tick.toPrecision(3)).toExponential();
}

// Whether values span orders of magnitude, so that only their logarithms can be told apart: above 0 by a factor of 50; of both signs when some
// are far larger than most.
function spansOrders(values) {
  const sizes = values.map(Math.abs).filter(size => size > 0).sort((x, y) => x - y);
  if (sizes.length === 0) return false;
  return sizes.at(-1) >= (values.some(value => value < 0) ? 100 * sizes[Math.floor(sizes.length / 2)] : 50 * sizes[0]);
}
