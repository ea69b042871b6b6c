// Pictures of the study's data sets, a row for each way to look at them.
const aboutSamples = 'Training samples as they are and after preprocessing, which is fitted on the training split alone; the split\'s mean and its principal directions.';

const samples = study => study.data.map(set => html('section', { 'aria-label': `Samples of ${set.name}` },
  html('h3', {}, set.name),
  set.rows.map(row => {
    const image = html('img', { alt: row.alternative, width: row.width, height: row.height });
    image.style.width = `${100 * row.width / row.room}%`;
    picture(row.picture).then(address => { image.src = address; });
    return html('figure', { class: 'samples' },
      html('figcaption', {}, row.caption, html('span', { class: 'quiet' }, row.note ? `; ${row.note}` : '')),
      image,
      row.labels.length === 0 ? null : html('p', { class: 'quiet' }, `From the left: ${row.labels.join(', ')}`));
  })));

// Pictures stand beside the studies, which share them.
async function picture(name) {
  const bytes = await opened(document.querySelector(`script[data-picture="${name}"]`)).blob();
  return new Promise(done => {
    const reader = new FileReader();
    reader.addEventListener('load', () => done(reader.result));
    reader.readAsDataURL(new Blob([bytes], { type: 'image/png' }));
  });
}
