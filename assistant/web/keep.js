// The chat outlives a reload of its tab, and nothing else: what it cites is kept in the tab's own storage.
const KEY = 'on-the-record chat';
watch('value', () => {
  try {
    if (props.value) sessionStorage.setItem(KEY, props.value);
    else sessionStorage.removeItem(KEY);
  } catch {                       // no room, or no storage: the chat is then gone after a reload
    console.warn('This chat is too long to be kept over a reload of the page.');
  }
});
