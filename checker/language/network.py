"""Runs a spaCy pipeline's token network for reading only: the same outcome in half the time.

spaCy's own run keeps what only training needs and works each token out anew. Here, what a word type gives by
itself (its embedding, and its share of the first window) is worked out once and kept; rows for the nothing
around a text are worked out only where a word's row rests on them; and arrays small enough for the
processor's cache are written over and over. Sums are taken in another order, so that values differ in their
last digits (tests hold how much).

**Measured** beside spaCy's own run: ``python tests/bench/language.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import IDS
from spacy.tokens import Doc
from thinc.api import Model

Floats = npt.NDArray[np.float32]
Keys = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.intp]

CHUNK_ROWS = 768
"""How many rows are worked on at a time."""

MOST_TYPES = 8192
"""How many word types are kept, at some 4 kB each; past that all are forgotten."""

FIRST_TYPES = 1024
EPSILON = 1e-8
WINDOW = 3
FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""An odd number that mixes the keys of a type's features into one; its value matters little."""

EMBEDDING = re.compile(
    r"extract_features>>list2ragged>>with_array\((?:\|?ints-getitem>>hashembed)+\)"
    r">>with_array\(maxout>>layernorm>>dropout\)>>ragged2list"
)
ENCODING = re.compile(r"with_array\((?:(?:>>)?residual\(expand_window>>maxout>>layernorm>>dropout\))+\)")
"""The names that thinc gives to what ``MultiHashEmbed`` without vectors and ``MaxoutWindowEncoder`` make."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """Windows of three rows to a row: weights, the greatest of some pieces, and a common spread.

    Args:
        weights: by the numbers of a window, then by piece and number of the row.
    """

    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats

    def write_rows(self, sums: Floats, out: Floats) -> None:
        """Write the rows that the sums of weighted windows, bias included, come to."""
        width = out.shape[1]
        np.maximum(sums[:, :width], sums[:, width : 2 * width], out=out)
        for start in range(2 * width, sums.shape[1], width):
            np.maximum(out, sums[:, start : start + width], out=out)
        even = np.full(width, 1 / width, dtype="float32")
        out -= (out @ even)[:, None]
        spread = np.einsum("ij,ij->i", out, out)
        spread /= width
        spread += EPSILON
        out /= np.sqrt(spread)[:, None]
        out *= self.gain
        out += self.shift


@dataclass(slots=True)
class _Types:
    """What word types give by themselves, by number; number 0 is the nothing around a text.

    Args:
        known: numbers by the type's key.
        rows: embeddings.
        shares: of each place in a window, what the type adds to the first layer's sums; bias in the middle.
    """

    rows: Floats
    shares: Floats
    known: dict[int, int] = field(default_factory=dict)

    def make_room(self, count: int) -> None:
        """Make both arrays large enough for a count of types."""
        have = len(self.rows)
        if count > have:
            more = max(have, count - have)
            self.rows = np.concatenate([self.rows, np.zeros((more, *self.rows.shape[1:]), "float32")])
            self.shares = np.concatenate([self.shares, np.zeros((more, *self.shares.shape[1:]), "float32")])


def for_reading(model: Model[Any, Any]) -> Model[Any, Any]:
    """Give the model of a ``tok2vec`` component as one that only predicts; itself where it is of another make."""
    network = _network_of(model)
    if network is None:
        return model

    def forward(_: object, docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], Callable[[Any], Any]]:
        own: tuple[list[Floats], Callable[[Any], Any]]
        own = model.begin_update(docs) if is_train else (network.rows_of(docs), lambda gradients: [])
        return own

    dims = {"nO": model.get_dim("nO")}
    return Model("skolesjekk_network", forward, dims=dims, layers=[model], ops=model.ops)


def _network_of(model: Model[Any, Any]) -> _Network | None:
    """Give the network of a ``tok2vec`` component; None where it is of another make than our own."""
    if not {"embed", "encode"} <= set(model.ref_names):
        return None
    embed, encode = model.get_ref("embed"), model.get_ref("encode")
    if not EMBEDDING.fullmatch(embed.name) or not ENCODING.fullmatch(encode.name):
        return None
    sizes = {node.attrs["window_size"] for node in encode.walk() if node.name == "expand_window"}
    return _Network(model) if sizes == {1} else None


class _Network:
    """The network of a ``tok2vec`` component."""

    def __init__(self, model: Model[Any, Any]) -> None:
        embed, encode = model.get_ref("embed"), model.get_ref("encode")
        self._columns = [IDS[name] for name in embed.layers[0].attrs["columns"]]
        self._hashed, self._mixed = embed.layers[2].layers[0], embed.layers[3].layers[0]
        self._gather_add = model.ops.gather_add
        self._layers = [_layer(residual.layers[0]) for residual in encode.layers[0].layers]
        self._width: int = model.get_dim("nO")
        self._nothing = _rows_of_nothing(self._layers, self._width)
        self._types = self._no_types()
        self._windows = np.empty((2 * CHUNK_ROWS, WINDOW * self._width), "float32")
        self._sums = np.empty((2 * CHUNK_ROWS, len(self._layers[0].bias)), "float32")

    def rows_of(self, docs: Sequence[Doc]) -> list[Floats]:
        """Give the rows of each document's tokens."""
        features = np.concatenate([self._features(doc) for doc in docs])
        numbers = self._numbers(features)
        rows: list[Floats] = []
        start = 0
        for lengths in _chunks([len(doc) for doc in docs], extra=len(self._layers)):
            ends = np.cumsum(lengths)
            stop = start + int(ends[-1])
            of_chunk = self._rows(numbers[start:stop], np.array(lengths, np.intp))
            rows.extend(
                of_chunk[end - length : end] for length, end in zip(lengths, ends.tolist(), strict=True)
            )
            start = stop
        return rows

    def _features(self, doc: Doc) -> Keys:
        features: Keys = doc.to_array(self._columns).reshape(len(doc), len(self._columns))
        return features

    def _no_types(self) -> _Types:
        first = self._layers[0]
        types = _Types(
            np.zeros((FIRST_TYPES, self._width), "float32"),
            np.zeros((FIRST_TYPES, WINDOW, len(first.bias)), "float32"),
        )
        types.shares[0, 1] = first.bias
        return types

    def _numbers(self, features: Keys) -> Numbers:
        """Give each token's type by number; types that are new are worked out."""
        mixed = features[:, 0] * FACTOR
        for column in range(1, features.shape[1]):
            mixed ^= features[:, column]
            mixed *= FACTOR
        keys = mixed.tolist()
        new = {key: at for at, key in enumerate(keys) if key not in self._types.known}
        if new and len(self._types.known) + len(new) >= MOST_TYPES and self._types.known:
            self._types = self._no_types()
            new = {key: at for at, key in enumerate(keys)}
        if new:
            self._learn(list(new), features[list(new.values())])
        known = self._types.known
        return np.fromiter((known[key] for key in keys), np.intp, len(keys))

    def _learn(self, keys: Sequence[int], features: Keys) -> None:
        types, first = self._types, self._layers[0]
        start = len(types.known) + 1
        stop = start + len(keys)
        types.make_room(stop)
        rows: Floats = self._mixed.predict(self._hashed.predict(features))
        types.rows[start:stop] = rows
        for place in range(WINDOW):
            weights = first.weights[place * self._width : (place + 1) * self._width]
            types.shares[start:stop, place] = rows @ weights
        types.shares[start:stop, 1] += first.bias
        types.known.update(zip(keys, range(start, stop), strict=True))

    def _rows(self, numbers: Numbers, lengths: Numbers) -> Floats:
        """Give the rows of tokens, by their types and the lengths of their texts."""
        depth = len(self._layers)
        around = [min(layer, depth - layer) for layer in range(depth + 1)]
        of_window = np.concatenate([[0], numbers])[_neighbours(lengths, around[0], around[1])]
        rows = self._first_rows(of_window)
        for number in range(1, depth):
            places = _neighbours(lengths, around[number], around[number + 1])
            rows = self._next_rows(number, rows, places)
        return rows[1:]

    def _first_rows(self, types: Numbers) -> Floats:
        shares = self._types.shares
        places = (types * WINDOW + np.arange(WINDOW)).astype("uint32")
        sums: Floats = self._gather_add(shares.reshape(-1, shares.shape[-1]), places)
        rows = self._with_nothing(1, len(types))
        self._layers[0].write_rows(sums, rows[1:])
        rows[1:] += self._types.rows[types[:, 1]]
        return rows

    def _next_rows(self, number: int, rows: Floats, places: Numbers) -> Floats:
        count, width, layer = len(places), self._width, self._layers[number]
        windows, sums = self._windows[:count], self._sums[:count]
        if count > len(self._windows):
            windows = np.empty((count, self._windows.shape[1]), "float32")
            sums = np.empty((count, self._sums.shape[1]), "float32")
        np.take(rows, places.reshape(-1), axis=0, out=windows.reshape(-1, width), mode="clip")
        np.matmul(windows, layer.weights, out=sums)
        sums += layer.bias
        following = self._with_nothing(number + 1, count)
        layer.write_rows(sums, following[1:])
        following[1:] += windows[:, width : 2 * width]
        return following

    def _with_nothing(self, number: int, count: int) -> Floats:
        """Give room for a layer's rows, after the one for the nothing further away."""
        rows: Floats = np.empty((count + 1, self._width), "float32")
        rows[0] = self._nothing[number]
        return rows


def _layer(model: Model[Any, Any]) -> _Layer:
    nodes = {node.name: node for node in model.walk()}
    maxout, norm = nodes["maxout"], nodes["layernorm"]
    width, pieces, inputs = maxout.get_param("W").shape
    weights = maxout.get_param("W").transpose(1, 0, 2).reshape(pieces * width, inputs).T
    bias = maxout.get_param("b").T.reshape(-1)
    return _Layer(
        np.ascontiguousarray(weights), np.ascontiguousarray(bias), norm.get_param("G"), norm.get_param("b")
    )


def _rows_of_nothing(layers: Sequence[_Layer], width: int) -> list[Floats]:
    """Give, before the first layer and after each, the row of a place with nothing near it."""
    rows = [np.zeros(width, "float32")]
    for layer in layers:
        row = np.empty((1, width), "float32")
        layer.write_rows(np.tile(rows[-1], WINDOW)[None] @ layer.weights + layer.bias, row)
        rows.append(row[0] + rows[-1])
    return rows


def _chunks(lengths: Sequence[int], *, extra: int) -> Iterator[list[int]]:
    """Give the lengths in groups that take some ``CHUNK_ROWS`` rows together."""
    chunk: list[int] = []
    rows = 0
    for length in lengths:
        if chunk and rows + length + extra > CHUNK_ROWS:
            yield chunk
            chunk, rows = [], 0
        chunk.append(length)
        rows += length + extra
    if chunk:
        yield chunk


def _neighbours(lengths: Numbers, around: int, next_around: int) -> Numbers:
    """Give, for each row of a next layer, the numbers of the rows before, at and after its place.

    Args:
        lengths: of the texts.
        around: how many rows there are before and after each text; number 0 stands for what lies beyond.
        next_around: how many the next layer has.
    """
    sizes = lengths + 2 * around
    next_sizes = lengths + 2 * next_around
    before = np.cumsum(sizes) - sizes
    next_before = np.cumsum(next_sizes) - next_sizes
    own = np.arange(next_sizes.sum()) - np.repeat(next_before + (next_around - around), next_sizes)
    places = own[:, None] + np.arange(-1, 2)
    is_within = places.view(np.uintp) < np.repeat(sizes, next_sizes)[:, None].view(np.uintp)
    places += np.repeat(before + 1, next_sizes)[:, None]
    places *= is_within
    return places
