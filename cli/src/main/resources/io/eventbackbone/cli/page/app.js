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

/** The latest answers, by question. */
const told = new Map();

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
  if (isNews('graph', graph)) {
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
  if (!isNews('status', health)) return;
  byId('state').textContent = `${health.ready} of ${health.total} objects are as they should be.`;
  byId('problems').replaceChildren(health.problems.length === 0
    ? element('p', {}, 'None.')
    : element('ul', {class: 'list'}, ...health.problems.slice(0, 30).map((it) =>
      element('li', {}, element('strong', {}, it.object), ` ${it.code} ${it.message}`))));
}

async function lookAtFlow() {
  const backbones = topology.nodes.filter((it) => it.type === 'EventBackbone').slice(0, 3);
  const flows = await Promise.all(backbones.map((it) => ask('flow', {kind: 'EventBackbone', name: it.name})));
  if (!isNews('flow', flows)) return;
  const lastEvents = new Map();
  for (const it of flows.flatMap((flow) => flow.events.toReversed())) {
    lastEvents.set(it.account, `last event ${new Date(it.time).toLocaleTimeString()}, ${it.detailType}`);
  }
  byId('flow').replaceChildren(...flows.flatMap((it) => latestEvents(it, why)));
  topology.tellLastEvents(lastEvents);
}

/** Whether an answer differs from the one before. What is the same stays as it is, also for screen readers. */
function isNews(question, answer) {
  const text = JSON.stringify(answer);
  const before = told.get(question);
  told.set(question, text);
  return text !== before;
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

function tellFailure(place, question) {
  return (error) => {
    if (isNews(question, error.message)) byId(place).replaceChildren(failure(error));
  };
}

repeat(async () => {
  await look();
  await lookAtProblems();
}, tellFailure('state', 'status')).then(() => repeat(lookAtFlow, tellFailure('flow', 'flow')));
