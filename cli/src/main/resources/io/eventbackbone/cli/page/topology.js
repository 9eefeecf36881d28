// Draws the topology: a column for each kind of object, from left to right as events pass.

import {byId, element} from './dom.js';

const COLUMNS = [
  ['Producer', 'Producers'],
  ['EventBackbone', 'Backbones'],
  ['EventRoute', 'Routes'],
  ['ServiceAccountBus', 'Buses'],
  ['EventSubscription', 'Subscriptions'],
];
const STATES = {Ready: 'ready', NotReady: 'not ready', NotDelivering: 'not delivering', Unknown: 'state unknown'};
const WORST_FIRST = ['NotReady', 'NotDelivering', 'Unknown', 'Ready'];

/** More than these in one column nobody looks through. */
const TALLEST = 60;

const SVG = 'http://www.w3.org/2000/svg';

export class Topology {
  #graph = {nodes: [], edges: []};
  #way = null;
  #lastEvents = new Map();
  #buttons = new Map();
  #layout = '';
  #choose;

  /** @param {function(Object)} choose is called with the node that a person chooses */
  constructor(choose) {
    this.#choose = choose;
    byId('columns').addEventListener('keydown', (event) => this.#walk(event));
    new ResizeObserver(() => this.#drawEdges()).observe(byId('columns'));
  }

  get nodes() {
    return this.#graph.nodes;
  }

  get isGrouped() {
    return this.#graph.nodes.some((it) => it.type === 'Group');
  }

  show(graph) {
    this.#graph = graph;
    this.#draw();
  }

  /** @param {?{nodes: Set<string>, edges: Set<string>, reasons: Map<string, string>}} way by ids */
  light(way) {
    this.#way = way;
    this.#draw();
  }

  /** @param {Map<string, string>} lastEvents of accounts, in words */
  tellLastEvents(lastEvents) {
    this.#lastEvents = lastEvents;
    this.#draw();
  }

  /** The node that stands for an object, or for the group that it is in. */
  find(type, name) {
    const namespace = name.split('/')[0];
    const isIn = (it) =>
      (it.type === type && it.name === name) ||
      (it.type === 'Producer' && type === 'Producer' && it.name === namespace) ||
      (it.type === 'Group' && ['ServiceAccountBus', 'EventSubscription'].includes(type) && it.name === namespace);
    return this.#graph.nodes.find(isIn);
  }

  /** The edges that end at a node. */
  edgesTo(id) {
    return this.#graph.edges.filter((it) => it.to === id);
  }

  /** Keeps the elements that stay, so that a redraw takes neither the focus nor a click from anyone. */
  #draw() {
    const columns = COLUMNS.map(([type, title]) => this.#column(type, title)).filter((it) => it);
    const shown = new Set(columns.flatMap((it) => it.nodes.map((node) => node.id)));
    for (const id of this.#buttons.keys()) if (!shown.has(id)) this.#buttons.delete(id);
    for (const node of columns.flatMap((it) => it.nodes)) this.#fill(this.#button(node.id), node);
    const layout = JSON.stringify(columns.map((it) => [it.title, it.more, it.nodes.map((node) => node.id)]));
    if (layout !== this.#layout) this.#place(columns);
    this.#layout = layout;
    this.#drawEdges();
  }

  #column(type, title) {
    const isOf = (it) => it.type === type || (type === 'ServiceAccountBus' && it.type === 'Group');
    const nodes = this.#graph.nodes.filter(isOf);
    if (nodes.length === 0) return null;
    const name = nodes.some((it) => it.type === 'Group') ? 'Namespaces' : title;
    const shown = this.#mostTelling(nodes);
    return {name, title: `${name} (${nodes.length})`, nodes: shown, more: nodes.length - shown.length};
  }

  #place(columns) {
    const focused = document.activeElement?.dataset?.id;
    byId('columns').replaceChildren(...columns.map((it) => element('section', {class: 'column', 'aria-label': it.name},
      element('h3', {}, it.title),
      element('ul', {}, ...it.nodes.map((node) => element('li', {}, this.#buttons.get(node.id)))),
      it.more > 0 ? element('p', {class: 'more'}, `${it.more} more: search, or focus on an event type or account.`) : '')));
    const buttons = [...this.#buttons.values()];
    const current = buttons.find((it) => it.tabIndex === 0) ?? buttons[0];
    if (current) current.tabIndex = 0;
    this.#buttons.get(focused)?.focus({preventScroll: true});
  }

  /** Those on the lit way first, then those with a problem. */
  #mostTelling(nodes) {
    if (nodes.length <= TALLEST) return nodes;
    const rank = (it) => (this.#way?.nodes.has(it.id) ? -1 : WORST_FIRST.indexOf(it.state));
    return nodes.toSorted((a, b) => rank(a) - rank(b)).slice(0, TALLEST);
  }

  #button(id) {
    if (!this.#buttons.has(id)) {
      const choose = () => this.#choose(this.#graph.nodes.find((it) => it.id === id));
      this.#buttons.set(id, element('button', {type: 'button', 'data-id': id, tabindex: '-1', click: choose}));
    }
    return this.#buttons.get(id);
  }

  #fill(button, node) {
    const classes = ['node', node.state.toLowerCase()];
    if (this.#way) classes.push(this.#way.nodes.has(node.id) ? 'lit' : 'dim');
    button.className = classes.join(' ');
    const lines = [
      ['name', node.name],
      ['', STATES[node.state]],
      ['', node.label],
      ['', node.account && `account ${node.account}`],
      ['', node.type === 'Producer' && this.#lastEvents.get(node.account)],
      ['reason', this.#way?.reasons.get(node.id)],
    ].filter(([, text]) => text);
    if (lines.map(([, text]) => text).join('\n') === [...button.children].map((it) => it.textContent).join('\n')) return;
    button.replaceChildren(...lines.map(([kind, text]) => element('span', {class: kind || undefined}, ...breakable(kind, text))));
  }

  #drawEdges() {
    const svg = byId('edges');
    const origin = byId('topology').getBoundingClientRect();
    const scroll = byId('topology');
    const columns = byId('columns');
    svg.setAttribute('width', columns.offsetLeft + columns.scrollWidth);
    svg.setAttribute('height', columns.offsetTop + columns.offsetHeight);
    const place = (it) => {
      const box = it.getBoundingClientRect();
      return {left: box.left - origin.left + scroll.scrollLeft, right: box.right - origin.left + scroll.scrollLeft,
        middle: box.top - origin.top + scroll.scrollTop + box.height / 2};
    };
    const places = new Map([...this.#buttons].map(([id, button]) => [id, place(button)]));
    svg.replaceChildren(...this.#graph.edges
      .filter((it) => places.has(it.from) && places.has(it.to))
      .map((it) => this.#edge(it, places.get(it.from), places.get(it.to))));
  }

  #edge(edge, from, to) {
    const path = document.createElementNS(SVG, 'path');
    const bend = (to.left - from.right) / 2;
    path.setAttribute('d', `M${from.right} ${from.middle}C${from.right + bend} ${from.middle} ${to.left - bend} ${to.middle} ${to.left} ${to.middle}`);
    if (this.#way) path.setAttribute('class', this.#way.edges.has(`${edge.from}>${edge.to}`) ? 'lit' : 'dim');
    return path;
  }

  /** Up and down in a column; left and right along an edge. */
  #walk(event) {
    const from = event.target.dataset.id;
    const to = from && this.#next(from, event.key);
    if (!to) return;
    event.preventDefault();
    this.#buttons.get(from).tabIndex = -1;
    this.#buttons.get(to).tabIndex = 0;
    this.#buttons.get(to).focus();
  }

  #next(id, key) {
    const item = this.#buttons.get(id).closest('li');
    const idIn = (it) => it?.querySelector('button').dataset.id;
    switch (key) {
      case 'ArrowUp': return idIn(item.previousElementSibling);
      case 'ArrowDown': return idIn(item.nextElementSibling);
      case 'ArrowRight': return this.#neighbour((it) => it.from === id, (it) => it.to);
      case 'ArrowLeft': return this.#neighbour((it) => it.to === id, (it) => it.from);
      case 'Home': return idIn(item.parentElement.firstElementChild);
      case 'End': return idIn(item.parentElement.lastElementChild);
      default: return undefined;
    }
  }

  /** Along the lit way, if there is one. */
  #neighbour(isAt, end) {
    const edges = this.#graph.edges.filter((it) => isAt(it) && this.#buttons.has(end(it)));
    const lit = edges.find((it) => this.#way?.edges.has(`${it.from}>${it.to}`));
    return (lit ?? edges[0]) && end(lit ?? edges[0]);
  }
}

/** A name may break after its namespace. */
function breakable(kind, text) {
  const slash = text.indexOf('/') + 1;
  return kind === 'name' && slash ? [text.slice(0, slash), document.createElement('wbr'), text.slice(slash)] : [text];
}
