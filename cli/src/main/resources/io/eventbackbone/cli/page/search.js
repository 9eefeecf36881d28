// A search box with a list of matches: to choose one focuses the topology on it.

import {ask} from './api.js';
import {byId, element} from './dom.js';

const WORDS = {EventType: 'event type', Account: 'account'};

/** How long a person may pause within a word, in milliseconds. */
const PAUSE = 200;

export class Search {
  #focus;
  #showObject;
  #matches = [];
  #selected = -1;
  #timer;

  constructor(focus, showObject) {
    this.#focus = focus;
    this.#showObject = showObject;
    byId('search-text').addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#look(), PAUSE);
    });
    byId('search-text').addEventListener('keydown', (event) => this.#key(event));
    byId('search-text').addEventListener('blur', () => setTimeout(() => this.#close(), PAUSE));
    byId('search').addEventListener('submit', async (event) => {
      event.preventDefault();
      clearTimeout(this.#timer);
      if (this.#matches.length === 0) await this.#look();
      this.#choose(this.#matches[Math.max(0, this.#selected)]);
    });
  }

  async #look() {
    const text = byId('search-text').value.trim();
    if (!text) {
      this.#close();
      return;
    }
    let answer;
    try {
      answer = await ask('search', {text});
    } catch (error) {
      this.#list([element('li', {role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false'}, error.message)]);
      return;
    }
    if (text !== byId('search-text').value.trim()) return;
    this.#matches = answer.matches;
    this.#selected = -1;
    this.#list(answer.matches.map((it, index) => this.#option(it, index)), answer);
  }

  #option(match, index) {
    return element('li', {role: 'option', id: `match-${index}`, 'aria-selected': 'false', mousedown: () => this.#choose(match)},
      `${match.name} `, element('span', {class: 'quiet'}, WORDS[match.type] ?? match.type));
  }

  #list(options, answer = {more: 0, matches: options}) {
    const none = answer.matches.length === 0;
    const note = none ? 'Nothing has this in its name' + (answer.partial ? ' that you may see.' : '.') : answer.more > 0 ? `${answer.more} more: write more of the name.` : '';
    if (note) options.push(element('li', {role: 'option', class: 'quiet', 'aria-disabled': 'true', 'aria-selected': 'false'}, note));
    byId('search-matches').replaceChildren(...options);
    byId('search-matches').hidden = false;
    byId('search-text').setAttribute('aria-expanded', 'true');
    byId('search-text').removeAttribute('aria-activedescendant');
  }

  #key(event) {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (event.key === 'Escape') this.#close();
    if (!step || this.#matches.length === 0) return;
    event.preventDefault();
    this.#selected = (this.#selected + step + this.#matches.length) % this.#matches.length;
    [...byId('search-matches').children].forEach((it, index) => it.setAttribute('aria-selected', String(index === this.#selected)));
    byId(`match-${this.#selected}`).scrollIntoView({block: 'nearest'});
    byId('search-text').setAttribute('aria-activedescendant', `match-${this.#selected}`);
  }

  #choose(match) {
    if (!match) return;
    this.#close();
    byId('search-text').value = match.name;
    if (match.type === 'EventType') this.#focus({type: match.name}, `event type ${match.name}`);
    else if (match.type === 'Account') this.#focus({account: match.name}, `account ${match.name}`);
    else this.#showObject(match.type, match.name);
  }

  #close() {
    this.#matches = [];
    this.#selected = -1;
    byId('search-matches').hidden = true;
    byId('search-text').setAttribute('aria-expanded', 'false');
    byId('search-text').removeAttribute('aria-activedescendant');
  }
}
