"""Places the nodes of a directed graph in layers, so that edges run downwards and seldom cross.

Four passes: layers by longest path, passing points where an edge crosses a layer, order within a layer by
the mean of the neighbours, and horizontal places near them. Deterministic: equal graphs give equal pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

SWEEPS = 12
GAP_X, GAP_Y, MARGIN = 28.0, 52.0, 24.0
PASSING_WIDTH = 10.0
# How far a line runs straight before it bends, and after.
STUB = 9.0


@dataclass(slots=True)
class Node:
    """A box to be placed: its size in pixels, its layer, the middle of it, and from where to where its layer reaches."""

    name: str
    width: float
    height: float
    layer: int = 0
    x: float = 0.0
    y: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    passing: bool = False


@dataclass(slots=True)
class Edge:
    """From one node to another; `points` are the names of the nodes it runs through, ends included."""

    start: str
    end: str
    points: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Layout:
    """The placed graph."""

    nodes: dict[str, Node]
    edges: list[Edge]
    width: float
    height: float


def place(nodes: Sequence[Node], edges: Sequence[tuple[str, str]]) -> Layout:
    """Lay a graph out. The order of `nodes` decides which edges run forward: those to a later node."""
    known = {node.name: node for node in nodes}
    rank = {name: number for number, name in enumerate(known)}
    assign_layers(known, [(a, b) for a, b in edges if rank[a] < rank[b]])
    routed = [route(known, a, b) for a, b in edges]
    links = [pair for edge in routed for pair in pairwise(edge.points)]
    height = place_down(in_layers(known.values()), known)
    edge_of = [MARGIN - GAP_X] * (max(node.layer for node in known.values()) + 1)
    for part in parts(list(known), links):
        place_part([known[name] for name in part], known, links)
        pack([known[name] for name in part], edge_of)
    return Layout(known, routed, max(edge_of) + MARGIN, height)


def parts(names: Sequence[str], links: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The pieces of a graph that hang together, the largest first, each in the order of `names`."""
    neighbours, left, found = both_ways(links), dict.fromkeys(names), []
    while left:
        piece, frontier = set[str](), {next(iter(left))}
        while frontier:
            piece |= frontier
            frontier = {other for name in frontier for other in neighbours.get(name, ())} - piece
        found.append([name for name in names if name in piece])
        left = dict.fromkeys(name for name in left if name not in piece)
    return sorted(found, key=len, reverse=True)


def place_part(part: Sequence[Node], nodes: Mapping[str, Node], links: Sequence[tuple[str, str]]) -> None:
    """Order the layers of one piece and set how far to the right each of its nodes stands."""
    names = {node.name for node in part}
    own = [pair for pair in links if pair[0] in names]
    place_across(fewest_crossings(in_layers(part), own), nodes, own)


def pack(part: Sequence[Node], edge_of: list[float]) -> None:
    """Move a piece as far to the left as what stands in its layers already allows; `edge_of` is where that ends."""
    shift = max(edge_of[node.layer] + GAP_X - (node.x - node.width / 2) for node in part)
    for node in part:
        node.x += shift
        edge_of[node.layer] = max(edge_of[node.layer], node.x + node.width / 2)


def assign_layers(nodes: Mapping[str, Node], forward: Sequence[tuple[str, str]]) -> None:
    """The longest way from the top; then each node without a way in moves down beside what it leads to."""
    for name in nodes:
        nodes[name].layer = max((nodes[a].layer + 1 for a, b in forward if b == name), default=0)
    entered = {b for _a, b in forward}
    for name, node in nodes.items():
        after = [nodes[b].layer for a, b in forward if a == name]
        if name not in entered and after:
            node.layer = max(min(after) - 1, 0)


def route(nodes: dict[str, Node], start: str, end: str) -> Edge:
    """An edge with a passing point in each layer between its ends."""
    first, last = nodes[start].layer, nodes[end].layer
    step = 1 if last >= first else -1
    points = [start]
    for layer in range(first + step, last, step):
        name = f"{start}>{end}@{layer}"
        nodes[name] = Node(name, PASSING_WIDTH, 0.0, layer, passing=True)
        points.append(name)
    return Edge(start, end, [*points, end])


def in_layers(nodes: Iterable[Node]) -> list[list[str]]:
    """The names of the nodes of each layer that has any, from the top."""
    layers: dict[int, list[str]] = {}
    for node in nodes:
        layers.setdefault(node.layer, []).append(node.name)
    return [layers[number] for number in sorted(layers)]


def fewest_crossings(layers: list[list[str]], links: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Sort each layer by the mean place of its neighbours, down and up, and keep the best order found."""
    neighbours = both_ways(links)
    best, least = [list(layer) for layer in layers], crossings(layers, links)
    for sweep in range(SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            place_of = {name: number for one in layers for number, name in enumerate(one)}
            # Neighbours lie in the layers above and below: sweeping down looks up, sweeping up looks down.
            layer.sort(key=lambda name: mean([place_of[other] for other in neighbours.get(name, ())], place_of[name]))
        found = crossings(layers, links)
        if found < least:
            best, least = [list(layer) for layer in layers], found
    return best


def crossings(layers: Sequence[Sequence[str]], links: Sequence[tuple[str, str]]) -> int:
    """How many pairs of links cross between neighbouring layers."""
    where = {name: (depth, number) for depth, layer in enumerate(layers) for number, name in enumerate(layer)}
    spans: dict[int, list[tuple[int, int]]] = {}
    for a, b in links:
        (upper, left), (lower, right) = sorted((where[a], where[b]))
        if lower == upper + 1:
            spans.setdefault(upper, []).append((left, right))
    return sum(
        (one[0] - two[0]) * (one[1] - two[1]) < 0 for pairs in spans.values() for n, one in enumerate(pairs) for two in pairs[:n]
    )


def place_across(layers: Sequence[Sequence[str]], nodes: Mapping[str, Node], links: Sequence[tuple[str, str]]) -> None:
    """Bring each node near the middle of those above it, then of those below, without touching those beside it."""
    neighbours = both_ways(pair for pair in links for _ in range(stiffness(nodes, pair)))
    for layer in layers:
        spread(layer, nodes, dict.fromkeys(layer, 0.0))
    for sweep in range(SWEEPS * 2):
        up = sweep % 2 == 0
        for layer in reversed(layers) if up else layers:
            wanted = {name: nodes[name].x for name in layer}
            for name in layer:
                beside = [nodes[other] for other in neighbours.get(name, ())]
                there = [one.x for one in beside if (one.layer > nodes[name].layer) == up]
                wanted[name] = mean(there, wanted[name])
            spread(layer, nodes, wanted)


def stiffness(nodes: Mapping[str, Node], pair: tuple[str, str]) -> int:
    """How strongly two neighbours pull at each other."""
    return (1, 2, 8)[sum(nodes[name].passing for name in pair)]


def spread(layer: Sequence[str], nodes: Mapping[str, Node], wanted: Mapping[str, float]) -> None:
    """The places nearest to the wanted ones that keep order and distance: the middle of pushing right and pushing left."""
    rights, lefts = dict(wanted), dict(wanted)
    for before, name in pairwise(layer):
        rights[name] = max(rights[name], rights[before] + distance(nodes[before], nodes[name]))
    for after, name in pairwise(reversed(layer)):
        lefts[name] = min(lefts[name], lefts[after] - distance(nodes[name], nodes[after]))
    for name in layer:
        nodes[name].x = (rights[name] + lefts[name]) / 2


def distance(one: Node, two: Node) -> float:
    """From middle to middle of two nodes that stand side by side."""
    return (one.width + two.width) / 2 + GAP_X


def place_down(layers: Sequence[Sequence[str]], nodes: Mapping[str, Node]) -> float:
    """Set the height of each layer; returns the height of all."""
    top = MARGIN
    for layer in layers:
        height = max(nodes[name].height for name in layer)
        for name in layer:
            nodes[name].y, nodes[name].top, nodes[name].bottom = top + height / 2, top - STUB, top + height + STUB
        top += height + GAP_Y
    return top - GAP_Y + MARGIN


def both_ways(links: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Each node's neighbours."""
    found: dict[str, list[str]] = {}
    for a, b in links:
        found.setdefault(a, []).append(b)
        found.setdefault(b, []).append(a)
    return found


def mean(values: Sequence[float], otherwise: float) -> float:
    """The mean of some values; `otherwise` when there are none."""
    return sum(values) / len(values) if values else otherwise
