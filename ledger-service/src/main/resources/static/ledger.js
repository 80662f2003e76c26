// What the pages do beyond being read: times in the reader's zone, buttons that copy, and live updates. Pages work without it.

const LATER = 2000; // milliseconds between two updates of a page at least
const TRIES = 10; // updates until a page that lags behind the log has to wait for the next change
const AGAIN = 5000; // milliseconds until a lost connection is tried again

// --- Times ---------------------------------------------------------------------------------------------------------------------------

const clock = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short'
});

// In the form of the ledger, with the reader's zone in place of UTC.
function exactly(at) {
  const part = Object.fromEntries(clock.formatToParts(at).map(it => [it.type, it.value]));
  return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}:${part.second} ${part.timeZoneName}`;
}

function ago(seconds) {
  if (seconds < -2) {
    return 'in ' + amount(-seconds);
  }
  return seconds < 2 ? 'just now' : amount(seconds) + ' ago';
}

// As the ledger words it, so that nothing jumps.
function amount(seconds) {
  const whole = Math.floor(seconds);
  if (whole < 120) {
    return whole + ' seconds';
  }
  if (whole < 2 * 3600) {
    return Math.floor(whole / 60) + ' minutes';
  }
  return whole < 2 * 86400 ? Math.floor(whole / 3600) + ' hours' : Math.floor(whole / 86400) + ' days';
}

function showTimes() {
  for (const time of document.querySelectorAll('time[datetime]')) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) {
      continue;
    }
    const local = exactly(at);
    const title = local + '\n' + time.dateTime;
    if (time.title !== title) {
      time.title = title;
    }
    // A moment has only its text; other times also say how long ago it was. An agent's clock may be ahead: the ledger's words stay.
    const [relative, exact] = time.children;
    write(exact ?? time, local);
    if (relative && !relative.textContent.includes('clock')) {
      write(relative, ago((Date.now() - at.getTime()) / 1000));
    }
  }
}

function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

// The style sheet shows exact times while the box in the header is checked. It stays so on the next page, as far as the browser keeps it.
const box = document.getElementById('exact');

function keepExactTimes() {
  try {
    box.checked = localStorage.getItem('exact') === 'yes';
    box.addEventListener('change', () => localStorage.setItem('exact', box.checked ? 'yes' : 'no'));
  } catch {
    // The box works on this page all the same.
  }
}

// Fields for a moment are in UTC for the ledger. With this script they are in the reader's zone, as all times of the page.
const zone = clock.resolvedOptions().timeZone;
const shown = new WeakSet();

function showFields() {
  for (const name of document.querySelectorAll('label .zone')) {
    write(name, zone);
  }
  for (const field of document.querySelectorAll('input[type="datetime-local"]')) {
    if (!shown.has(field)) {
      shown.add(field);
      const at = new Date(field.defaultValue + 'Z');
      field.value = Number.isNaN(at.getTime()) ? '' : new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, -1);
    }
  }
}

addEventListener('formdata', event => {
  for (const field of event.target.elements) {
    if (field.type === 'datetime-local' && field.value) {
      event.formData.set(field.name, new Date(field.value).toISOString());
    }
  }
});

// --- The reader's zone for times in a query --------------------------------------------------------------------------------------------

// The ledger knows only UTC and the zone in the address. An address that names one keeps it.
function offerZone() {
  for (const select of document.querySelectorAll('select[data-zone]')) {
    if (zone && ![...select.options].some(option => option.value === zone)) {
      const option = new Option(zone);
      option.dataset.client = '';
      select.add(option);
    }
    if (zone && select.dataset.zone !== 'chosen') {
      select.value = zone;
    }
  }
}

// --- Buttons that copy ---------------------------------------------------------------------------------------------------------------

function offerCopies() {
  for (const block of document.querySelectorAll('pre.command')) {
    if (!block.querySelector('button')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = 'Copy';
      button.dataset.client = '';
      button.addEventListener('click', () => copy(block, button));
      block.append(button);
    }
  }
}

async function copy(block, button) {
  const code = block.querySelector('code');
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = 'Copied';
  } catch {
    // No clipboard without HTTPS: the text is selected, for the keyboard.
    getSelection().selectAllChildren(code);
    button.textContent = 'Press Ctrl+C';
  }
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
}

// --- The slider of an environment's life ----------------------------------------------------------------------------------------------

document.addEventListener('input', event => {
  const slider = event.target;
  const output = slider.name === 'slide' && slider.form ? slider.form.querySelector('output') : null;
  if (output) {
    output.textContent = exactly(new Date(slider.value * 1000));
  }
});

// --- Live updates --------------------------------------------------------------------------------------------------------------------

// A page says with data-live on its main element what it shows: "*" for every project, or names of projects between blanks.
const main = document.querySelector('main[data-live]');
const state = document.getElementById('live');
let source = null;
let position = main ? main.dataset.position : null;
let due = false;
let tries = 0; // to load the page again although nothing else changes
let busy = false;

function listen() {
  if (source || document.hidden) {
    return;
  }
  // A browser opens few connections to one host: only the page that is looked at has one.
  source = new EventSource('/api/v1/stream' + (position ? '?after=' + encodeURIComponent(position) : ''));
  source.addEventListener('open', () => say(''));
  source.addEventListener('changed', event => {
    position = event.lastEventId;
    if (concerns(JSON.parse(event.data))) {
      due = true;
      tries = TRIES;
      update();
    }
  });
  source.addEventListener('position', event => { position = event.lastEventId; });
  source.addEventListener('error', () => {
    say('Not live: the ledger does not answer. Trying again.');
    if (source && source.readyState === EventSource.CLOSED) {
      stop();
      setTimeout(listen, AGAIN);
    }
  });
}

function stop() {
  if (source) {
    source.close();
    source = null;
  }
}

function say(text) {
  if (state && state.textContent !== text) {
    state.textContent = text;
  }
}

function concerns(change) {
  const shown = document.querySelector('main').dataset.live.split(' ');
  return shown.includes('*') || change.everything || Object.keys(change.projects).some(project => shown.includes(project));
}

async function update() {
  if (busy || !due) {
    return;
  }
  busy = true;
  due = false;
  try {
    const answer = await fetch(location.href, {headers: {Accept: 'text/html'}});
    if (answer.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const next = page.querySelector('main');
      if (next) {
        const here = document.querySelector('main');
        morph(here, next);
        // Entries of the audit follow the log: what has just been recorded is there a moment later.
        tries = Number(here.dataset.behind) > 0 ? tries - 1 : 0;
        due ||= tries > 0;
        showPage();
      }
    }
  } catch {
    due = true;
  }
  setTimeout(() => {
    busy = false;
    update();
  }, LATER);
}

// Makes an element what another one is. Elements that are in both stay, and with them scroll position, focus and open details. What has data-keep stays
// as it was loaded: someone types there, and what they send says which version they saw.
function morph(old, next) {
  if (old.dataset?.keep !== undefined) {
    return;
  }
  for (const {name} of [...old.attributes]) {
    if (!next.hasAttribute(name) && !(name === 'open' && old.localName === 'details')) {
      old.removeAttribute(name);
    }
  }
  for (const {name, value} of next.attributes) {
    if (old.getAttribute(name) !== value && !(name === 'open' && old.localName === 'details')) {
      old.setAttribute(name, value);
    }
  }
  const keyed = new Map();
  for (const child of old.children) {
    if (keyOf(child)) {
      keyed.set(keyOf(child), child);
    }
  }
  let place = old.firstChild;
  for (const wanted of [...next.childNodes]) {
    while (isOurs(place)) {
      place = place.nextSibling;
    }
    let match = keyOf(wanted) ? keyed.get(keyOf(wanted)) : place;
    if (match && !isAlike(match, wanted)) {
      match = null;
    }
    if (!match) {
      old.insertBefore(document.importNode(wanted, true), place);
    } else {
      if (match === place) {
        place = place.nextSibling;
      } else {
        old.insertBefore(match, place);
      }
      if (match.nodeType === Node.ELEMENT_NODE) {
        morph(match, wanted);
      } else if (match.data !== wanted.data) {
        match.data = wanted.data;
      }
    }
  }
  while (place) {
    const rest = place;
    place = place.nextSibling;
    if (!isOurs(rest)) {
      rest.remove();
    }
  }
}

function keyOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset.key || '' : '';
}

function isAlike(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName && keyOf(one) === keyOf(other);
}

// Whether this script added it.
function isOurs(node) {
  return node !== null && node.nodeType === Node.ELEMENT_NODE && node.dataset.client !== undefined;
}

function showPage() {
  showTimes();
  showFields();
  offerCopies();
}

if (box) {
  keepExactTimes();
}
showPage();
offerZone();
setInterval(showTimes, 15000);
if (main) {
  listen();
  document.addEventListener('visibilitychange', () => document.hidden ? stop() : listen());
  addEventListener('pagehide', stop);
}
