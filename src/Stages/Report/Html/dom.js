// Makes elements; nothing of a study is ever read as HTML.
const svgNamespace = document.getElementById('blank').namespaceURI;

function fill(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value !== null && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.flat(Infinity).filter(child => child !== null));
  return made;
}

const html = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);
const svg = (name, attributes = {}, ...children) => fill(document.createElementNS(svgNamespace, name), attributes, children);

let controls = 0;

function labelled(label, control) {
  control.id = `control-${++controls}`;
  return html('div', { class: 'control' }, html('label', { for: control.id }, label), control);
}

// Options are [value, text] pairs.
function choice(label, options, selected, change) {
  const select = html('select', { change: () => change(select.value) },
    options.map(([value, text]) => html('option', { value, selected: value === selected }, text)));
  return labelled(label, select);
}

function check(label, isChecked, change) {
  const box = html('input', { type: 'checkbox', checked: isChecked, change: () => change(box.checked) });
  return html('label', { class: 'check' }, box, label);
}

// Puts controls in the place of others; the focus stays at its position among them.
function refill(place, made) {
  const reached = () => [...place.querySelectorAll('select, button, input')];
  const focused = reached().indexOf(document.activeElement);
  place.replaceChildren(...made.filter(control => control !== null));
  reached()[focused]?.focus();
}

// A text that appears beside an element while a pointer or the keyboard's focus is on it.
const tip = document.getElementById('tip');

function withTip(target, text) {
  const show = () => {
    tip.textContent = text;
    tip.hidden = false;
    const place = target.getBoundingClientRect();
    const left = Math.max(8, Math.min(place.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
    const below = place.bottom + 6;
    tip.style.left = `${left}px`;
    tip.style.top = `${below + tip.offsetHeight > innerHeight ? Math.max(0, place.top - tip.offsetHeight - 6) : below}px`;
    target.setAttribute('aria-describedby', 'tip');
  };
  const hide = () => {
    tip.hidden = true;
    target.removeAttribute('aria-describedby');
  };
  for (const [event, listener] of [['pointerenter', show], ['focus', show], ['pointerleave', hide], ['blur', hide]])
    target.addEventListener(event, listener);
  return target;
}

addEventListener('keydown', event => {
  if (event.key === 'Escape') tip.hidden = true;
});
addEventListener('scroll', () => { tip.hidden = true; }, { capture: true, passive: true });
