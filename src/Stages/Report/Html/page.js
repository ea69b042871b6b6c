// The page: unpacks a study when it is asked for; what is shown stands in the address, so that links, bookmarks and Back work.
const main = document.getElementById('main');
const blocks = new Map([...document.querySelectorAll('script[data-study]')].map(block => [block.dataset.study, block]));
const unpacked = new Map();

// What a block holds.
function opened(block) {
  const packed = Uint8Array.from(atob(block.textContent), letter => letter.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')));
}

async function unpack(name) {
  if (!unpacked.has(name)) {
    const { title, question, summary } = blocks.get(name).dataset;
    unpacked.set(name, { name, title, question, summary, ...wholeStudy(await opened(blocks.get(name)).json()) });
  }
  return unpacked.get(name);
}

function overview() {
  return [
    html('h1', {}, 'Results'),
    html('ul', { class: 'studies' }, [...blocks.values()].map(({ dataset }) => html('li', {},
      html('a', { href: `#/${encodeURIComponent(dataset.study)}` }, dataset.title),
      dataset.question ? html('p', {}, dataset.question) : null,
      html('p', { class: 'quiet' }, dataset.summary)))),
  ];
}

function navigation(current) {
  const link = (href, text, isCurrent) => html('li', {}, html('a', { href, 'aria-current': isCurrent ? 'page' : null }, text));
  document.getElementById('studies').replaceChildren(html('ul', {}, link('#/', 'Results', current === ''),
    [...blocks.keys()].map(name => link(`#/${encodeURIComponent(name)}`, name, current === name))));
}

let visits = 0;

async function show() {
  const isPlace = location.hash === '' || location.hash.startsWith('#/');
  if (!isPlace && visits > 0) return;
  const visit = ++visits;
  const [name, index] = (isPlace ? location.hash.slice(2) : '').split('/').map(decodeURIComponent);
  const study = blocks.has(name) ? await unpack(name) : null;
  if (visit !== visits) return;
  const cell = study?.cells[index];
  const { view, ready } = cell ? cellView(study, cell) : study ? studyView(study) : { view: overview(), ready: () => {} };
  tip.hidden = true;
  navigation(study ? name : '');
  main.replaceChildren(...view);
  document.title = cell ? `${nameOf(study, cell)} – ${study.title}` : study?.title ?? 'Results';
  ready();
  scrollTo(0, 0);
  if (visit > 1) main.focus();
}

function refuse(error) {
  main.replaceChildren(html('p', {}, `The results can't be shown: ${error.message}. The page needs a browser of 2023 or later.`));
  throw error;
}

// Its own address would take that of what is shown.
document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});
addEventListener('hashchange', () => show().catch(refuse));
show().catch(refuse);
