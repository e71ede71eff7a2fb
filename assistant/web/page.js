// Every click on something with data-do, anywhere on the page, becomes an event of the desk; Python does the rest.
// Event names as Python knows them:
const EVENTS = ['open', 'who', 'shut', 'narrow', 'export', 'example', 'drop', 'fresh', 'speaker', 'speakers',
  'ask_speaker', 'remove', 'more_articles', 'more_speakers', 'more_statements'];
const show = (tab) => document.getElementById(`otr-${tab}-tab-button`)?.click();

const address = (data) => {
  const url = new URL(location.href);
  for (const name of ['article', 'start', 'end']) {
    url.searchParams.delete(name);
    if (data && data[name] !== undefined) url.searchParams.set(name, data[name]);
  }
  url.hash = '';
  return url;
};

const copy = async (text, button) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {                       // no clipboard on a plain http address: the old way
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    button.focus();
  }
  const label = button.textContent;
  if (button.dataset.busy) return;
  button.dataset.busy = 'true';
  button.textContent = 'Copied';
  setTimeout(() => { button.textContent = label; delete button.dataset.busy; }, 1500);
};

let opener = null;                 // where the reader came from, to go back to when the article is closed

let removing = null;               // the button that asked to remove an article

// The question whether to remove takes the focus once it is there; who keeps the article goes back to where he was.
const ask = (at) => {
  removing = at;
  const shown = new MutationObserver(() => {
    const keep = document.getElementById('otr-keep');
    if (!keep?.offsetParent) return;
    shown.disconnect();
    keep.focus();
  });
  shown.observe(document.body, {childList: true, subtree: true, attributes: true});
};

const act = (at) => {
  const data = {...at.dataset};
  const what = data.do;
  delete data.do;
  if (what === 'copy') return copy(data.text, at);
  if (what === 'link') return copy(address(data).href, at);
  if (what === 'tab') return show(data.tab);
  if (what === 'narrow' || what === 'ask_speaker') show('ask');
  if (what === 'open') {
    opener = at;
    history.replaceState(history.state, '', address(data));
  }
  if (what === 'shut') {
    history.replaceState(history.state, '', address());
    if (opener?.isConnected) {
      opener.focus({preventScroll: true});
      opener.scrollIntoView({block: 'center'});
    }
  }
  if (what === 'remove') ask(at);
  if (EVENTS.includes(what)) trigger(what, data);
};

document.addEventListener('click', (event) => {
  const at = event.target.closest?.('[data-do]');
  if (at) act(at);
  if (event.target.closest?.('#otr-keep')) removing?.focus();
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  const at = event.target.closest?.('[role=button][data-do]');
  if (!at) return;
  event.preventDefault();
  act(at);
});

// Buttons of gradio's own that a screen reader would call nothing, or something else than what is written on them.
const name = () => {
  for (const button of document.querySelectorAll('button.calendar:not([aria-label])')) {
    button.setAttribute('aria-label', 'Choose a day');
  }
  for (const button of document.querySelectorAll('button.upload-container')) {
    const words = button.innerText.replace(/\s+/g, ' ').trim();
    if (words && button.getAttribute('aria-label') !== words) button.setAttribute('aria-label', words);
  }
};
new MutationObserver(name).observe(document.body, {childList: true, subtree: true});
