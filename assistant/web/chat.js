// A new question goes to the top of the chat, so that its first quote is what one sees; quotes that arrive below move
// nothing, and once the reader scrolls, nothing moves on its own.
const log = element.closest('.otr-log') || element;
let turns = 0;
let following = false;

const stop = () => { following = false; };
for (const event of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
  log.addEventListener(event, stop, {passive: true});
}

watch('value', () => {
  const every = element.querySelectorAll('.otr-turn');
  if (every.length > turns) following = true;
  turns = every.length;
  if (!following || !turns) return;
  const last = every[turns - 1];
  requestAnimationFrame(() => {
    if (getComputedStyle(log).overflowY === 'auto') {
      log.scrollTop += last.getBoundingClientRect().top - log.getBoundingClientRect().top;
    } else {
      last.scrollIntoView({block: 'start'});
    }
  });
});
