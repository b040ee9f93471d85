"""The solver."""
from __future__ import annotations

import heapq
from collections.abc import Callable

import attrs
import numpy as np

from tearline.exposure.envelope import Bools
from tearline.tearlines.bounds import Panel, Narrowed
from tearline.tearlines.greedy import greedy
from tearline.tearlines.problem import Problem, canonical, largest_load, settled


@attrs.frozen(kw_only=True)
class Solution:
    options: tuple[int, ...] | None
    value: int
    load: float
    upper_bound: int
    proved: bool
    nodes: int


class Search:
    def __init__(self, problem, panel, nodes):
        self.problem=problem; self.panel=panel; self.budget=nodes
        self.nodes=0
        self.best=None; self.best_value=None

    def run(self):
        panel=self.panel; layout=panel.layout
        heap=[]; n=0
        node=(np.inf, np.ones(len(layout.value),bool))
        while True:
            if node is None:
                if not heap: break
                b,_,m = heapq.heappop(heap)
                node=(-b,m)
            bound, allowed = node
            node=None
            floor = -np.inf if self.best is None else self.best_value+1
            if bound<floor: 
                continue
            self.nodes+=1
            if self.nodes>self.budget: return max(bound, *( -h[0] for h in heap)) if heap else bound
            while True:
                left=panel.narrow(allowed,floor)
                if left is None: break
                rows=layout.best(left.allowed)
                k=len(panel.suspects)
                if panel.plausible(rows):
                    o=layout.options(rows)
                    if panel.admits(o):
                        self.best=o; self.best_value=self.problem.value(o); left=None
                        break
                if len(panel.suspects)==k: break
                allowed=left.allowed
            if left is None: continue
            children=self.children(left)
            for b,m in children[1:]:
                n+=1
                heapq.heappush(heap,(-b,n,m))
            if children: node=children[0]
        return self.best_value

    def children(self,left):
        layout=self.panel.layout
        a=left.allowed
        size=np.add.reduceat(a.astype(int),layout.starts)
        if size.max()==1: return []
        # spread
        best=None
        for b in np.flatnonzero(size>1):
            rows=np.flatnonzero(a & (layout.block==b))
            w=np.sort(left.worth[rows])[::-1]
            score=self.score(w,rows,left)
            if best is None or score<best[0]:
                best=(score,b,rows)
        _,b,rows=best
        out=[]
        for r in sorted(rows,key=lambda r:(-left.worth[r],-layout.value[r],r)):
            m=a.copy(); m[layout.block==b]=False; m[r]=True
            out.append((left.worth[r],m))
        return out

    def score(self,w,rows,left):
        return (w[0], w[1], len(w))
