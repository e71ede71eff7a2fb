// Bring the passage that was asked for into view: within the column beside the chat, or down the page on a phone.
const show = () => {
  const here = element.querySelector('[data-here]');
  const article = element.querySelector('article');
  if (!article) return;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const side = element.closest('.otr-side');
  if (side && getComputedStyle(side).position === 'sticky') {
    const top = here ? here.getBoundingClientRect().top - side.getBoundingClientRect().top : 0;
    const panel = element.querySelector('.otr-panel');
    const room = panel ? panel.getBoundingClientRect().height + 40 : 60;
    side.scrollTo({top: here ? side.scrollTop + top - room - 40 : 0, behavior: still ? 'auto' : 'smooth'});
  } else {
    (here || article).scrollIntoView({block: here ? 'center' : 'start', behavior: still ? 'auto' : 'smooth'});
  }
};

let seen = '';
const look = () => {
  const article = element.querySelector('article');
  const visit = article ? article.dataset.visit : '';
  if (visit && visit !== '0' && visit !== seen) requestAnimationFrame(show);
  seen = visit;
};
watch('value', look);
look();
