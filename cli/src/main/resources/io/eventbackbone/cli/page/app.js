// Puts the parts of the page together, and keeps them live while the page is seen.

import {ask} from './api.js';
import {Details} from './details.js';
import {byId, element, failure, unseen} from './dom.js';
import {latestEvents, Why} from './flow.js';
import {Topology} from './topology.js';
import {Who} from './way.js';
import {Search} from './search.js';

/** A pause between two looks, in milliseconds; a slow cluster gets four times what a look took. */
const PAUSE = 5000;
const PATIENCE = 4;

let focus = {};
let drawn = '';

const why = new Why();
const topology = new Topology((node) => choose(node));
const who = new Who(topology, (type) => focusOn({type}, `event type ${type}`));
const details = new Details(why, focusOn);
new Search(focusOn, showObject);
byId('everything').addEventListener('click', () => focusOn({}, ''));

async function focusOn(wanted, words) {
  focus = wanted;
  byId('focus').textContent = words ? `Focused on ${words}.` : '';
  byId('everything').hidden = !words;
  try {
    await look();
  } catch (error) {
    byId('state').replaceChildren(failure(error));
  }
}

function choose(node) {
  if (node.type === 'Group' || !node.name.includes('/')) focusOn({namespace: node.name}, `namespace ${node.name}`);
  else details.show(node);
}

async function showObject(type, name) {
  await focusOn({object: name}, `${type} ${name}`);
  const node = topology.find(type, name);
  if (node) details.show(node);
}

/** Draws what has changed. An answer that comes after the focus has changed is of no use. */
async function look() {
  const wanted = focus;
  const graph = await ask('graph', wanted);
  if (wanted !== focus) return;
  const text = JSON.stringify(graph);
  if (text !== drawn) {
    drawn = text;
    topology.show(graph);
    who.offerSenders();
    who.relight();
    byId('partial').hidden = !graph.partial;
    byId('partial').replaceChildren(graph.partial ? element('strong', {}, 'This is partial.') : '', unseen(graph));
  }
  if (graph.nodes.length === 0) byId('focus').textContent = nothing();
}

function nothing() {
  return focus.type ? `No subscription receives ${focus.type}.` : 'There is nothing here that you may see.';
}

async function lookAtProblems() {
  const health = await ask('status');
  byId('state').textContent = `${health.ready} of ${health.total} objects are as they should be.`;
  byId('problems').replaceChildren(health.problems.length === 0
    ? element('p', {}, 'None.')
    : element('ul', {class: 'list'}, ...health.problems.slice(0, 30).map((it) =>
      element('li', {}, element('strong', {}, it.object), ` ${it.code} ${it.message}`))));
}

async function lookAtFlow() {
  const backbones = topology.nodes.filter((it) => it.type === 'EventBackbone').slice(0, 3);
  const shown = [];
  const lastEvents = new Map();
  for (const backbone of backbones) {
    const latest = await latestEvents('EventBackbone', backbone.name, why);
    shown.push(...latest.elements);
    for (const it of latest.events.toReversed()) lastEvents.set(it.account, `last event ${new Date(it.time).toLocaleTimeString()}, ${it.detailType}`);
  }
  if (document.activeElement?.closest('#flow')) return;
  byId('flow').replaceChildren(...shown);
  topology.tellLastEvents(lastEvents);
}

async function repeat(action, failed) {
  const begun = performance.now();
  if (!document.hidden) {
    try {
      await action();
    } catch (error) {
      failed(error);
    }
  }
  setTimeout(() => repeat(action, failed), Math.max(PAUSE, PATIENCE * (performance.now() - begun)));
}

const stateFailed = (error) => byId('state').replaceChildren(failure(error));
repeat(async () => {
  await look();
  await lookAtProblems();
}, stateFailed).then(() => repeat(lookAtFlow, (error) => byId('flow').replaceChildren(failure(error))));
